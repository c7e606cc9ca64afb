// Recalls and their ends as stored: both are inserted and never changed.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { Recall, RecallClosing } from './recalls.types.ts';

type StoredRecall = Omit<Recall, 'id'> & { _id: string };
type StoredClosing = Omit<RecallClosing, 'id'> & { _id: string };

const text = { type: String, required: true } as const;
const maybeEmpty = { type: String, default: '' } as const;
const moment = { type: Date, required: true } as const;
const options = { strict: 'throw', versionKey: false, autoIndex: false } as const;

const recallSchema = new mongoose.Schema<StoredRecall>(
  {
    _id: text,
    producerId: text,
    provinceCode: text,
    batchId: text,
    reason: text,
    recallClass: text,
    level: text,
    issuerName: text,
    orderNumber: maybeEmpty,
    instructions: maybeEmpty,
    phone: maybeEmpty,
    openedAt: moment,
    byUserId: text,
  },
  options,
);
recallSchema.index({ batchId: 1 }, { name: 'recalls_batch' });
recallSchema.index({ openedAt: -1, _id: -1 }, { name: 'recalls_newest' });
recallSchema.index({ provinceCode: 1, openedAt: -1, _id: -1 }, { name: 'recalls_province_newest' });
recallSchema.index({ producerId: 1, openedAt: -1, _id: -1 }, { name: 'recalls_producer_newest' });

const closingSchema = new mongoose.Schema<StoredClosing>(
  { _id: text, recallId: text, outcome: text, closedAt: moment, byUserId: text },
  options,
);
closingSchema.index({ recallId: 1 }, { unique: true, name: 'recallClosings_once' });

export function recallModel(db: Db): mongoose.Model<StoredRecall> {
  const known = db.models['Recall'] as mongoose.Model<StoredRecall> | undefined;
  return known ?? db.model<StoredRecall>('Recall', recallSchema, 'recalls');
}

export function recallClosingModel(db: Db): mongoose.Model<StoredClosing> {
  const known = db.models['RecallClosing'] as mongoose.Model<StoredClosing> | undefined;
  return known ?? db.model<StoredClosing>('RecallClosing', closingSchema, 'recallClosings');
}

const withId = <T extends { _id: string }>({ _id, ...rest }: T) => ({ ...rest, id: _id });

/** Inserts the recall under its id; when the id is taken, gives the stored one. */
export async function insertRecall(db: Db, recall: Recall): Promise<Recall> {
  const { id, ...rest } = recall;
  try {
    await recallModel(db).create({ _id: id, ...rest });
    return recall;
  } catch (error) {
    const stored = isDuplicateKey(error) === undefined ? undefined : await findRecall(db, id);
    if (stored === undefined) throw error;
    return stored;
  }
}

export async function findRecall(db: Db, recallId: string): Promise<Recall | undefined> {
  const found = await recallModel(db).findById(recallId).lean<StoredRecall>();
  return found === null ? undefined : withId(found);
}

/** Recalls of any of these batches, newest first. */
export async function findRecallsOf(db: Db, batchIds: readonly string[]): Promise<Recall[]> {
  const found = await recallModel(db)
    .find({ batchId: { $in: [...batchIds] } })
    .sort({ openedAt: -1, _id: -1 })
    .lean<StoredRecall[]>();
  return found.map(withId);
}

export async function findRecallsSince(db: Db, since: Date): Promise<Recall[]> {
  const found = await recallModel(db)
    .find({ openedAt: { $gte: since } })
    .lean<StoredRecall[]>();
  return found.map(withId);
}

/** Inserts the end of a recall; a recall ends once, so the stored one comes back when there is one. undefined: its id ends another. */
export async function insertClosing(db: Db, closing: RecallClosing): Promise<RecallClosing | undefined> {
  const { id, ...rest } = closing;
  try {
    await recallClosingModel(db).create({ _id: id, ...rest });
    return closing;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const [stored] = await findClosings(db, [closing.recallId]);
    return stored;
  }
}

export async function findClosings(db: Db, recallIds: readonly string[]): Promise<RecallClosing[]> {
  if (recallIds.length === 0) return [];
  const found = await recallClosingModel(db)
    .find({ recallId: { $in: [...recallIds] } })
    .lean<StoredClosing[]>();
  return found.map(withId);
}
