// Uploads in pieces: what has come stays, and the rest goes on from there. Room is taken for the whole when the first piece comes.
import { v7 as uuidv7 } from 'uuid';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { settleUse, takeRoom } from './files.use.ts';
import { sha256Of } from './grid.ts';
import {
  appendPiece,
  countUploads,
  deletePiece,
  deleteUpload,
  findUpload,
  findUploads,
  insertPiece,
  insertUpload,
  readPieces,
} from './partial-uploads.store.ts';
import type { PartialUpload, UploadKey } from './partial-uploads.store.ts';
import { uploadLimitBytes } from './picture.ts';

export type { UploadKey } from './partial-uploads.store.ts';

/** Where an upload stands: it goes on at `receivedBytes`. */
export type UploadState = { receivedBytes: number; totalBytes: number };

/** Bytes from `from` on, of `totalBytes` altogether. */
export type Piece = { from: number; totalBytes: number; bytes: Buffer };

/** A piece that is not the last must be at least this long, so that an upload has few of them. */
export const shortestPieceBytes = 4096;
// MongoDB holds a document to 16 MB; a longer piece lies in several.
const longestStoredBytes = 8 * 1024 * 1024;

/**
 * How much of an upload is here; undefined when nothing is. One that is all here, but could not be stored yet, asks for its end once more.
 */
export async function uploadState(db: Db, key: UploadKey): Promise<UploadState | undefined> {
  const upload = await findUpload(db, key);
  if (upload === undefined) return undefined;
  const { receivedBytes, totalBytes } = upload;
  const isAllHere = receivedBytes === totalBytes;
  return { receivedBytes: isAllHere ? Math.max(0, totalBytes - shortestPieceBytes) : receivedBytes, totalBytes };
}

/** How many uploads are open at one place (`step/<id>`). */
export async function openUploads(db: Db, producerId: string, key: string): Promise<number> {
  return countUploads(db, producerId, key);
}

/**
 * Adds a piece. What was there already is skipped, so a piece may come twice. Returns the bytes once all are here and have the hash of the
 * key, else how far it is. Throws 'too-large' (25 MB), 'range-unreadable' (too short), 'piece-out-of-place' (facts receivedBytes, totalBytes), 'quota-exceeded', and
 * 'hash-differs', which drops all pieces.
 */
export async function addPiece(
  db: Db,
  key: UploadKey,
  piece: Piece,
  now: Date,
): Promise<{ whole: Buffer } | UploadState> {
  if (piece.totalBytes > uploadLimitBytes) throw new AppError('too-large', { limit: '25 MB' });
  const isLast = piece.from + piece.bytes.length === piece.totalBytes;
  if (!isLast && piece.bytes.length < shortestPieceBytes)
    throw new AppError('range-unreadable', { minimum: shortestPieceBytes });
  let upload = await openedUpload(db, key, piece, now);
  while (upload.receivedBytes < piece.from + piece.bytes.length) {
    requireInPlace(upload, piece);
    await addNext(db, upload, piece, now);
    upload = (await findUpload(db, key)) ?? (await openedUpload(db, key, piece, now));
  }
  requireInPlace(upload, piece);
  return upload.receivedBytes < upload.totalBytes ? upload : { whole: await wholeOf(db, upload) };
}

const requireInPlace = (upload: PartialUpload, { from, totalBytes }: Piece): void => {
  if (from <= upload.receivedBytes && totalBytes === upload.totalBytes) return;
  throw new AppError('piece-out-of-place', { receivedBytes: upload.receivedBytes, totalBytes: upload.totalBytes });
};

/** The upload that a piece belongs to; a first piece begins one, also anew when it tells another length than before. */
const openedUpload = async (db: Db, key: UploadKey, piece: Piece, now: Date): Promise<PartialUpload> => {
  const known = await findUpload(db, key);
  if (known !== undefined && (piece.from > 0 || known.totalBytes === piece.totalBytes)) return known;
  if (known !== undefined) await dropUpload(db, known);
  if (piece.from > 0) throw new AppError('piece-out-of-place', { receivedBytes: 0, totalBytes: piece.totalBytes });
  const { totalBytes } = piece;
  const upload: PartialUpload = { ...key, id: uuidv7(), totalBytes, receivedBytes: 0, pieces: [], startedAt: now };
  await takeRoom(db, key.producerId, { id: upload.id, bytes: totalBytes, files: 1 }, now);
  if (await insertUpload(db, upload)) return upload;
  await settleUse(db, key.producerId, upload.id, false);
  return openedUpload(db, key, piece, now);
};

/** Stores the next bytes that are missing; when somebody else was quicker, theirs count. */
const addNext = async (db: Db, upload: PartialUpload, piece: Piece, now: Date): Promise<void> => {
  const begin = upload.receivedBytes - piece.from;
  const bytes = piece.bytes.subarray(begin, begin + longestStoredBytes);
  const id = uuidv7();
  await insertPiece(db, { id, uploadId: upload.id, bytes, at: now });
  if (!(await appendPiece(db, upload, { id, bytes: bytes.length }))) await deletePiece(db, id);
};

const wholeOf = async (db: Db, upload: PartialUpload): Promise<Buffer> => {
  const whole = await readPieces(db, upload);
  if (whole !== undefined && sha256Of(whole) === upload.sha256) return whole;
  await dropUpload(db, upload);
  throw new AppError('hash-differs');
};

/** Removes an upload and gives its room back. Safe to run twice. */
export async function dropUpload(db: Db, upload: Pick<PartialUpload, 'id' | 'producerId'>): Promise<void> {
  await deleteUpload(db, upload.id);
  await settleUse(db, upload.producerId, upload.id, false);
}

/** Removes what has come of an upload, once it is stored or can't be. */
export async function endUpload(db: Db, key: UploadKey): Promise<void> {
  const upload = await findUpload(db, key);
  if (upload !== undefined) await dropUpload(db, upload);
}

/** Removes what has come of a content anywhere at a producer. */
export async function dropPartialUploads(db: Db, producerId: string, sha256: string): Promise<void> {
  for (const upload of await findUploads(db, { producerId, sha256 })) await dropUpload(db, upload);
}
