// Batches as stored. Counters and limits are conditions inside one update; uniqueness is an index.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { Batch, Hold } from './batches.types.ts';

/** A change that was applied, so that the same one sent again is not applied twice. */
export type AppliedChange = { id: string; hash: string };

export type StoredBatch = Omit<Batch, 'id'> & {
  _id: string;
  /** SHA-256 of the input it was made from: tells a repeated request from another one, whatever has changed since. */
  contentHash: string;
  /** Label runs whose units were taken and that exist: the last 20, so that a late twin of a request takes nothing. */
  recentTakes: string[];
  /** What gave units back (voided or spoiled labels), each once. */
  returns?: string[];
  /** The last 20 changes of packing. */
  recentChanges: AppliedChange[];
};

const subdocument = { _id: false, id: false } as const;
const text = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;
const whole = { type: Number, required: true } as const;

const settled = new mongoose.Schema({ byUserId: text, reason: text, at: moment }, subdocument);
const hold = new mongoose.Schema({ id: text, reason: text, stepId: String, at: moment, settled }, subdocument);
const take = new mongoose.Schema({ id: text, units: whole, at: moment }, subdocument);
const change = new mongoose.Schema({ id: text, hash: text }, subdocument);
const quantity = new mongoose.Schema({ amount: whole, unit: text }, subdocument);

const schema = new mongoose.Schema<StoredBatch>(
  {
    _id: text,
    producerId: text,
    provinceCode: text,
    productId: text,
    lotNumber: text,
    siteIds: [String],
    startedOn: text,
    harvestedOn: String,
    packedOn: String,
    useBy: String,
    quantity: { type: quantity, required: true },
    unitsMade: whole,
    unitsLeft: whole,
    pending: [take],
    held: { type: Boolean, required: true },
    holds: [hold],
    madeFrom: [String],
    ancestors: [String],
    recallIds: [String],
    closedRecallIds: [String],
    sample: { type: Boolean, required: true },
    version: whole,
    createdAt: moment,
    contentHash: text,
    recentTakes: [String],
    recentChanges: [change],
    returns: { type: [String], default: undefined },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
const lotIndex = 'batches_lot_of_product';
schema.index({ producerId: 1, productId: 1, lotNumber: 1 }, { unique: true, name: lotIndex });
schema.index({ producerId: 1, _id: -1 }, { name: 'batches_producer' });
schema.index({ provinceCode: 1, _id: -1 }, { name: 'batches_province' });
schema.index({ productId: 1, _id: -1 }, { name: 'batches_product' });
schema.index({ ancestors: 1 }, { name: 'batches_ancestors' });
schema.index({ recallIds: 1 }, { name: 'batches_recalls' });
schema.index({ 'pending.at': 1 }, { name: 'batches_pending' });

export function batchModel(db: Db): mongoose.Model<StoredBatch> {
  return (db.models['Batch'] as mongoose.Model<StoredBatch> | undefined) ?? db.model('Batch', schema, 'batches');
}

const toHold = (stored: Hold): Hold => ({ ...stored, stepId: stored.stepId, settled: stored.settled });

export const toBatch = (stored: StoredBatch): Batch => {
  const { _id, contentHash: _hash, recentTakes: _takes, recentChanges: _changes, returns: _returns, ...rest } = stored;
  return {
    ...rest,
    id: _id,
    harvestedOn: rest.harvestedOn,
    packedOn: rest.packedOn,
    useBy: rest.useBy,
    holds: rest.holds.map(toHold),
  };
};

/** Outcome of an insert: it is in, its id was taken by a record (whose input hash is given), or its lot number was. */
export type Inserted =
  { state: 'inserted' } | { state: 'id-taken'; batch: Batch; hash: string } | { state: 'lot-taken' };

export async function insertBatch(db: Db, batch: Batch, contentHash: string): Promise<Inserted> {
  const { id, ...rest } = batch;
  try {
    await batchModel(db).create({ _id: id, ...rest, contentHash, recentTakes: [], recentChanges: [] });
    return { state: 'inserted' };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    // A repeated request breaks both indexes; which one the store names is left to chance, so the id is asked first.
    const stored = await batchModel(db).findById(id).lean<StoredBatch>();
    if (stored !== null) return { state: 'id-taken', batch: toBatch(stored), hash: stored.contentHash };
    if (isDuplicateKey(error)?.index !== lotIndex) throw error;
    return { state: 'lot-taken' };
  }
}

export async function findBatch(db: Db, batchId: string): Promise<Batch | undefined> {
  const found = await batchModel(db).findById(batchId).lean<StoredBatch>();
  return found === null ? undefined : toBatch(found);
}

export async function findBatches(db: Db, ids: readonly string[]): Promise<Batch[]> {
  if (ids.length === 0) return [];
  const found = await batchModel(db)
    .find({ _id: { $in: ids } })
    .lean<StoredBatch[]>();
  return found.map(toBatch);
}

export type BatchFilter = {
  producerIds: string[];
  provinceCodes: string[];
  producerId: string | undefined;
  productId: string | undefined;
};

/** Newest first, one more than asked for tells the caller that there is a next page. */
export async function findBatchPage(
  db: Db,
  filter: BatchFilter,
  after: string | undefined,
  count: number,
): Promise<Batch[]> {
  const found = await batchModel(db)
    .find({
      $or: [{ producerId: { $in: filter.producerIds } }, { provinceCode: { $in: filter.provinceCodes } }],
      ...(filter.producerId === undefined ? {} : { producerId: filter.producerId }),
      ...(filter.productId === undefined ? {} : { productId: filter.productId }),
      ...(after === undefined ? {} : { _id: { $lt: after } }),
    })
    .sort({ _id: -1 })
    .limit(count)
    .lean<StoredBatch[]>();
  return found.map(toBatch);
}

export async function incrementVersion(db: Db, batchId: string): Promise<void> {
  await batchModel(db).updateOne({ _id: batchId }, { $inc: { version: 1 } });
}

/** Marks the named batch first and then all that was made from it: a batch being made meanwhile finds the mark on an ancestor. */
export async function pushRecall(db: Db, batchId: string, recallId: string): Promise<void> {
  const mark = { $addToSet: { recallIds: recallId }, $inc: { version: 1 } };
  await batchModel(db).updateOne({ _id: batchId, recallIds: { $ne: recallId } }, mark);
  await batchModel(db).updateMany({ ancestors: batchId, recallIds: { $ne: recallId } }, mark);
}

export async function pushRecallClosing(db: Db, batchId: string, recallId: string): Promise<void> {
  const mark = { $addToSet: { closedRecallIds: recallId }, $inc: { version: 1 } };
  await batchModel(db).updateOne({ _id: batchId, closedRecallIds: { $ne: recallId } }, mark);
  await batchModel(db).updateMany({ recallIds: recallId, closedRecallIds: { $ne: recallId } }, mark);
}

/** Adds marks to a batch and to whatever has been made from it since. */
export async function addMarks(
  db: Db,
  batchId: string,
  marks: { ancestors: string[]; recallIds: string[]; closedRecallIds: string[] },
): Promise<void> {
  await batchModel(db).updateMany(
    { ancestors: batchId },
    {
      $addToSet: {
        ancestors: { $each: marks.ancestors },
        recallIds: { $each: marks.recallIds },
        closedRecallIds: { $each: marks.closedRecallIds },
      },
      $inc: { version: 1 },
    },
  );
}
