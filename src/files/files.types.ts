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
  parts: StoredPart[];
  createdAt: Date;
};
