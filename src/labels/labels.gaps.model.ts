// Gaps in the numbers of label runs that a restore leaves: labels printed after the backup was made are on shelves, and no record of them is here.
// Their numbers are never given out again, and their codes are known as printed before the incident (architecture.md, Codes).
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { counterModel } from './labels.model.ts';

/** Run numbers from `first` to `last`, inclusive, that may have been given out between the backup and the restore. */
export type RunGap = { first: number; last: number; at: Date };

type Stored = Omit<RunGap, 'first'> & { _id: number };

const gapSchema = new mongoose.Schema<Stored>(
  {
    _id: { type: Number, required: true },
    last: { type: Number, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);

const stepOfNumbers = 65_536;

export function runGapModel(db: Db): mongoose.Model<Stored> {
  return (
    (db.models['RunGap'] as mongoose.Model<Stored> | undefined) ?? db.model<Stored>('RunGap', gapSchema, 'runGaps')
  );
}

/** The gap after the highest number that a backup knows: to the next multiple of 65,536 plus 65,536. */
export function gapAfter(value: number): Pick<RunGap, 'first' | 'last'> {
  return { first: value + 1, last: Math.ceil((value + 1) / stepOfNumbers) * stepOfNumbers + stepOfNumbers };
}

/** Records the gap and raises the counter over it. Once a restore: the gap is recorded first, so that a crash between the two is mended by running it again. */
export async function leaveRunGap(db: Db, now: Date): Promise<RunGap> {
  const counter = await counterModel(db).findById('labelRun').lean<{ value: number }>();
  const gap = { ...gapAfter(counter?.value ?? 0), at: now };
  try {
    await runGapModel(db).create({ _id: gap.first, last: gap.last, at: now });
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
  }
  await counterModel(db).updateOne({ _id: 'labelRun' }, { $max: { value: gap.last } }, { upsert: true });
  return gap;
}

/** The gap that a run number lies in, or undefined. */
export async function findRunGap(db: Db, runNumber: number): Promise<RunGap | undefined> {
  const found = await runGapModel(db)
    .findOne({ _id: { $lte: runNumber }, last: { $gte: runNumber } })
    .sort({ _id: -1 })
    .lean<Stored>();
  return found === null ? undefined : { first: found._id, last: found.last, at: found.at };
}
