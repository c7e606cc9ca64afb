// Uploads in, bytes kept by content hash within one producer, image sizes out.
import type { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { cleanFileName } from './file-name.ts';
import {
  dropParts,
  fileModel,
  findByContent,
  findFile,
  insertFile,
  publish,
  readPart,
  sha256Of,
  writePart,
} from './files.store.ts';
import type { StoredFile, StoredPart, VariantFormat, VariantWidth } from './files.types.ts';
import { encodePicture, looksLikePicture, requireUploadSize } from './picture.ts';

export type FileOptions = {
  /** As the person named the file. */
  name?: string;
  /** Whether anybody may fetch it: pictures yes, documents no, unless said otherwise. */
  isPublic?: boolean;
};

/** Bytes on their way out. The ETag is that of the bytes; `open` starts reading them. */
export type OpenedPart = { mediaType: string; etag: string; bytes: number; open(): Readable };

/**
 * Stores a picture of a producer: decoded, upright, without metadata, in every size. The same bytes again give the same file. Throws
 * 'not-an-image' and 'too-large' (25 MB, 50 megapixels). Public unless said otherwise.
 */
export async function storePicture(
  db: Db,
  producerId: string,
  bytes: Buffer,
  now: Date,
  options: FileOptions = {},
): Promise<StoredFile> {
  const isPublic = options.isPublic ?? true;
  const known = await knownFile(db, producerId, bytes, isPublic);
  if (known !== undefined) {
    if (known.kind !== 'picture') throw new AppError('not-an-image');
    return known;
  }
  const picture = await encodePicture(bytes);
  const parts: StoredPart[] = [await writePart(db, 'master', 'image/webp', picture.master)];
  for (const { width, format, bytes: variant } of picture.variants)
    parts.push(await writePart(db, `${width}.${format}`, `image/${format}`, variant));
  const size = { widthPx: picture.widthPx, heightPx: picture.heightPx };
  return keep(db, newFile(producerId, 'picture', bytes, parts, size, { ...options, isPublic }, now));
}

/** Stores a paper: a picture as `storePicture` does, or a PDF as it is. Throws 'unsupported-type' for anything else. Not public unless said otherwise. */
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
  // PDF 2.0 (ISO 32000-2, 7.5.2): the header may follow up to 1024 other bytes.
  if (!bytes.subarray(0, 1024).includes('%PDF-')) throw new AppError('unsupported-type');
  const known = await knownFile(db, producerId, bytes, isPublic);
  if (known !== undefined) return known;
  const parts = [await writePart(db, 'master', 'application/pdf', bytes)];
  const size = { widthPx: 0, heightPx: 0 };
  return keep(db, newFile(producerId, 'document', bytes, parts, size, { ...options, isPublic }, now));
}

const knownFile = async (
  db: Db,
  producerId: string,
  bytes: Buffer,
  isPublic: boolean,
): Promise<StoredFile | undefined> => {
  const known = await findByContent(db, producerId, sha256Of(bytes));
  return known === undefined ? undefined : opened(db, known, isPublic);
};

// The same bytes may be asked for first as a private paper and then as a public picture.
const opened = async (db: Db, file: StoredFile, isPublic: boolean): Promise<StoredFile> => {
  if (!isPublic || file.isPublic) return file;
  await publish(db, file.id);
  return { ...file, isPublic: true };
};

const newFile = (
  producerId: string,
  kind: StoredFile['kind'],
  received: Buffer,
  parts: StoredPart[],
  size: { widthPx: number; heightPx: number },
  options: FileOptions,
  now: Date,
): StoredFile => ({
  id: uuidv7(),
  producerId,
  kind,
  isPublic: options.isPublic ?? false,
  name: cleanFileName(options.name ?? ''),
  receivedSha256: sha256Of(received),
  storedSha256: parts[0]?.sha256 ?? '',
  ...size,
  bytes: parts[0]?.bytes ?? 0,
  parts,
  createdAt: now,
});

const keep = async (db: Db, made: StoredFile): Promise<StoredFile> => {
  const { file, inserted } = await insertFile(db, made);
  if (inserted) return file;
  await dropParts(db, made.parts);
  return opened(db, file, made.isPublic);
};

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
  if (part === undefined) return undefined;
  return {
    mediaType: part.mediaType,
    etag: `"${part.sha256}"`,
    bytes: part.bytes,
    open: () => readPart(db, part),
  };
}

/** Makes the collection known to the connection, so that its indexes are made at start. */
export function prepareFiles(db: Db): void {
  fileModel(db);
}
