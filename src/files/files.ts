// Uploads in, bytes kept by content hash within one producer, image sizes out.
import type { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { erasureModel, findErasure } from './erasures.store.ts';
import { cleanFileName } from './file-name.ts';
import { fileModel, findFile, insertFile, touchByContent } from './files.store.ts';
import type { StoredFile, StoredPart, VariantFormat, VariantWidth } from './files.types.ts';
import { fileUseModel, limitFiles, requireRoom, settleUse, takeRoom } from './files.use.ts';
import type { FileLimits } from './files.use.ts';
import { dropParts, readPart, sha256Of, writePart } from './grid.ts';
import { partialUploadModel, uploadPieceModel } from './partial-uploads.store.ts';
import { encodePicture, looksLikeHeic, looksLikePicture, requireUploadSize } from './picture.ts';

export type FileOptions = {
  /** As the person named the file. */
  name?: string;
  /** Whether anybody may fetch it: pictures yes, documents no, unless said otherwise. */
  isPublic?: boolean;
};

/** Bytes on their way out. The ETag is that of the bytes; `open` starts reading them. */
export type OpenedPart = { mediaType: string; etag: string; bytes: number; open(): Readable };

/** What storing an upload can answer, beside the media type. */
export const uploadErrors = [
  'too-large',
  'quota-exceeded',
  'not-an-image',
  'heic-picture',
  'erased-before',
  'files-busy',
] as const satisfies readonly ErrorCode[];

/**
 * Stores a picture of a producer: decoded, upright, without metadata, in every size. The same bytes again give the same file. Throws
 * 'not-an-image', 'heic-picture', 'too-large' (25 MB, 50 megapixels), 'quota-exceeded', 'erased-before' and 'files-busy'. Public unless said
 * otherwise.
 */
export async function storePicture(
  db: Db,
  producerId: string,
  bytes: Buffer,
  now: Date,
  options: FileOptions = {},
): Promise<StoredFile> {
  const isPublic = options.isPublic ?? true;
  const known = await knownFile(db, { producerId, receivedSha256: sha256Of(bytes), isPublic }, now);
  if (known !== undefined) {
    if (known.kind !== 'picture') throw new AppError('not-an-image');
    return known;
  }
  await requireRoom(db, producerId);
  const picture = await encodePicture(bytes);
  const contents: Content[] = [
    { name: 'master', mediaType: 'image/webp', bytes: picture.master },
    ...picture.variants.map(({ width, format, bytes: variant }) => ({
      name: `${width}.${format}`,
      mediaType: `image/${format}`,
      bytes: variant,
    })),
  ];
  const size = { widthPx: picture.widthPx, heightPx: picture.heightPx };
  const made = { producerId, kind: 'picture' as const, received: bytes, contents, size };
  return keep(db, made, { ...options, isPublic }, now);
}

/**
 * Stores a paper: a picture as `storePicture` does, or a PDF as it is. Throws the same, and 'unsupported-type' for anything else. Not public
 * unless said otherwise.
 */
export async function storeDocument(
  db: Db,
  producerId: string,
  bytes: Buffer,
  now: Date,
  options: FileOptions = {},
): Promise<StoredFile> {
  const isPublic = options.isPublic ?? false;
  if (looksLikePicture(bytes)) return storePicture(db, producerId, bytes, now, { ...options, isPublic });
  requireUploadSize(bytes);
  if (looksLikeHeic(bytes)) throw new AppError('heic-picture');
  // PDF 2.0 (ISO 32000-2, 7.5.2): the header may follow up to 1024 other bytes.
  if (!bytes.subarray(0, 1024).includes('%PDF-')) throw new AppError('unsupported-type');
  const known = await knownFile(db, { producerId, receivedSha256: sha256Of(bytes), isPublic }, now);
  if (known !== undefined) return known;
  const contents = [{ name: 'master', mediaType: 'application/pdf', bytes }];
  const made = { producerId, kind: 'document' as const, received: bytes, contents, size: { widthPx: 0, heightPx: 0 } };
  return keep(db, made, { ...options, isPublic }, now);
}

type Content = { name: string; mediaType: string; bytes: Buffer };
type Made = {
  producerId: string;
  kind: StoredFile['kind'];
  received: Buffer;
  contents: Content[];
  size: { widthPx: number; heightPx: number };
};

// The same bytes may be asked for first as a private paper and then as a public picture.
const knownFile = async (
  db: Db,
  content: { producerId: string; receivedSha256: string; isPublic: boolean },
  now: Date,
): Promise<StoredFile | undefined> => {
  const known = await touchByContent(db, content, now);
  const { producerId, receivedSha256 } = content;
  // The list is asked as well: after a restore the file itself may never have been there.
  const erasure = known === undefined ? await findErasure(db, producerId, 'file', receivedSha256) : undefined;
  const erasedAt = known?.erasedAt ?? erasure?.at;
  if (erasedAt !== undefined) throw new AppError('erased-before', { erasedOn: dayOf(erasedAt) });
  return known;
};

/** Room first, then the bytes, then the record; whatever comes of it, the room is settled and bytes without a record go. */
const keep = async (db: Db, made: Made, options: FileOptions, now: Date): Promise<StoredFile> => {
  const id = uuidv7();
  const { producerId } = made;
  const roomBytes = made.contents.reduce((sum, { bytes }) => sum + bytes.length, 0);
  await takeRoom(db, producerId, { id, bytes: roomBytes, files: 1 }, now);
  const parts: StoredPart[] = [];
  let isThere = false;
  try {
    for (const { name, mediaType, bytes } of made.contents) parts.push(await writePart(db, name, mediaType, bytes));
    const file = newFile(id, made, { parts, roomBytes }, options, now);
    isThere = await insertFile(db, file);
    if (isThere) return file;
    const isPublic = options.isPublic ?? false;
    const known = await knownFile(db, { producerId, receivedSha256: file.receivedSha256, isPublic }, now);
    return known ?? (await keep(db, made, options, now));
  } finally {
    if (!isThere) await dropParts(db, parts);
    await settleUse(db, producerId, id, isThere);
  }
};

const newFile = (
  id: string,
  { producerId, kind, received, size }: Made,
  stored: { parts: StoredPart[]; roomBytes: number },
  options: FileOptions,
  now: Date,
): StoredFile => ({
  id,
  producerId,
  kind,
  isPublic: options.isPublic ?? false,
  name: cleanFileName(options.name ?? ''),
  receivedSha256: sha256Of(received),
  storedSha256: stored.parts[0]?.sha256 ?? '',
  ...size,
  bytes: stored.parts[0]?.bytes ?? 0,
  ...stored,
  createdAt: now,
  touchedAt: now,
});

/** The record of a file, or undefined. Unscoped: the caller asks who may see it. */
export async function fileRecord(db: Db, fileId: string): Promise<StoredFile | undefined> {
  return findFile(db, fileId);
}

/** One size of a picture, or undefined when there is no such file or size. */
export async function openVariant(
  db: Db,
  fileId: string,
  width: VariantWidth,
  format: VariantFormat,
): Promise<OpenedPart | undefined> {
  const file = await findFile(db, fileId);
  return file === undefined ? undefined : partOf(db, file, `${width}.${format}`);
}

/** The stored whole: a PDF as received, a picture as its master. */
export async function openDocument(db: Db, fileId: string): Promise<OpenedPart | undefined> {
  const file = await findFile(db, fileId);
  return file === undefined ? undefined : partOf(db, file, 'master');
}

/** The bytes of one part of a file that was read already. */
export function partOf(db: Db, file: StoredFile, name: string): OpenedPart | undefined {
  const part = file.parts.find((one) => one.name === name);
  return part === undefined ? undefined : openedPart(db, part);
}

/** A part as it goes out. */
export function openedPart(db: Db, part: StoredPart): OpenedPart {
  return { mediaType: part.mediaType, etag: `"${part.sha256}"`, bytes: part.bytes, open: () => readPart(db, part) };
}

/** Makes the collections known to the connection, so that their indexes are made at start. `limits` is what each producer may keep. */
export function prepareFiles(db: Db, limits?: FileLimits): void {
  for (const prepare of [fileModel, fileUseModel, erasureModel, partialUploadModel, uploadPieceModel]) prepare(db);
  if (limits !== undefined) limitFiles(db, limits);
}
