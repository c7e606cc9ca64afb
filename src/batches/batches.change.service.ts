// Changes of a batch with their history: its own facts, closing and reopening.
import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { userNames } from '../accounts/accounts.service.ts';
import type { Actor } from '../actor.ts';
import { auditOf } from '../audit/audit.ts';
import type { AuditNote } from '../audit/audit.ts';
import { changedFields } from '../audit/changes.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { requireProduct } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import { findAppliedChange } from './batches.balance.model.ts';
import { applyFacts, findWithFactsVersion, setClosing } from './batches.change.model.ts';
import type { ChangedBatch, NewClosing } from './batches.input.ts';
import { ownParents, passLineageOn } from './batches.lineage.service.ts';
import * as rules from './batches.rules.ts';
import { batchFor, keptBatchFor, requireBatch, requireUsableSites, settleInputs } from './batches.service.ts';
import type { Batch } from './batches.types.ts';

type Known = { batch: Batch; factsVersion: number | undefined };

const ownBatch = async (db: Db, actor: Actor, batchId: string): Promise<Known> => {
  await keptBatchFor(db, actor, batchId);
  const known = await findWithFactsVersion(db, batchId);
  if (known === undefined) throw new AppError('batch-not-found');
  return known;
};

const wanted = async (db: Db, batch: Batch, product: Product, given: ChangedBatch): Promise<rules.BatchFacts> => {
  const inputs = await settleInputs(db, batch.producerId, given.inputs, batch.inputs);
  return rules.changedFacts(batch, given, { inputs, shelfLifeDays: product.shelfLifeDays });
};

const differenceOf = (batch: Batch, facts: rules.BatchFacts) =>
  changedFields(rules.factsOf(batch), facts, rules.factNames);

/** Ancestors that come with the batches that are added. */
const addedAncestors = async (db: Db, batch: Batch, facts: rules.BatchFacts): Promise<string[]> => {
  const added = facts.madeFrom.filter((id) => !batch.madeFrom.includes(id));
  const parents = await ownParents(db, batch.producerId, added);
  rules.requireNoCircle(batch.id, parents);
  return [...new Set(parents.flatMap(({ ancestors }) => ancestors))];
};

const requirePossible = async (
  db: Db,
  batch: Batch,
  product: Product,
  facts: rules.BatchFacts,
  now: Date,
): Promise<void> => {
  await requireUsableSites(db, batch.producerId, facts.siteIds, batch.siteIds);
  rules.requireDaysInOrder(facts, dayOf(now));
  rules.requireUnitsWithinQuantity(facts.unitsMade, facts.quantity, product.netContent);
};

/**
 * Makes the batch what was sent; steps, marks and takes of units since it was seen are no conflict. More or fewer units move what is left for
 * labels, and hold the batch when labels are out for more than was made. Nothing differs: the stored one, unchanged. Errors: 'batch-not-found',
 * 'not-allowed', 'batch-closed', 'fields-wrong', 'site-of-other-producer', 'changed-meanwhile' with `existing` and `sent`.
 */
export async function changeBatch(
  db: Db,
  actor: Actor,
  batchId: string,
  changed: ChangedBatch,
  now: Date,
): Promise<Batch> {
  const { batch, factsVersion } = await ownBatch(db, actor, batchId);
  const product = await requireProduct(db, batch.productId);
  const facts = await wanted(db, batch, product, changed);
  const difference = differenceOf(batch, facts);
  if (difference === undefined) return batch;
  rules.requireOpen(batch);
  const isSeen = changed.version >= (factsVersion ?? 1) && changed.version <= batch.version;
  if (!isSeen) throw new AppError('changed-meanwhile', { existing: batch, sent: changed });
  await requirePossible(db, batch, product, facts, now);
  const ancestors = await addedAncestors(db, batch, facts);
  const id = uuidv7();
  const hold = { id, reason: 'units-negative' as const, stepId: undefined, at: now, settled: undefined };
  const written = await applyFacts(db, batchId, {
    set: facts,
    factsVersion,
    holdIfNegative: hold,
    addedAncestors: ancestors,
    note: { id, actorId: actor.userId, what: 'batch-changed', recordId: batchId, ...difference, at: now },
  });
  if (written !== undefined && ancestors.length > 0) await passLineageOn(db, batchId);
  const stored = await requireBatch(db, batchId);
  if (written !== undefined || differenceOf(stored, await wanted(db, stored, product, changed)) === undefined)
    return stored;
  rules.requireOpen(stored);
  throw new AppError('changed-meanwhile', { existing: stored, sent: changed });
}

type Turn = 'batch-closed' | 'batch-reopened';

const appliedBy = (turn: Turn, { id, reason }: NewClosing) => ({
  id,
  hash: createHash('sha256')
    .update(JSON.stringify([turn, reason]))
    .digest('hex'),
});

const turn = async (db: Db, actor: Actor, batchId: string, what: Turn, sent: NewClosing, now: Date): Promise<Batch> => {
  await ownBatch(db, actor, batchId);
  const applied = appliedBy(what, sent);
  const { reason } = sent;
  const closing = { on: dayOf(now), reason, byUserId: actor.userId, at: now };
  const note = { id: uuidv7(), actorId: actor.userId, what, recordId: batchId, after: { reason }, at: now };
  if (await setClosing(db, batchId, what === 'batch-closed' ? closing : undefined, applied, note))
    return requireBatch(db, batchId);
  const earlier = await findAppliedChange(db, batchId, sent.id);
  if (earlier === undefined) throw new AppError(what === 'batch-closed' ? 'batch-closed' : 'batch-open');
  if (earlier.hash !== applied.hash) throw new AppError('id-with-other-content', { sent });
  return requireBatch(db, batchId);
};

/**
 * Ends the work on a batch of one's own: no new step, no change, no more labels; what is printed stays what it is. Errors: 'batch-not-found',
 * 'not-allowed', 'batch-closed', 'id-with-other-content'. The same closing again changes nothing.
 */
export async function closeBatch(
  db: Db,
  actor: Actor,
  batchId: string,
  newClosing: NewClosing,
  now: Date,
): Promise<Batch> {
  return turn(db, actor, batchId, 'batch-closed', newClosing, now);
}

/** Takes up the work again, with a reason. Errors: 'batch-not-found', 'not-allowed', 'batch-open', 'id-with-other-content'. */
export async function reopenBatch(
  db: Db,
  actor: Actor,
  batchId: string,
  newReopening: NewClosing,
  now: Date,
): Promise<Batch> {
  return turn(db, actor, batchId, 'batch-reopened', newReopening, now);
}

/** What was changed, oldest first, with the shown names of those who did it by their ids; for those who may see the batch. */
export async function batchHistory(
  db: Db,
  actor: Actor,
  batchId: string,
): Promise<{ notes: AuditNote[]; names: Map<string, string> }> {
  await batchFor(db, actor, batchId);
  const notes = await auditOf(db, batchId);
  return { notes, names: await userNames(db, [...new Set(notes.map(({ actorId }) => actorId))]) };
}
