// Batches as stored. Counters and limits are conditions inside one update; uniqueness is an index.
import mongoose from 'mongoose';
import { keepChangeNotes } from '../audit/changes.ts';
import type { WithUnnoted } from '../audit/changes.ts';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { fold, searchWords } from '../fold.ts';
import type { Batch, BatchInput, Hold } from './batches.types.ts';

/** A change that was applied, so that the same one sent again is not applied twice. */
export type AppliedChange = { id: string; hash: string };

export type StoredBatch = Omit<Batch, 'id' | 'closed' | 'inputs'> & {
  _id: string;
  inputs?: BatchInput[];
  closed?: Batch['closed'];
  /** Lot number without capitals, for sorting; words of lot and product, for search. */
  foldedLot: string;
  searchWords: string[];
  /** Version at which its own facts last changed: steps, marks and units raise the version without touching them. */
  factsVersion?: number;
  /** Its ancestors and marks have still to be passed on. */
  lineagePending?: boolean;
  /** SHA-256 of the input it was made from: tells a repeated request from another one, whatever has changed since. */
  contentHash: string;
  /** Label runs whose units were taken and that exist: the last 20, so that a late twin of a request takes nothing. */
  recentTakes: string[];
  /** What gave units back (voided or spoiled labels), each once. */
  returns?: string[];
  /** The last 20 changes of packing. */
  recentChanges: AppliedChange[];
} & WithUnnoted;

const subdocument = { _id: false, id: false } as const;
const text = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;
const whole = { type: Number, required: true } as const;

const settled = new mongoose.Schema({ byUserId: text, reason: text, at: moment }, subdocument);
const hold = new mongoose.Schema({ id: text, reason: text, stepId: String, at: moment, settled }, subdocument);
const take = new mongoose.Schema({ id: text, units: whole, at: moment }, subdocument);
const change = new mongoose.Schema({ id: text, hash: text }, subdocument);
const closing = new mongoose.Schema(
  { on: text, reason: { type: String, default: '' }, byUserId: text, at: moment },
  subdocument,
);
const input = new mongoose.Schema(
  { materialId: String, name: text, amount: whole, unit: text, lot: { type: String, default: '' } },
  subdocument,
);
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
    inputs: [input],
    madeFrom: [String],
    ancestors: [String],
    recallIds: [String],
    closedRecallIds: [String],
    closed: closing,
    sample: { type: Boolean, required: true },
    version: whole,
    createdAt: moment,
    contentHash: text,
    recentTakes: [String],
    recentChanges: [change],
    returns: { type: [String], default: undefined },
    foldedLot: text,
    searchWords: [String],
    factsVersion: Number,
    lineagePending: Boolean,
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
schema.index({ producerId: 1, foldedLot: 1, _id: 1 }, { name: 'batches_producer_lot' });
schema.index({ producerId: 1, searchWords: 1 }, { name: 'batches_producer_words' });
schema.index({ provinceCode: 1, foldedLot: 1, _id: 1 }, { name: 'batches_province_lot' });
schema.index({ provinceCode: 1, searchWords: 1 }, { name: 'batches_province_words' });
schema.index({ lineagePending: 1 }, { name: 'batches_lineage_pending', sparse: true });
keepChangeNotes(schema, 'batches');

export function batchModel(db: Db): mongoose.Model<StoredBatch> {
  return (
    (db.models['Batch'] as mongoose.Model<StoredBatch> | undefined) ?? db.model<StoredBatch>('Batch', schema, 'batches')
  );
}

const toInput = (stored: BatchInput): BatchInput => ({ ...stored, materialId: stored.materialId });

const toHold = (stored: Hold): Hold => ({ ...stored, stepId: stored.stepId, settled: stored.settled });

export const toBatch = (stored: StoredBatch): Batch => {
  const { _id, contentHash: _hash, recentTakes: _takes, recentChanges: _changes, returns: _returns, ...shown } = stored;
  const { foldedLot: _lot, searchWords: _words, factsVersion: _facts, lineagePending: _line, ...known } = shown;
  const { unnoted: _unnoted, ...rest } = known;
  return {
    ...rest,
    id: _id,
    harvestedOn: rest.harvestedOn,
    packedOn: rest.packedOn,
    useBy: rest.useBy,
    holds: rest.holds.map(toHold),
    inputs: (rest.inputs ?? []).map(toInput),
    closed: rest.closed,
  };
};

/** By what a list sorts and finds a batch: its lot number, and the name that its product has when it is made. */
export function lotWords(lotNumber: string, productName: string): { foldedLot: string; searchWords: string[] } {
  return { foldedLot: fold(lotNumber), searchWords: searchWords(lotNumber, productName) };
}

/** Outcome of an insert: it is in, its id was taken by a record (whose input hash is given), or its lot number was. */
export type Inserted =
  { state: 'inserted' } | { state: 'id-taken'; batch: Batch; hash: string } | { state: 'lot-taken' };

export async function insertBatch(
  db: Db,
  batch: Batch,
  made: { contentHash: string; productName: string },
): Promise<Inserted> {
  const { id, ...rest } = batch;
  try {
    await batchModel(db).create({
      _id: id,
      ...rest,
      contentHash: made.contentHash,
      ...lotWords(batch.lotNumber, made.productName),
      factsVersion: batch.version,
      recentTakes: [],
      recentChanges: [],
      ...(batch.madeFrom.length === 0 ? {} : { lineagePending: true }),
    });
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

/** A batch with the hash of what it was made from. */
export async function findWithHash(db: Db, batchId: string): Promise<{ batch: Batch; hash: string } | undefined> {
  const found = await batchModel(db).findById(batchId).lean<StoredBatch>();
  return found === null ? undefined : { batch: toBatch(found), hash: found.contentHash };
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

/** By what a page tells that a batch has changed, and what else the page depends on. */
export type BatchStamp = Pick<Batch, 'version' | 'productId' | 'producerId' | 'siteIds' | 'ancestors'>;

export async function findBatchStamp(db: Db, batchId: string): Promise<BatchStamp | undefined> {
  const wanted = { version: 1, productId: 1, producerId: 1, siteIds: 1, ancestors: 1 };
  return (await batchModel(db).findById(batchId, wanted).lean<BatchStamp>()) ?? undefined;
}

export async function incrementVersion(db: Db, batchId: string): Promise<void> {
  await batchModel(db).updateOne({ _id: batchId }, { $inc: { version: 1 } });
}
