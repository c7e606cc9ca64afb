// Steps as stored: inserted once, never changed. A correction or withdrawal takes the place of one version, and only one can.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { Step, StepKind } from './steps.types.ts';

type Stored = Omit<Step, 'id'> & {
  _id: string;
  /** The version that this one corrects or withdraws: one index lets only one do so. */
  replaces?: string;
};

const text = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;

const data = new mongoose.Schema(
  {
    amount: Number,
    unit: String,
    material: String,
    waitDays: Number,
    unitsPacked: Number,
    materialId: String,
    waitSource: String,
  },
  { _id: false, id: false },
);
const schema = new mongoose.Schema<Stored>(
  {
    _id: text,
    producerId: text,
    batchId: text,
    siteIds: [String],
    kind: text,
    doneOn: text,
    doneUntil: String,
    recordedAt: moment,
    byUserId: text,
    onBehalf: { type: Boolean, required: true },
    data: { type: data, required: true },
    noteHash: String,
    photoHashes: [String],
    corrects: String,
    withdraws: String,
    replaces: String,
    queued: { type: Boolean, required: true },
    madeAt: Date,
    marks: [String],
  },
  { strict: 'throw', versionKey: false, autoIndex: false, minimize: false },
);
const replacedOnce = 'steps_replaced_once';
schema.index(
  { producerId: 1, replaces: 1 },
  { unique: true, partialFilterExpression: { replaces: { $type: 'string' } }, name: replacedOnce },
);
schema.index({ producerId: 1, batchId: 1 }, { name: 'steps_batch' });
schema.index({ producerId: 1, siteIds: 1, kind: 1, doneOn: 1 }, { name: 'steps_site_kind' });
schema.index({ recordedAt: 1 }, { name: 'steps_recorded' });

export function stepModel(db: Db): mongoose.Model<Stored> {
  return (db.models['Step'] as mongoose.Model<Stored> | undefined) ?? db.model<Stored>('Step', schema, 'steps');
}

const toStep = ({ _id, replaces: _replaces, ...stored }: Stored): Step => ({
  ...stored,
  id: _id,
  doneUntil: stored.doneUntil,
  data: {
    amount: stored.data.amount,
    unit: stored.data.unit,
    material: stored.data.material,
    waitDays: stored.data.waitDays,
    unitsPacked: stored.data.unitsPacked,
    ...(stored.data.materialId === undefined ? {} : { materialId: stored.data.materialId }),
    ...(stored.data.waitSource === undefined ? {} : { waitSource: stored.data.waitSource }),
  },
  noteHash: stored.noteHash,
  corrects: stored.corrects,
  withdraws: stored.withdraws,
  madeAt: stored.madeAt,
});

/** Outcome of an insert: it is in, its id was taken by a record, or another one took the place of the same version before. */
export type InsertedStep = { state: 'inserted' } | { state: 'id-taken'; step: Step } | { state: 'replaced-before' };

export async function insertStep(db: Db, step: Step): Promise<InsertedStep> {
  const { id, ...rest } = step;
  const replaces = step.corrects ?? step.withdraws;
  try {
    await stepModel(db).create({ _id: id, ...rest, ...(replaces === undefined ? {} : { replaces }) });
    return { state: 'inserted' };
  } catch (error) {
    const duplicate = isDuplicateKey(error);
    if (duplicate === undefined) throw error;
    // A repeated correction breaks both indexes; which one the store names is left to chance, so the id is asked first.
    const stored = await findStep(db, id);
    if (stored !== undefined) return { state: 'id-taken', step: stored };
    if (duplicate.index !== replacedOnce) throw error;
    return { state: 'replaced-before' };
  }
}

export async function findStep(db: Db, stepId: string): Promise<Step | undefined> {
  const found = await stepModel(db).findById(stepId).lean<Stored>();
  return found === null ? undefined : toStep(found);
}

/** Every version, in no order. */
/** Steps that a person recorded for these producers, by their ids after `after` ('' from the start). */
export async function findStepsBy(
  db: Db,
  {
    userId,
    producerIds,
    after,
    limit,
  }: { userId: string; producerIds: readonly string[]; after: string; limit: number },
): Promise<Step[]> {
  const found = await stepModel(db)
    .find({ producerId: { $in: [...producerIds] }, byUserId: userId, _id: { $gt: after } })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Stored[]>();
  return found.map(toStep);
}

export async function findStepsOfBatch(db: Db, producerId: string, batchId: string): Promise<Step[]> {
  const found = await stepModel(db).find({ producerId, batchId }).lean<Stored[]>();
  return found.map(toStep);
}

export type WorkOnSites = { producerId: string; kind: StepKind; siteIds: readonly string[]; from: string; to: string };

/** Versions that stand of one kind of work on any of these sites, in any batch, that lie within the days `from` to `to` or reach into them. */
export async function findWorkOnSites(db: Db, work: WorkOnSites): Promise<Step[]> {
  const { producerId, kind, siteIds, from, to } = work;
  const found = await stepModel(db)
    .find({
      producerId,
      kind,
      siteIds: { $in: [...siteIds] },
      doneOn: { $lte: to },
      withdraws: { $exists: false },
      $or: [{ doneOn: { $gte: from } }, { doneUntil: { $gte: from } }],
    })
    .lean<Stored[]>();
  const replaced = await findReplaced(
    db,
    producerId,
    found.map(({ _id }) => _id),
  );
  return found.filter(({ _id }) => !replaced.has(_id)).map(toStep);
}

/** Which of these versions were corrected or withdrawn. */
export async function findReplaced(db: Db, producerId: string, stepIds: readonly string[]): Promise<Set<string>> {
  if (stepIds.length === 0) return new Set();
  const found = await stepModel(db)
    .find({ producerId, replaces: { $in: [...stepIds] } }, { replaces: 1 })
    .lean<Pick<Stored, 'replaces'>[]>();
  return new Set(found.flatMap(({ replaces }) => replaces ?? []));
}

/** Steps that arrived since a moment, oldest first. */
export async function findStepsSince(db: Db, since: Date): Promise<Step[]> {
  const found = await stepModel(db)
    .find({ recordedAt: { $gte: since } })
    .sort({ recordedAt: 1 })
    .lean<Stored[]>();
  return found.map(toStep);
}
