// The bytes of files in GridFS. They are written before the record that names them, so that a crash leaves bytes without a record, never the
// reverse; the sweep takes what no record names.
import { createHash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import type { StoredPart } from './files.types.ts';

const { GridFSBucket, MongoGridFSChunkError, MongoNotConnectedError, MongoRuntimeError, ObjectId } = mongoose.mongo;

const storeOf = (db: Db): mongoose.mongo.Db => {
  if (db.db === undefined) throw new MongoNotConnectedError('the store is away');
  return db.db;
};

const bucketOf = (db: Db): mongoose.mongo.GridFSBucket => new GridFSBucket(storeOf(db), { bucketName: 'files' });

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes one stream of bytes and says where it lies. */
export async function writePart(db: Db, name: string, mediaType: string, bytes: Buffer): Promise<StoredPart> {
  const upload = bucketOf(db).openUploadStream(name);
  upload.end(bytes);
  await finished(upload);
  return { name, mediaType, sha256: sha256Of(bytes), bytes: bytes.length, contentId: upload.id.toHexString() };
}

/** The bytes of a part as a stream. */
export function readPart(db: Db, part: StoredPart): Readable {
  return bucketOf(db).openDownloadStream(new ObjectId(part.contentId));
}

/** All bytes of a part; undefined when they have gone meanwhile. */
export async function readWholePart(db: Db, part: StoredPart): Promise<Buffer | undefined> {
  try {
    return Buffer.concat((await readPart(db, part).toArray()) as Buffer[]);
  } catch (error) {
    const isGone = error instanceof MongoRuntimeError && error.code === 'ENOENT';
    if (isGone || error instanceof MongoGridFSChunkError) return undefined;
    throw error;
  }
}

/** Removes bytes; harmless for those that are gone. */
export async function dropContents(db: Db, contentIds: readonly string[]): Promise<void> {
  const ids = contentIds.map((id) => new ObjectId(id));
  if (ids.length === 0) return;
  await storeOf(db)
    .collection('files.files')
    .deleteMany({ _id: { $in: ids } });
  await storeOf(db)
    .collection('files.chunks')
    .deleteMany({ files_id: { $in: ids } });
}

/** Removes the bytes of parts. */
export async function dropParts(db: Db, parts: readonly StoredPart[]): Promise<void> {
  await dropContents(
    db,
    parts.map(({ contentId }) => contentId),
  );
}

/**
 * The next ids of stored bytes after `after` ('' for the first) that were begun before a moment, in the order of their ids, at most `limit`.
 * Chunks are asked, not files: what a crash left half written has chunks only.
 */
export async function contentsAfter(db: Db, after: string, before: Date, limit: number): Promise<string[]> {
  const chunks = storeOf(db).collection<{ files_id: mongoose.mongo.ObjectId }>('files.chunks');
  const end = ObjectId.createFromTime(Math.floor(before.getTime() / 1000));
  const found: string[] = [];
  let at = after === '' ? ObjectId.createFromTime(0) : new ObjectId(after);
  while (found.length < limit) {
    // One look at the index for each file, whatever the number of its chunks.
    const next = await chunks.findOne(
      { files_id: { $gt: at, $lt: end } },
      { sort: { files_id: 1, n: 1 }, projection: { files_id: 1, _id: 0 } },
    );
    if (next === null) break;
    at = next.files_id;
    found.push(at.toHexString());
  }
  return found;
}
