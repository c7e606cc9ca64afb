// Marks that run along the line of what was made from what: recalls and ancestors, each an update that adds and never takes away.
import type { Db } from '../db/connect.ts';
import { batchModel, toBatch } from './batches.model.ts';
import type { StoredBatch } from './batches.model.ts';
import type { Batch } from './batches.types.ts';

/** Marks the named batch first and then all that was made from it: a batch being made meanwhile finds the mark on an ancestor. */
export async function pushRecall(db: Db, batchId: string, recallId: string): Promise<void> {
  const mark = { $addToSet: { recallIds: recallId }, $inc: { version: 1 } };
  await batchModel(db).updateOne({ _id: batchId, recallIds: { $ne: recallId } }, mark);
  await batchModel(db).updateMany({ ancestors: batchId, recallIds: { $ne: recallId } }, mark);
}

export async function pushRecallClosing(db: Db, batchId: string, recallId: string): Promise<void> {
  const mark = { $addToSet: { closedRecallIds: recallId }, $inc: { version: 1 } };
  await batchModel(db).updateOne({ _id: batchId, closedRecallIds: { $ne: recallId } }, mark);
  await batchModel(db).updateMany({ recallIds: recallId, closedRecallIds: { $ne: recallId } }, mark);
}

/** Adds marks to a batch and to whatever has been made from it since; a batch that has them all stays as it is. */
export async function addMarks(
  db: Db,
  batchId: string,
  marks: { ancestors: string[]; recallIds: string[]; closedRecallIds: string[] },
): Promise<void> {
  const lacks = Object.entries(marks).flatMap(([name, ids]) => ids.map((id) => ({ [name]: { $ne: id } })));
  if (lacks.length === 0) return;
  await batchModel(db).updateMany(
    { ancestors: batchId, $or: lacks },
    {
      $addToSet: {
        ancestors: { $each: marks.ancestors },
        recallIds: { $each: marks.recallIds },
        closedRecallIds: { $each: marks.closedRecallIds },
      },
      $inc: { version: 1 },
    },
  );
}

export async function clearLineage(db: Db, batchId: string): Promise<void> {
  await batchModel(db).updateOne({ _id: batchId, lineagePending: true }, { $unset: { lineagePending: 1 } });
}

export async function findUnpassedLineages(db: Db): Promise<string[]> {
  const found = await batchModel(db).find({ lineagePending: true }, { _id: 1 }).limit(1000).lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}

/** Batches made directly from this one, newest first, at most 100. */
export async function findMadeFrom(db: Db, batchId: string): Promise<Batch[]> {
  const found = await batchModel(db)
    .find({ ancestors: batchId, madeFrom: batchId })
    .sort({ _id: -1 })
    .limit(100)
    .lean<StoredBatch[]>();
  return found.map(toBatch);
}

/** A batch and whatever was made from it, oldest first. */
export async function findLine(db: Db, batchId: string, most: number): Promise<Batch[]> {
  const found = await batchModel(db).find({ ancestors: batchId }).sort({ _id: 1 }).limit(most).lean<StoredBatch[]>();
  return found.map(toBatch);
}
