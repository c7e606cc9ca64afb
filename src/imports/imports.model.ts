// Runs of imports as stored, and how one process at a time carries one on.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { ImportRun, StoredCounts } from './imports.types.ts';

type StoredRun = Omit<ImportRun, 'id'> & { _id: string };

const text = { type: String, required: true } as const;
// Mongoose takes an empty text for a missing one.
const maybeEmpty = { type: String, default: '' } as const;
const count = { type: Number, required: true } as const;
const anything = { type: mongoose.Schema.Types.Mixed } as const;

const runSchema = new mongoose.Schema<StoredRun>(
  {
    _id: text,
    kind: text,
    fileName: maybeEmpty,
    sha256: text,
    bytes: count,
    contentId: maybeEmpty,
    state: text,
    faults: { type: [Object], default: [] },
    counts: { ...anything, required: true },
    skipFaulty: { type: Boolean, required: true },
    stored: { ...anything, required: true },
    piecesDone: count,
    noted: anything,
    attempts: count,
    byUserId: text,
    at: { type: Date, required: true },
    storedByUserId: String,
    storingAt: Date,
    endedAt: Date,
    heldUntil: Date,
  },
  { strict: 'throw', versionKey: false, autoIndex: false, minimize: false },
);
runSchema.index({ state: 1, _id: 1 }, { name: 'importRuns_state' });
runSchema.index({ contentId: 1 }, { name: 'importRuns_content' });

export function importRunModel(db: Db): mongoose.Model<StoredRun> {
  const known = db.models['ImportRun'] as mongoose.Model<StoredRun> | undefined;
  return known ?? db.model<StoredRun>('ImportRun', runSchema, 'importRuns');
}

const toRun = ({ _id, ...rest }: StoredRun): ImportRun => ({
  ...rest,
  id: _id,
  noted: rest.noted ?? undefined,
  storedByUserId: rest.storedByUserId ?? undefined,
  storingAt: rest.storingAt ?? undefined,
  endedAt: rest.endedAt ?? undefined,
  heldUntil: rest.heldUntil ?? undefined,
});

/** Inserts it, or returns the run that has its id already. */
export async function insertRun(db: Db, run: ImportRun): Promise<ImportRun | undefined> {
  const { id, ...rest } = run;
  try {
    await importRunModel(db).create({ _id: id, ...rest });
    return undefined;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await findRun(db, id);
    if (stored === undefined) throw error;
    return stored;
  }
}

export async function findRun(db: Db, runId: string): Promise<ImportRun | undefined> {
  const found = await importRunModel(db).findById(runId).lean<StoredRun>();
  return found === null ? undefined : toRun(found);
}

/** Newest first, from after the named one. */
export async function findRunPage(db: Db, after: string | undefined, limit: number): Promise<ImportRun[]> {
  const found = await importRunModel(db)
    .find(after === undefined ? {} : { _id: { $lt: after } })
    .sort({ _id: -1 })
    .limit(limit)
    .lean<StoredRun[]>();
  return found.map(toRun);
}

const free = (now: Date) => ({
  $or: [{ heldUntil: { $exists: false } }, { heldUntil: null }, { heldUntil: { $lt: now } }],
});

/** Runs that somebody began to store and that are not stored; held ones only when `evenHeld`. */
export async function findUnfinished(db: Db, now: Date, evenHeld: boolean): Promise<ImportRun[]> {
  const found = await importRunModel(db)
    .find({ state: 'running', ...(evenHeld ? {} : free(now)) })
    .sort({ _id: 1 })
    .limit(100)
    .lean<StoredRun[]>();
  return found.map(toRun);
}

/** Which of these contents a run names. */
export async function findNamedContents(db: Db, contentIds: readonly string[]): Promise<Set<string>> {
  const found = await importRunModel(db)
    .find({ contentId: { $in: contentIds } }, { contentId: 1 })
    .lean<{ contentId: string }[]>();
  return new Set(found.map(({ contentId }) => contentId));
}

