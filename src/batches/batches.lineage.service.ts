// What a batch was made from and what was made of it: ancestors and recall marks pass on along the line, whoever looks first.
import type { Db } from '../db/connect.ts';
import { fieldError } from '../errors.ts';
import { addMarks, clearLineage, findLine, findMadeFrom, findUnpassedLineages } from './batches.lineage.model.ts';
import { findBatch, findBatches } from './batches.model.ts';
import type { Batch } from './batches.types.ts';

/** The producer's own batches under these ids. Throws 'fields-wrong' at `madeFrom` for others, there or not. */
export async function ownParents(db: Db, producerId: string, batchIds: readonly string[]): Promise<Batch[]> {
  const parents = (await findBatches(db, batchIds)).filter((batch) => batch.producerId === producerId);
  if (parents.length < new Set(batchIds).size) throw fieldError('madeFrom', 'unknown-reference');
  return parents;
}

/**
 * Reads every ancestor again and passes its ancestors and recall marks on, to the batch and to all that was made from it. A recall marks its own
 * batch before it looks for those made from it, so a batch that it did not find finds the mark here, however far up the line it lies.
 */
export async function passLineageOn(db: Db, batchId: string): Promise<void> {
  const batch = await findBatch(db, batchId);
  if (batch === undefined) return;
  const line = await findBatches(db, batch.ancestors);
  const all = (name: 'ancestors' | 'recallIds' | 'closedRecallIds') => [...new Set(line.flatMap((one) => one[name]))];
  const marks = {
    ancestors: all('ancestors'),
    recallIds: all('recallIds'),
    closedRecallIds: all('closedRecallIds'),
  };
  await addMarks(db, batchId, marks);
  await clearLineage(db, batchId);
}

/** Passes on what a crash left between a batch and its line. Safe to run at any time and twice. */
export async function finishLineages(db: Db): Promise<void> {
  for (const batchId of await findUnpassedLineages(db)) await passLineageOn(db, batchId);
}

/** The batches that it was made from directly, and those made from it directly, newest first; unscoped, all of one producer. */
export async function lineageOf(db: Db, batch: Batch): Promise<{ parents: Batch[]; children: Batch[] }> {
  const [found, children] = await Promise.all([findBatches(db, batch.madeFrom), findMadeFrom(db, batch.id)]);
  const byId = new Map(found.map((one) => [one.id, one]));
  return { parents: batch.madeFrom.flatMap((id) => byId.get(id) ?? []), children };
}

/** A batch first, then all that was made from it, however far down the line, at most `most`; unscoped, for lists of recalls. */
export async function lotsReachedBy(db: Db, batchId: string, most: number): Promise<Batch[]> {
  const line = await findLine(db, batchId, most);
  return [...line.filter(({ id }) => id === batchId), ...line.filter(({ id }) => id !== batchId)];
}
