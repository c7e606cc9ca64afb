// Pictures and documents, kept by content within one producer.

/** Widths of the pictures that pages show, in pixels; a narrower original keeps its width. */
export const variantWidths = [360, 720] as const;
export type VariantWidth = (typeof variantWidths)[number];

export const variantFormats = ['avif', 'webp'] as const;
export type VariantFormat = (typeof variantFormats)[number];

/** One stored stream of bytes of a file: `master`, `360.avif`, `720.webp` … */
export type StoredPart = {
  name: string;
  mediaType: string;
  sha256: string;
  bytes: number;
  /** Key of the bytes in GridFS, 24 hex digits. */
  contentId: string;
};

export type StoredFile = {
  id: string;
  producerId: string;
  /** By content: anything that could be read as a picture is one, also the photo of a paper. */
  kind: 'picture' | 'document';
  /** Whether anybody may fetch it. The caller decides; once public, it stays so. */
  isPublic: boolean;
  /** As the person named it, cleaned; '' when it had none. Never a path. */
  name: string;
  /** SHA-256 of the bytes as received, so that a resent original is recognised. */
  receivedSha256: string;
  /** SHA-256 of the bytes as stored (pictures are re-encoded, without metadata). */
  storedSha256: string;
  /** 0 for a PDF. */
  widthPx: number;
  heightPx: number;
  /** Of the bytes as stored. */
  bytes: number;
  /** What it takes of its producer's room: all parts as they were stored. Pages drawn later are the server's own. */
  roomBytes: number;
  parts: StoredPart[];
  createdAt: Date;
  /** When somebody last sent the same content or asked to use it: a file without any reference goes seven days after that. */
  touchedAt: Date;
  /** The bytes and the name are gone on request; the hashes stay. */
  erasedAt?: Date;
  /** What is known of a PDF once it was opened for the first time. */
  pdf?: PdfLook;
};

/** Things in a PDF that do something by themselves, or carry other files. */
export const pdfActiveParts = ['script', 'launch', 'embedded', 'form-sending'] as const;
export type PdfActivePart = (typeof pdfActiveParts)[number];

/**
 * How a PDF opens: 'ok', with a password only, not at all, without a page, or not within the limits of time and memory. `pageCount` is that
 * of the file, of which the first 50 can be seen; 0 unless it is 'ok'. `active` may miss what is packed in an unusual way.
 */
export type PdfLook = {
  state: 'ok' | 'encrypted' | 'broken' | 'empty' | 'too-heavy';
  pageCount: number;
  active: PdfActivePart[];
};

/** Why something was erased: a choice, not a text, since a text would hold what was to go. */
export const erasureReasons = [
  'asked-by-person',
  'shows-person',
  'personal-data',
  'sent-by-mistake',
  'ordered-by-authority',
] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/** Append-only: what was erased on request, so that it can be erased again after a restore. */
export type Erasure = {
  id: string;
  producerId: string;
  /** 'file', or what a feature has registered for (`note`). */
  what: string;
  /** What it was: SHA-256 of the bytes as received, or the salted hash that the record keeps. */
  hash: string;
  /** The record at which it was asked for (a step). */
  recordId: string;
  reason: ErasureReason;
  byUserId: string;
  at: Date;
};
