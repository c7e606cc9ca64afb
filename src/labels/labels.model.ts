// Label runs as stored, and the one counter that numbers them.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { LabelRun } from './labels.types.ts';

// Runs of the time before the choice of links lack it.
type Stored = Omit<LabelRun, 'id' | 'link' | 'gtin14'> & { _id: string; link?: LabelRun['link']; gtin14?: string };
type Counter = { _id: string; value: number };

const runSchema = new mongoose.Schema<Stored>(
  {
    _id: { type: String, required: true },
    runNumber: { type: Number, required: true },
    producerId: { type: String, required: true },
    batchId: { type: String, required: true },
    kind: { type: String, required: true },
    quantity: { type: Number, required: true },
    layout: { type: String, required: true },
    link: String,
    gtin14: String,
    sample: { type: Boolean, required: true },
    baseUrl: { type: String, required: true },
    byUserId: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
runSchema.index({ runNumber: 1 }, { unique: true, name: 'labelRuns_runNumber' });
runSchema.index({ producerId: 1, batchId: 1, _id: -1 }, { name: 'labelRuns_producer_batch' });

const counterSchema = new mongoose.Schema<Counter>(
  { _id: { type: String, required: true }, value: { type: Number, required: true } },
  { strict: 'throw', versionKey: false, autoIndex: false },
);

export function labelRunModel(db: Db): mongoose.Model<Stored> {
  return db.models['LabelRun'] ?? db.model<Stored>('LabelRun', runSchema, 'labelRuns');
}

export function counterModel(db: Db): mongoose.Model<Counter> {
  return db.models['Counter'] ?? db.model<Counter>('Counter', counterSchema, 'counters');
}

const toRun = ({ _id, link = 'trace', gtin14 = '', ...rest }: Stored): LabelRun => ({ ...rest, id: _id, link, gtin14 });

/** The next run number, from 1: one atomic counter for all producers. A number that is taken and then not used stays unused. */
export async function nextRunNumber(db: Db): Promise<number> {
  const raise = () =>
    counterModel(db)
      .findOneAndUpdate({ _id: 'labelRun' }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' })
      .lean<Counter>();
  try {
    return (await raise()).value;
  } catch (error) {
    // Two first runs at once both try to insert the counter; the second finds it there.
    if (isDuplicateKey(error) === undefined) throw error;
    return (await raise()).value;
  }
}

/** Inserts the run under its id; when the id is taken, returns the stored one instead. */
export async function insertRun(db: Db, run: LabelRun): Promise<{ run: LabelRun; inserted: boolean }> {
  const { id, ...rest } = run;
  try {
    await labelRunModel(db).create({ _id: id, ...rest });
    return { run, inserted: true };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await findRun(db, id);
    if (stored === undefined) throw error;
    return { run: stored, inserted: false };
  }
}

export async function findRun(db: Db, runId: string): Promise<LabelRun | undefined> {
  const found = await labelRunModel(db).findById(runId).lean<Stored>();
  return found === null ? undefined : toRun(found);
}

export async function findRunByNumber(db: Db, runNumber: number): Promise<LabelRun | undefined> {
  const found = await labelRunModel(db).findOne({ runNumber }).lean<Stored>();
  return found === null ? undefined : toRun(found);
}

/** Newest first. */
export async function findRunsOfBatch(db: Db, producerId: string, batchId: string): Promise<LabelRun[]> {
  const found = await labelRunModel(db).find({ producerId, batchId }).sort({ _id: -1 }).limit(100).lean<Stored[]>();
  return found.map(toRun);
}
