// Files as stored: bytes in GridFS, one record a file. Bytes are written first, so that a crash leaves bytes without a record, never the reverse.
import { createHash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { StoredFile, StoredPart } from './files.types.ts';

type Stored = Omit<StoredFile, 'id'> & { _id: string };

const must = { type: String, required: true } as const;

const partSchema = new mongoose.Schema<StoredPart>(
  { name: must, mediaType: must, sha256: must, bytes: { type: Number, required: true }, contentId: must },
  { _id: false, strict: 'throw' },
);
const fileSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    producerId: must,
    kind: must,
    isPublic: { type: Boolean, required: true },
    name: { type: String, default: '' },
    receivedSha256: must,
    storedSha256: must,
    widthPx: { type: Number, required: true },
    heightPx: { type: Number, required: true },
    bytes: { type: Number, required: true },
    parts: { type: [partSchema], required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
fileSchema.index({ producerId: 1, receivedSha256: 1 }, { unique: true, name: 'fileRecords_content' });

export function fileModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['FileRecord'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('FileRecord', fileSchema, 'fileRecords');
}

const toFile = ({ _id, ...rest }: Stored): StoredFile => ({ id: _id, ...rest });

const bucketOf = (db: Db): mongoose.mongo.GridFSBucket => {
  if (db.db === undefined) throw new mongoose.mongo.MongoNotConnectedError('the store is away');
  return new mongoose.mongo.GridFSBucket(db.db, { bucketName: 'files' });
};

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Writes one stream of bytes and says where it lies. */
export async function writePart(db: Db, name: string, mediaType: string, bytes: Buffer): Promise<StoredPart> {
  const upload = bucketOf(db).openUploadStream(name);
  upload.end(bytes);
  await finished(upload);
  return { name, mediaType, sha256: sha256Of(bytes), bytes: bytes.length, contentId: upload.id.toHexString() };
}

/** The bytes of a part as a stream. */
export function readPart(db: Db, part: StoredPart): Readable {
  return bucketOf(db).openDownloadStream(new mongoose.mongo.ObjectId(part.contentId));
}

/** Removes bytes that no record names. */
export async function dropParts(db: Db, parts: readonly StoredPart[]): Promise<void> {
  const bucket = bucketOf(db);
  for (const { contentId } of parts) await bucket.delete(new mongoose.mongo.ObjectId(contentId));
}

/** Inserts the record; when the producer has the same content already, returns that file instead. */
export async function insertFile(db: Db, file: StoredFile): Promise<{ file: StoredFile; inserted: boolean }> {
  const { id, ...rest } = file;
  try {
    await fileModel(db).create({ _id: id, ...rest });
    return { file, inserted: true };
  } catch (error) {
    const known =
      isDuplicateKey(error) === undefined ? undefined : await findByContent(db, file.producerId, file.receivedSha256);
    if (known === undefined) throw error;
    return { file: known, inserted: false };
  }
}

export async function findFile(db: Db, fileId: string): Promise<StoredFile | undefined> {
  const found = await fileModel(db).findById(fileId).lean<Stored>();
  return found === null ? undefined : toFile(found);
}

export async function findByContent(
  db: Db,
  producerId: string,
  receivedSha256: string,
): Promise<StoredFile | undefined> {
  const found = await fileModel(db).findOne({ producerId, receivedSha256 }).lean<Stored>();
  return found === null ? undefined : toFile(found);
}

/** Opens a file to everybody; harmless when it is open. */
export async function publish(db: Db, fileId: string): Promise<void> {
  await fileModel(db).updateOne({ _id: fileId, isPublic: false }, { $set: { isPublic: true } });
}
