// Uploads that come in pieces, as stored: one record an upload that names its pieces in order, the pieces beside it. A piece that no record
// names counts for nothing and goes with the sweep.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';

/** An upload on its way. `key` says where it belongs (`step/<id>`), `sha256` what it will be. */
export type PartialUpload = {
  id: string;
  producerId: string;
  key: string;
  sha256: string;
  totalBytes: number;
  /** So many bytes from the start are here. */
  receivedBytes: number;
  /** Ids of the pieces, in order. */
  pieces: string[];
  startedAt: Date;
};
export type UploadKey = Pick<PartialUpload, 'producerId' | 'key' | 'sha256'>;

type Stored = Omit<PartialUpload, 'id'> & { _id: string };
type Piece = { _id: string; uploadId: string; bytes: Buffer; at: Date };

const must = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const moment = { type: Date, required: true } as const;
const options = { strict: 'throw', versionKey: false, autoIndex: false } as const;

const uploadSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    producerId: must,
    key: must,
    sha256: must,
    totalBytes: count,
    receivedBytes: count,
    pieces: { type: [String], required: true },
    startedAt: moment,
  },
  options,
);
uploadSchema.index({ producerId: 1, key: 1, sha256: 1 }, { unique: true, name: 'partialUploads_once' });
uploadSchema.index({ startedAt: 1 }, { name: 'partialUploads_startedAt' });

const pieceSchema = new mongoose.Schema<Piece>(
  { _id: must, uploadId: must, bytes: { type: Buffer, required: true }, at: moment },
  options,
);
pieceSchema.index({ uploadId: 1 }, { name: 'uploadPieces_upload' });
pieceSchema.index({ at: 1 }, { name: 'uploadPieces_at' });

export function partialUploadModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['PartialUpload'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('PartialUpload', uploadSchema, 'partialUploads');
}

export function uploadPieceModel(db: Db): mongoose.Model<Piece> {
  const known = db.models['UploadPiece'] as mongoose.Model<Piece> | undefined;
  return known ?? db.model<Piece>('UploadPiece', pieceSchema, 'uploadPieces');
}

const toUpload = ({ _id, ...rest }: Stored): PartialUpload => ({ id: _id, ...rest });

export async function findUpload(db: Db, { producerId, key, sha256 }: UploadKey): Promise<PartialUpload | undefined> {
  const found = await partialUploadModel(db).findOne({ producerId, key, sha256 }).lean<Stored>();
  return found === null ? undefined : toUpload(found);
}

export async function hasUpload(db: Db, uploadId: string): Promise<boolean> {
  return (await partialUploadModel(db).exists({ _id: uploadId })) !== null;
}

/** Begins an upload; false when it was begun before. */
export async function insertUpload(db: Db, { id, ...rest }: PartialUpload): Promise<boolean> {
  try {
    await partialUploadModel(db).create({ _id: id, ...rest });
    return true;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    return false;
  }
}

/** How many uploads of a key are open. */
export async function countUploads(db: Db, producerId: string, key: string): Promise<number> {
  return partialUploadModel(db).countDocuments({ producerId, key });
}

export async function insertPiece(
  db: Db,
  piece: { id: string; uploadId: string; bytes: Buffer; at: Date },
): Promise<void> {
  const { id, ...rest } = piece;
  await uploadPieceModel(db).create({ _id: id, ...rest });
}

/** Makes a piece count, if the upload still stands where the piece begins. */
export async function appendPiece(
  db: Db,
  upload: PartialUpload,
  piece: { id: string; bytes: number },
): Promise<boolean> {
  const appended = await partialUploadModel(db).updateOne(
    { _id: upload.id, receivedBytes: upload.receivedBytes },
    { $inc: { receivedBytes: piece.bytes }, $push: { pieces: piece.id } },
  );
  return appended.modifiedCount === 1;
}

/** The pieces of an upload put together, or undefined when one has gone meanwhile. */
export async function readPieces(db: Db, upload: PartialUpload): Promise<Buffer | undefined> {
  const whole = Buffer.alloc(upload.receivedBytes);
  let at = 0;
  for (const id of upload.pieces) {
    const piece = await uploadPieceModel(db).findById(id).lean<{ bytes: { buffer: Uint8Array } | Buffer }>();
    if (piece === null) return undefined;
    const bytes = Buffer.isBuffer(piece.bytes) ? piece.bytes : Buffer.from(piece.bytes.buffer);
    at += bytes.copy(whole, at);
  }
  return at === whole.length ? whole : undefined;
}

/** Removes the record, then the pieces. */
export async function deleteUpload(db: Db, uploadId: string): Promise<void> {
  await partialUploadModel(db).deleteOne({ _id: uploadId });
  await uploadPieceModel(db).deleteMany({ uploadId });
}

export async function deletePiece(db: Db, pieceId: string): Promise<void> {
  await uploadPieceModel(db).deleteOne({ _id: pieceId });
}

export async function findUploads(db: Db, where: { producerId: string; sha256: string }): Promise<PartialUpload[]> {
  const { producerId, sha256 } = where;
  return (await partialUploadModel(db).find({ producerId, sha256 }).lean<Stored[]>()).map(toUpload);
}

/** Uploads begun before a moment. */
export async function findUploadsBefore(db: Db, before: Date, limit: number): Promise<PartialUpload[]> {
  const found = await partialUploadModel(db)
    .find({ startedAt: { $lt: before } })
    .limit(limit)
    .lean<Stored[]>();
  return found.map(toUpload);
}

/** Removes pieces that came before a moment and that no upload names. */
export async function deleteStrayPieces(db: Db, before: Date, limit: number): Promise<void> {
  const old = await uploadPieceModel(db)
    .find({ at: { $lt: before } }, { uploadId: 1 })
    .limit(limit)
    .lean<{ _id: string; uploadId: string }[]>();
  const uploads = await partialUploadModel(db)
    .find({ _id: { $in: [...new Set(old.map(({ uploadId }) => uploadId))] } }, { pieces: 1 })
    .lean<{ pieces: string[] }[]>();
  const named = new Set(uploads.flatMap(({ pieces }) => pieces));
  const stray = old.filter(({ _id }) => !named.has(_id)).map(({ _id }) => _id);
  if (stray.length > 0) await uploadPieceModel(db).deleteMany({ _id: { $in: stray } });
}