/** Notes who has chosen to store the run and how; false when that was done before. */
export async function beginRun(
  db: Db,
  runId: string,
  begun: Required<Pick<ImportRun, 'skipFaulty'>> & { storedByUserId: string; storingAt: Date },
): Promise<boolean> {
  const updated = await importRunModel(db).updateOne(
    { _id: runId, state: 'planned' },
    { $set: { ...begun, state: 'running' } },
  );
  return updated.modifiedCount === 1;
}

/** Takes a failed run up again. */
export async function reviveRun(db: Db, runId: string): Promise<void> {
  await importRunModel(db).updateOne(
    { _id: runId, state: 'failed', contentId: { $ne: '' } },
    { $set: { state: 'running', attempts: 0 }, $unset: { endedAt: 1, heldUntil: 1 } },
  );
}

/** Takes hold of a running run until a moment; undefined when another process holds it or it is not running. */
export async function holdRun(
  db: Db,
  runId: string,
  hold: { now: Date; until: Date; evenHeld: boolean },
): Promise<ImportRun | undefined> {
  const held = await importRunModel(db)
    .findOneAndUpdate(
      { _id: runId, state: 'running', ...(hold.evenHeld ? {} : free(hold.now)) },
      { $set: { heldUntil: hold.until }, $inc: { attempts: 1 } },
      { returnDocument: 'after' },
    )
    .lean<StoredRun>();
  return held === null ? undefined : toRun(held);
}

/** Notes what storing a piece will do, unless that was noted before, and returns the note that stands. */
export async function notePiece(db: Db, runId: string, piece: number, counts: StoredCounts): Promise<StoredCounts> {
  await importRunModel(db).updateOne(
    { _id: runId, piecesDone: piece, 'noted.piece': { $ne: piece } },
    { $set: { noted: { piece, ...counts } } },
  );
  const run = await findRun(db, runId);
  return run?.noted?.piece === piece ? run.noted : counts;
}

/** The piece is stored. Without effect when another process has said so before. */
export async function endPiece(
  db: Db,
  runId: string,
  piece: number,
  counts: StoredCounts,
  heldUntil: Date,
): Promise<void> {
  await importRunModel(db).updateOne(
    { _id: runId, piecesDone: piece },
    {
      $inc: {
        piecesDone: 1,
        'stored.new': counts.new,
        'stored.changed': counts.changed,
        'stored.same': counts.same,
      },
      $set: { heldUntil },
    },
  );
}

/** Ends a running run. */
export async function endRun(db: Db, runId: string, state: 'done' | 'failed', endedAt: Date): Promise<void> {
  await importRunModel(db).updateOne(
    { _id: runId, state: 'running' },
    { $set: { state, endedAt }, $unset: { heldUntil: 1, noted: 1 } },
  );
}

/** Lets go of a run that broke down, so that another process can carry it on. */
export async function releaseRun(db: Db, runId: string): Promise<void> {
  await importRunModel(db).updateOne({ _id: runId, state: 'running' }, { $unset: { heldUntil: 1 } });
}

const hasContent = { contentId: { $gt: '' } };
const ended: ImportRun['state'][] = ['done', 'failed'];

/** Runs with a file that ended before a moment, or were looked at before it and never stored. */
export async function findRunsToClear(db: Db, before: Date, limit: number): Promise<ImportRun[]> {
  const isOver = { state: { $in: ended }, endedAt: { $lt: before } };
  const found = await importRunModel(db)
    .find({ $or: [isOver, { state: 'planned', at: { $lt: before } }], ...hasContent })
    .limit(limit)
    .lean<StoredRun[]>();
  return found.map(toRun);
}

/** Names no file any more; what was not stored by now can't be. False when the run went on in between. */
export async function clearRun(db: Db, { id, state, contentId }: ImportRun): Promise<boolean> {
  const isDone = state === 'done';
  const cleared = await importRunModel(db).updateOne(
    { _id: id, state, contentId },
    {
      $set: {
        contentId: '',
        ...(isDone ? {} : { state: 'failed', faults: [{ column: '', code: 'file-cleared' }] }),
      },
    },
  );
  return cleared.modifiedCount === 1;
}
