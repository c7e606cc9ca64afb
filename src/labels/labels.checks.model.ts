// The line of runs whose symbols are to be read back, and who reads which: it may be lost and made again.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';

const text = { type: String, required: true } as const;
const whole = { type: Number, required: true } as const;
const moment = { type: Date, required: true } as const;

/** The reading back of one run: who is at it until when, and how far it is. */
export type CheckProgress = {
  runId: string;
  producerId: string;
  pages: number;
  /** Pages and symbols that were read. */
  done: number;
  symbols: number;
  /** The reading that has it, until when; '' for none yet. */
  readerId: string;
  leaseUntil: Date;
  cancelled: boolean;
  /** Who approves it as soon as it has been read; '' for nobody. */
  approveBy: string;
};
type StoredProgress = Omit<CheckProgress, 'runId'> & { _id: string };

const progressSchema = new mongoose.Schema<StoredProgress>(
  {
    _id: text,
    producerId: text,
    pages: whole,
    done: whole,
    symbols: { type: Number, default: 0 },
    readerId: { type: String, default: '' },
    leaseUntil: moment,
    cancelled: { type: Boolean, required: true },
    approveBy: { type: String, default: '' },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
progressSchema.index({ leaseUntil: 1 }, { name: 'labelChecks_lease' });

export function labelCheckModel(db: Db): mongoose.Model<StoredProgress> {
  const known = db.models['LabelCheck'] as mongoose.Model<StoredProgress> | undefined;
  return known ?? db.model<StoredProgress>('LabelCheck', progressSchema, 'labelChecks');
}

// A reading begun before readers had ids lacks one.
const toProgress = ({ _id, symbols = 0, readerId = '', ...rest }: StoredProgress): CheckProgress => {
  return { ...rest, runId: _id, symbols, readerId };
};

/** Puts a run in the line of those to be read back; harmless when it is there. */
export async function putInLine(
  db: Db,
  check: Pick<CheckProgress, 'runId' | 'producerId' | 'pages' | 'approveBy'>,
): Promise<void> {
  const { runId, ...rest } = check;
  try {
    await labelCheckModel(db).create({
      _id: runId,
      ...rest,
      done: 0,
      symbols: 0,
      readerId: '',
      leaseUntil: new Date(0),
      cancelled: false,
    });
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
  }
}

/** Takes the reading of a run for a while; undefined when somebody has it, or it is cancelled or over. `readerId` is this reading's own. */
export async function takeLease(
  db: Db,
  runId: string,
  readerId: string,
  until: { now: Date; seconds: number },
): Promise<CheckProgress | undefined> {
  const taken = await labelCheckModel(db)
    .findOneAndUpdate(
      { _id: runId, leaseUntil: { $lte: until.now }, cancelled: false },
      { $set: { readerId, leaseUntil: endOf(until) } },
      { returnDocument: 'after' },
    )
    .lean<StoredProgress>();
  return taken === null ? undefined : toProgress(taken);
}

const endOf = ({ now, seconds }: { now: Date; seconds: number }): Date => new Date(now.getTime() + seconds * 1000);

/** Says how far it is and keeps the lease; false when it was cancelled meanwhile, or another reader has taken it over. */
export async function noteProgress(
  db: Db,
  runId: string,
  readerId: string,
  read: { done: number; symbols: number },
  until: { now: Date; seconds: number },
): Promise<boolean> {
  const noted = await labelCheckModel(db).updateOne(
    { _id: runId, readerId, cancelled: false },
    { $set: { ...read, leaseUntil: endOf(until) } },
  );
  return noted.matchedCount === 1;
}

/** Lets go of a reading that cannot go on here, so that the next who looks takes it. */
export async function dropLease(db: Db, runId: string, readerId: string): Promise<void> {
  await labelCheckModel(db).updateOne({ _id: runId, readerId }, { $set: { leaseUntil: new Date(0) } });
}

export async function cancelCheck(db: Db, runId: string): Promise<void> {
  await labelCheckModel(db).updateOne({ _id: runId }, { $set: { cancelled: true } });
}

export async function removeCheck(db: Db, runId: string): Promise<void> {
  await labelCheckModel(db).deleteOne({ _id: runId });
}

export async function findCheck(db: Db, runId: string): Promise<CheckProgress | undefined> {
  const found = await labelCheckModel(db).findById(runId).lean<StoredProgress>();
  return found === null ? undefined : toProgress(found);
}

/** Runs whose reading nobody has at this moment. */
export async function findWaitingChecks(db: Db, now: Date): Promise<string[]> {
  const found = await labelCheckModel(db)
    .find({ leaseUntil: { $lte: now }, cancelled: false }, { _id: 1 })
    .limit(100)
    .lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}
