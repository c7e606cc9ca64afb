// What people do with recalls: order one, end it, and see which are open for a lot.
import type { Actor } from '../actor.ts';
import { batchFor, markRecallClosed, markRecalled } from '../batches/batches.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import type { NewRecall, NewRecallClosing } from './recalls.input.ts';
import {
  findClosings,
  findRecall,
  findRecallsOf,
  findRecallsSince,
  insertClosing,
  insertRecall,
  recallClosingModel,
  recallModel,
} from './recalls.model.ts';
import { isSameClosing, isSameRecall, levelOf, requireMayClose } from './recalls.rules.ts';
import type { Recall, RecallClosing } from './recalls.types.ts';
import { requireMay } from '../powers.ts';
import { placeOf } from '../producers/producers.service.ts';

/** Makes the collections known, so that their indexes are made at start. */
export function prepareRecalls(db: Db): void {
  recallModel(db);
  recallClosingModel(db);
}

/**
 * Orders the recall of a lot, by its producer or an officer of the province; it reaches all that was or will be made from it. Errors:
 * 'batch-not-found', 'id-with-other-content'. The same order again changes nothing.
 */
export async function openRecall(
  db: Db,
  actor: Actor,
  batchId: string,
  newRecall: NewRecall,
  now: Date,
): Promise<Recall> {
  const batch = await batchFor(db, actor, batchId);
  requireMay(actor, 'recall', await placeOf(db, actor, batch), 'batch-not-found');
  const recall: Recall = {
    ...newRecall,
    producerId: batch.producerId,
    provinceCode: batch.provinceCode,
    batchId,
    level: levelOf(actor, batch),
    openedAt: now,
    byUserId: actor.userId,
  };
  const stored = await insertRecall(db, recall);
  if (!isSameRecall(stored, recall)) {
    const isOwn = stored.producerId === batch.producerId;
    throw new AppError('id-with-other-content', isOwn ? { existing: stored, sent: newRecall } : {});
  }
  await markRecalled(db, batchId, stored.id);
  return stored;
}

/** A recall with its end, for those who may see its lot. Throws 'recall-not-found'. */
export async function recallFor(
  db: Db,
  actor: Actor,
  recallId: string,
): Promise<{ recall: Recall; closing: RecallClosing | undefined }> {
  const recall = await findRecall(db, recallId);
  if (recall === undefined) throw new AppError('recall-not-found');
  requireMay(actor, 'see-records', await placeOf(db, actor, recall), 'recall-not-found');
  const [closing] = await findClosings(db, [recallId]);
  return { recall, closing };
}

/**
 * Ends a recall. Errors: 'recall-not-found', 'not-allowed' (a producer, for what the province ordered), 'recall-already-closed',
 * 'id-with-other-content'.
 */
export async function closeRecall(
  db: Db,
  actor: Actor,
  recallId: string,
  newClosing: NewRecallClosing,
  now: Date,
): Promise<RecallClosing> {
  const { recall } = await recallFor(db, actor, recallId);
  requireMay(actor, 'recall', await placeOf(db, actor, recall), 'recall-not-found');
  requireMayClose(actor, recall);
  const closing: RecallClosing = { ...newClosing, recallId, closedAt: now, byUserId: actor.userId };
  const stored = await insertClosing(db, closing);
  if (stored === undefined) throw new AppError('id-with-other-content');
  if (!isSameClosing(stored, closing))
    throw stored.id === closing.id
      ? new AppError('id-with-other-content', { existing: stored, sent: newClosing })
      : new AppError('recall-already-closed');
  await markRecallClosed(db, recall.batchId, recallId);
  return stored;
}

/** Open recalls that reach a lot, newest first: of itself or of anything that it was made from, whatever its marks say. */
export async function openRecallsOf(db: Db, batch: Pick<Batch, 'ancestors'>): Promise<Recall[]> {
  const recalls = await findRecallsOf(db, batch.ancestors);
  const closed = new Set(
    (
      await findClosings(
        db,
        recalls.map(({ id }) => id),
      )
    ).map(({ recallId }) => recallId),
  );
  return recalls.filter(({ id }) => !closed.has(id));
}

/** Marks again what the recalls opened since a moment reach, and what was closed: for the start after a crash. */
export async function followUpRecallsSince(db: Db, since: Date): Promise<void> {
  const recalls = await findRecallsSince(db, since);
  for (const recall of recalls) await markRecalled(db, recall.batchId, recall.id);
  for (const { recallId } of await findClosings(
    db,
    recalls.map(({ id }) => id),
  )) {
    const recall = recalls.find(({ id }) => id === recallId);
    if (recall !== undefined) await markRecallClosed(db, recall.batchId, recallId);
  }
}
