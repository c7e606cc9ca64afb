// What happened to label runs, append-only; and how far the reading back of each is, which may be lost and made again.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { LabelRunEvent } from './labels.types.ts';

type StoredEvent = Omit<LabelRunEvent, 'id'> & { _id: string };

const text = { type: String, required: true } as const;
const whole = { type: Number, required: true } as const;
const moment = { type: Date, required: true } as const;

const eventSchema = new mongoose.Schema<StoredEvent>(
  {
    _id: text,
    runId: text,
    producerId: text,
    kind: text,
    from: whole,
    end: whole,
    format: String,
    reason: { type: String, default: '' },
    unitsBack: whole,
    symbols: Number,
    failedPlace: Number,
    byUserId: { type: String, default: '' },
    at: moment,
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
eventSchema.index({ producerId: 1, runId: 1, at: 1 }, { name: 'labelRunEvents_run' });
eventSchema.index({ at: 1 }, { name: 'labelRunEvents_at' });

export function labelRunEventModel(db: Db): mongoose.Model<StoredEvent> {
  const known = db.models['LabelRunEvent'] as mongoose.Model<StoredEvent> | undefined;
  return known ?? db.model<StoredEvent>('LabelRunEvent', eventSchema, 'labelRunEvents');
}

const toEvent = ({ _id, ...rest }: StoredEvent): LabelRunEvent => ({
  ...rest,
  id: _id,
  format: rest.format,
  symbols: rest.symbols,
  failedPlace: rest.failedPlace,
});

/** Inserts the event under its id; when the id is taken, returns the stored one instead. */
export async function insertEvent(db: Db, event: LabelRunEvent): Promise<{ event: LabelRunEvent; inserted: boolean }> {
  const { id, ...rest } = event;
  try {
    await labelRunEventModel(db).create({ _id: id, ...rest });
    return { event, inserted: true };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await labelRunEventModel(db).findById(id).lean<StoredEvent>();
    if (stored === null) throw error;
    return { event: toEvent(stored), inserted: false };
  }
}

/** All events of a run, oldest first. */
export async function findEvents(db: Db, producerId: string, runId: string): Promise<LabelRunEvent[]> {
  const found = await labelRunEventModel(db).find({ producerId, runId }).sort({ at: 1, _id: 1 }).lean<StoredEvent[]>();
  return found.map(toEvent);
}

/** The same for several runs of one producer. */
export async function findEventsOfRuns(
  db: Db,
  producerId: string,
  runIds: readonly string[],
): Promise<LabelRunEvent[]> {
  const found = await labelRunEventModel(db)
    .find({ producerId, runId: { $in: [...runIds] } })
    .sort({ at: 1, _id: 1 })
    .lean<StoredEvent[]>();
  return found.map(toEvent);
}

/** Events since a moment that give units back, for the sweep. */
export async function findReturnsSince(db: Db, since: Date): Promise<LabelRunEvent[]> {
  const found = await labelRunEventModel(db)
    .find({ at: { $gte: since }, unitsBack: { $gt: 0 } })
    .limit(1000)
    .lean<StoredEvent[]>();
  return found.map(toEvent);
}

/** The reading back of one run: who is at it until when, and how far it is. */
export type CheckProgress = {
  runId: string;
  producerId: string;
  pages: number;
  done: number;
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

/** Puts a run in the line of those to be read back; harmless when it is there. */
export async function putInLine(
  db: Db,
  check: Omit<CheckProgress, 'done' | 'leaseUntil' | 'cancelled'>,
): Promise<void> {
  const { runId, ...rest } = check;
  try {
    await labelCheckModel(db).create({ _id: runId, ...rest, done: 0, leaseUntil: new Date(0), cancelled: false });
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
  }
}

/** Takes the reading of a run for a while, unless somebody has it; false when it is taken, cancelled or over. */
export async function takeLease(db: Db, runId: string, now: Date, seconds: number): Promise<boolean> {
  const taken = await labelCheckModel(db).updateOne(
    { _id: runId, leaseUntil: { $lte: now }, cancelled: false },
    { $set: { leaseUntil: new Date(now.getTime() + seconds * 1000) } },
  );
  return taken.modifiedCount === 1;
}

/** Says how far it is and keeps the lease; false when it was cancelled meanwhile. */
export async function noteProgress(db: Db, runId: string, done: number, now: Date, seconds: number): Promise<boolean> {
  const noted = await labelCheckModel(db).updateOne(
    { _id: runId, cancelled: false },
    { $set: { done, leaseUntil: new Date(now.getTime() + seconds * 1000) } },
  );
  return noted.matchedCount === 1;
}

export async function cancelCheck(db: Db, runId: string): Promise<void> {
  await labelCheckModel(db).updateOne({ _id: runId }, { $set: { cancelled: true } });
}

export async function removeCheck(db: Db, runId: string): Promise<void> {
  await labelCheckModel(db).deleteOne({ _id: runId });
}

export async function findCheck(db: Db, runId: string): Promise<CheckProgress | undefined> {
  const found = await labelCheckModel(db).findById(runId).lean<StoredProgress>();
  if (found === null) return undefined;
  const { _id, ...rest } = found;
  return { runId: _id, ...rest };
}

/** Runs whose reading nobody has at this moment. */
export async function findWaitingChecks(db: Db, now: Date): Promise<string[]> {
  const found = await labelCheckModel(db)
    .find({ leaseUntil: { $lte: now }, cancelled: false }, { _id: 1 })
    .limit(100)
    .lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}
