// The store as a backup sees it: collections with their documents as BSON, byte for byte, and the contents of files. The only file of the feature
// that speaks with the driver.
import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import type { CollectionSum } from './backup.types.ts';

const { BSON, GridFSBucket, MongoGridFSChunkError, MongoRuntimeError, ObjectId } = mongoose.mongo;

export const fileInfos = 'files.files';
export const fileChunks = 'files.chunks';

const entryBytes = 4_000_000;
const documentsAtOnce = 1_000;
// What GridFS cuts files into unless told otherwise; nothing here tells it otherwise.
const chunkBytes = 255 * 1024;

const storeOf = (db: Db): mongoose.mongo.Db => {
  if (db.db === undefined) throw new mongoose.mongo.MongoNotConnectedError('the store is away');
  return db.db;
};

/** Names of the collections that are there, without the system's own. */
export async function collectionNames(db: Db): Promise<string[]> {
  const found = await storeOf(db).listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  return found
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'))
    .sort();
}

/** Names of the collections that hold a document. */
export async function filledCollections(db: Db): Promise<string[]> {
  const names = await collectionNames(db);
  const filled = await Promise.all(
    names.map(
      async (name) =>
        (await storeOf(db)
          .collection(name)
          .findOne({}, { projection: { _id: 1 } })) !== null,
    ),
  );
  return names.filter((_name, at) => filled[at]);
}

const rawDocuments = (db: Db, name: string): AsyncIterable<Buffer> =>
  storeOf(db)
    .collection(name)
    .find({}, { raw: true, batchSize: documentsAtOnce, noCursorTimeout: false })
    .sort({ _id: 1 }) as unknown as AsyncIterable<Buffer>;

/** The documents of a collection in the order of their ids, some megabytes at a time, and what they come to. */
export async function readCollection(
  db: Db,
  name: string,
  take: (documents: Buffer) => Promise<void>,
): Promise<CollectionSum> {
  const hash = createHash('sha256');
  let documents = 0;
  let pieces: Buffer[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (bytes > 0) await take(Buffer.concat(pieces));
    pieces = [];
    bytes = 0;
  };
  for await (const document of rawDocuments(db, name)) {
    // The driver reuses the memory that a raw document lies in.
    const own = Buffer.from(document);
    hash.update(own);
    documents += 1;
    pieces.push(own);
    bytes += own.length;
    if (bytes >= entryBytes) await flush();
  }
  await flush();
  return { name, documents, sha256: hash.digest('hex') };
}

/** The same without the bytes: what a collection holds now. */
export function sumCollection(db: Db, name: string): Promise<CollectionSum> {
  return readCollection(db, name, () => Promise.resolve());
}

/** Documents that follow each other, as values that keep the very BSON types they had. */
export function splitDocuments(bytes: Buffer): mongoose.mongo.Document[] {
  const documents: mongoose.mongo.Document[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readInt32LE(at);
    const document = bytes.subarray(at, at + length);
    documents.push(
      BSON.deserialize(document, {
        promoteValues: false,
        promoteLongs: false,
        promoteBuffers: false,
        bsonRegExp: true,
      }),
    );
    at += length;
  }
  return documents;
}

export async function insertDocuments(db: Db, name: string, documents: mongoose.mongo.Document[]): Promise<void> {
  for (let at = 0; at < documents.length; at += documentsAtOnce)
    await storeOf(db)
      .collection(name)
      .insertMany(documents.slice(at, at + documentsAtOnce), { ignoreUndefined: false });
}

export async function emptyCollection(db: Db, name: string): Promise<void> {
  await storeOf(db).collection(name).deleteMany({});
}

type StoredInfo = { id: string; document: Buffer };

/** Every file that is stored: its id, and what GridFS says of it, as BSON. */
export async function* storedFiles(db: Db): AsyncGenerator<StoredInfo> {
  for await (const document of rawDocuments(db, fileInfos)) {
    const own = Buffer.from(document);
    const { _id } = BSON.deserialize(own) as { _id: mongoose.mongo.ObjectId };
    yield { id: _id.toHexString(), document: own };
  }
}

const fileBytes = (db: Db, id: string): AsyncIterable<Uint8Array> =>
  new GridFSBucket(storeOf(db), { bucketName: 'files' }).openDownloadStream(new ObjectId(id));

/** The bytes of one file (25 MB at most); undefined when it has gone meanwhile. */
export async function readFileBytes(db: Db, id: string): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of fileBytes(db, id)) pieces.push(piece);
  } catch (error) {
    const isGone = error instanceof MongoRuntimeError && error.code === 'ENOENT';
    if (isGone || error instanceof MongoGridFSChunkError) return undefined;
    throw error;
  }
  return Buffer.concat(pieces);
}

/** The indexes that GridFS looks for, of every bucket that is there: it makes them itself only for its first file. */
export async function indexBuckets(db: Db): Promise<void> {
  for (const name of await collectionNames(db)) {
    const [, bucket] = /^(.+)\.files$/.exec(name) ?? [];
    if (bucket === undefined) continue;
    await storeOf(db).collection(`${bucket}.chunks`).createIndex({ files_id: 1, n: 1 }, { unique: true });
    await storeOf(db).collection(name).createIndex({ filename: 1, uploadDate: 1 });
  }
}

/** Puts the bytes of a file back. What GridFS says of it comes with its collection. */
export async function insertFileBytes(db: Db, id: string, bytes: Buffer): Promise<void> {
  const chunks = storeOf(db).collection(fileChunks);
  for (let n = 0; n * chunkBytes < bytes.length; n += 1)
    await chunks.insertOne({
      files_id: new ObjectId(id),
      n,
      data: bytes.subarray(n * chunkBytes, (n + 1) * chunkBytes),
    });
}
