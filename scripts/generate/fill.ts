// Fills a store: reserves the run numbers, streams the documents in, makes the indexes.
import type mongoose from 'mongoose';
import { userModel } from '../../src/accounts/accounts.model.ts';
import { batchModel } from '../../src/batches/batches.model.ts';
import { certificateDecisionModel, certificateModel } from '../../src/certificates/certificates.model.ts';
import type { Db } from '../../src/db/connect.ts';
import { ensureIndexes } from '../../src/db/indexes.ts';
import type { StoreLog } from '../../src/db/store-log.ts';
import { fileModel } from '../../src/files/files.store.ts';
import { counterModel, labelRunModel } from '../../src/labels/labels.model.ts';
import { producerModel } from '../../src/producers/producers.model.ts';
import { productModel } from '../../src/products/products.model.ts';
import { siteModel } from '../../src/sites/sites.model.ts';
import { attachmentModel, confirmationModel, contentModel } from '../../src/steps/steps.evidence.model.ts';
import { stepModel } from '../../src/steps/steps.model.ts';
import { chunksOf, writeChunks } from './chunks.ts';
import type { Chunk, Counts } from './chunks.ts';
import type { CollectionName } from './documents.ts';
import { officerOf } from './farms.ts';
import { drawPictures } from './pictures.ts';
import { recordsOf } from './records.ts';
import type { Settings } from './settings.ts';

const documentsAChunk = 1000;
const chunksAtOnce = 3;

/** Models behind the collections; those of GridFS have none. */
export const models = {
  users: userModel,
  fileRecords: fileModel,
  producers: producerModel,
  sites: siteModel,
  products: productModel,
  certificates: certificateModel,
  certificateDecisions: certificateDecisionModel,
  batches: batchModel,
  steps: stepModel,
  attachments: attachmentModel,
  confirmations: confirmationModel,
  contents: contentModel,
  labelRuns: labelRunModel,
} as const satisfies Partial<Record<CollectionName, unknown>>;

/** What was written; `firstRun` is the first of the run numbers, one for each batch. */
export type Filled = { counts: Counts; settings: Settings };

export type FillOptions = { log: StoreLog; onWritten?: (collection: CollectionName, count: number) => void };

/** Takes one run number a batch, whatever is in the store already; returns the first. */
const reserveRuns = async (db: Db, count: number): Promise<number> => {
  const counter = await counterModel(db)
    .findOneAndUpdate({ _id: 'labelRun' }, { $inc: { value: count } }, { upsert: true, returnDocument: 'after' })
    .lean<{ value: number }>();
  return counter.value - count + 1;
};

const requireNewSeed = async (db: Db, settings: Settings): Promise<void> => {
  if ((await userModel(db).exists({ _id: officerOf(settings).id })) !== null)
    throw new Error(`the store holds records of seed ${settings.seed} already; choose another one with --seed`);
};

// The driver makes these when it uploads into an empty bucket, and not later.
const indexContents = async (db: Db): Promise<void> => {
  await db.collection('files.files').createIndex({ filename: 1, uploadDate: 1 });
  await db.collection('files.chunks').createIndex({ files_id: 1, n: 1 }, { unique: true });
};

const writer =
  (db: Db, onWritten: FillOptions['onWritten']) =>
  async ({ collection, documents }: Chunk): Promise<void> => {
    const options = { ordered: false, ignoreUndefined: true };
    await db.collection(collection).insertMany(documents as mongoose.mongo.Document[], options);
    onWritten?.(collection, documents.length);
  };

/**
 * Fills the store that `db` is connected to, which may hold other records. Indexes come last: loading is faster without them, and the unique
 * ones check everything when they are made. Throws an Error when records of this seed are there already.
 */
export async function fillStore(db: Db, asked: Omit<Settings, 'firstRun'>, options: FillOptions): Promise<Filled> {
  for (const model of [...Object.values(models), counterModel]) model(db);
  const given = { ...asked, firstRun: 1 };
  await requireNewSeed(db, given);
  const settings = { ...given, firstRun: await reserveRuns(db, asked.batches) };
  const chunks = chunksOf(recordsOf(settings, await drawPictures(settings)), documentsAChunk);
  const counts = await writeChunks(chunks, writer(db, options.onWritten), chunksAtOnce);
  await indexContents(db);
  await ensureIndexes(db, options.log);
  return { counts, settings };
}
