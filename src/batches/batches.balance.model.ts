// What moves in a stored batch: units taken and given back, holds. Each is one update with its condition inside.
import type { Db } from '../db/connect.ts';
import { batchModel, toBatch } from './batches.model.ts';
import type { AppliedChange, StoredBatch } from './batches.model.ts';
import type { Batch, Hold, PendingTake } from './batches.types.ts';

/** How many finished takes and applied changes a batch remembers. */
export const remembered = 20;

/** One update takes the units or nothing; true when this call took them. A run that has taken before takes nothing. */
export async function pushTake(db: Db, batchId: string, taken: PendingTake): Promise<boolean> {
  const { id, units } = taken;
  const result = await batchModel(db).updateOne(
    {
      _id: batchId,
      held: false,
      closed: { $exists: false },
      unitsLeft: { $gte: units },
      'pending.id': { $ne: id },
      recentTakes: { $ne: id },
    },
    { $inc: { unitsLeft: -units }, $push: { pending: taken } },
  );
  return result.modifiedCount === 1;
}

export async function hasTaken(db: Db, batchId: string, runId: string): Promise<boolean> {
  const found = await batchModel(db).exists({ _id: batchId, $or: [{ 'pending.id': runId }, { recentTakes: runId }] });
  return found !== null;
}

/** Ends a pending take whose run exists. */
export async function pullTake(db: Db, batchId: string, runId: string): Promise<void> {
  await batchModel(db).updateOne(
    { _id: batchId, 'pending.id': runId },
    { $pull: { pending: { id: runId } }, $push: { recentTakes: { $each: [runId], $slice: -remembered } } },
  );
}

/** Gives back the units of a pending take whose run was never made. */
export async function returnTake(db: Db, batchId: string, taken: PendingTake): Promise<void> {
  await batchModel(db).updateOne(
    { _id: batchId, 'pending.id': taken.id },
    { $pull: { pending: { id: taken.id } }, $inc: { unitsLeft: taken.units } },
  );
}

/** Gives units back once for a cause; harmless again. */
export async function returnUnits(db: Db, batchId: string, causeId: string, units: number): Promise<void> {
  await batchModel(db).updateOne(
    { _id: batchId, returns: { $ne: causeId } },
    { $inc: { unitsLeft: units }, $push: { returns: causeId } },
  );
}

export async function findPendingTakes(db: Db, before: Date): Promise<{ batchId: string; take: PendingTake }[]> {
  const found = await batchModel(db)
    .find({ 'pending.at': { $lt: before } }, { pending: 1 })
    .lean<Pick<StoredBatch, '_id' | 'pending'>[]>();
  return found.flatMap(({ _id, pending }) =>
    pending.filter(({ at }) => at < before).map((one) => ({ batchId: _id, take: one })),
  );
}

/** Adds the hold once, whatever became of it since. */
export async function pushHold(db: Db, batchId: string, added: Hold): Promise<void> {
  await batchModel(db).updateOne(
    { _id: batchId, 'holds.id': { $ne: added.id } },
    { $push: { holds: added }, $set: { held: true }, $inc: { version: 1 } },
  );
}

/** Settles a hold that is open and frees the batch when it was the last one; undefined when there is no such open hold. */
export async function settleOpenHold(
  db: Db,
  batchId: string,
  holdId: string,
  settlement: NonNullable<Hold['settled']>,
): Promise<Batch | undefined> {
  const isOpen = (name: string) => ({ $eq: [{ $type: `${name}.settled` }, 'missing'] });
  const settle = {
    $cond: [
      { $and: [{ $eq: ['$$hold.id', holdId] }, isOpen('$$hold')] },
      { $mergeObjects: ['$$hold', { settled: { $literal: settlement } }] },
      '$$hold',
    ],
  };
  const found = await batchModel(db)
    .findOneAndUpdate(
      { _id: batchId, holds: { $elemMatch: { id: holdId, settled: { $exists: false } } } },
      [
        { $set: { holds: { $map: { input: '$holds', as: 'hold', in: settle } }, version: { $add: ['$version', 1] } } },
        { $set: { held: { $anyElementTrue: [{ $map: { input: '$holds', as: 'hold', in: isOpen('$$hold') } }] } } },
      ],
      { updatePipeline: true, returnDocument: 'after' },
    )
    .lean<StoredBatch>();
  return found === null ? undefined : toBatch(found);
}

export async function findAppliedChange(db: Db, batchId: string, changeId: string): Promise<AppliedChange | undefined> {
  const found = await batchModel(db)
    .findOne({ _id: batchId, 'recentChanges.id': changeId }, { recentChanges: 1 })
    .lean<Pick<StoredBatch, 'recentChanges'>>();
  return found?.recentChanges.find(({ id }) => id === changeId);
}
