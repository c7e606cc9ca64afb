// What moves in a stored batch: units taken and given back, packing, holds. Each is one update with its condition inside.
import type { Db } from '../db/connect.ts';
import { batchModel, toBatch } from './batches.model.ts';
import type { AppliedChange, StoredBatch } from './batches.model.ts';
import type { Batch, Hold, PendingTake } from './batches.types.ts';

/** How many finished takes and applied changes a batch remembers. */
const remembered = 20;

/** One update takes the units or nothing; true when this call took them. A run that has taken before takes nothing. */
export async function pushTake(db: Db, batchId: string, taken: PendingTake): Promise<boolean> {
  const { id, units } = taken;
  const result = await batchModel(db).updateOne(
    { _id: batchId, held: false, unitsLeft: { $gte: units }, 'pending.id': { $ne: id }, recentTakes: { $ne: id } },
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

export type Packing = Pick<Batch, 'harvestedOn' | 'packedOn' | 'useBy' | 'quantity' | 'unitsMade'>;

/**
 * Sets the packing and moves the rest by what the units changed, in one update that also holds the batch when labels were already
 * taken for more than is now made. undefined when this change was applied before.
 */
export async function applyPacking(
  db: Db,
  batchId: string,
  packing: Packing,
  applied: AppliedChange,
  holdIfNegative: Hold,
): Promise<Batch | undefined> {
  const dayOrNone = (value: string | undefined) => (value === undefined ? '$$REMOVE' : { $literal: value });
  const isNegative = { $lt: ['$unitsLeft', 0] };
  const found = await batchModel(db)
    .findOneAndUpdate(
      { _id: batchId, 'recentChanges.id': { $ne: applied.id } },
      [
        {
          $set: {
            harvestedOn: dayOrNone(packing.harvestedOn),
            packedOn: dayOrNone(packing.packedOn),
            useBy: dayOrNone(packing.useBy),
            quantity: { $literal: packing.quantity },
            unitsLeft: { $add: ['$unitsLeft', { $subtract: [packing.unitsMade, '$unitsMade'] }] },
            unitsMade: { $literal: packing.unitsMade },
            version: { $add: ['$version', 1] },
            recentChanges: { $slice: [{ $concatArrays: ['$recentChanges', [{ $literal: applied }]] }, -remembered] },
          },
        },
        {
          $set: {
            held: { $or: ['$held', isNegative] },
            holds: {
              $cond: [
                isNegative,
                { $concatArrays: ['$holds', [{ $literal: withoutUndefined(holdIfNegative) }]] },
                '$holds',
              ],
            },
          },
        },
      ],
      { updatePipeline: true, returnDocument: 'after' },
    )
    .lean<StoredBatch>();
  return found === null ? undefined : toBatch(found);
}

const withoutUndefined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));

export async function findAppliedChange(db: Db, batchId: string, changeId: string): Promise<AppliedChange | undefined> {
  const found = await batchModel(db)
    .findOne({ _id: batchId, 'recentChanges.id': changeId }, { recentChanges: 1 })
    .lean<Pick<StoredBatch, 'recentChanges'>>();
  return found?.recentChanges.find(({ id }) => id === changeId);
}
