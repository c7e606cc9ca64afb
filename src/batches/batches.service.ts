// What people do with batches: make one, read it; and what labels and recalls do to it.
import { createHash } from 'node:crypto';
import { producerIdsOf, provinceCodesOf, requireOwner, requireSight } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError, fieldError } from '../errors.ts';
import { requireProducer, scopeOf } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { productFor } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import { sitesByIds } from '../sites/sites.service.ts';
import {
  findPendingTakes,
  hasTaken,
  pullTake,
  pushHold,
  pushTake,
  returnTake,
  returnUnits,
} from './batches.balance.model.ts';
import type { NewBatch } from './batches.input.ts';
import {
  addMarks,
  batchModel,
  findBatch,
  findBatches,
  findBatchPage,
  incrementVersion,
  insertBatch,
  pushRecall,
  pushRecallClosing,
} from './batches.model.ts';
import {
  ancestorsOf,
  contentOf,
  isRecalled,
  refusalOfTake,
  requireDaysInOrder,
  requireUnitsWithinQuantity,
  useByOf,
} from './batches.rules.ts';
import type { Batch, Hold } from './batches.types.ts';

/** Makes the collection known, so that its indexes are made at start. */
export function prepareBatches(db: Db): void {
  batchModel(db);
}

const hashOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');

const contentHash = (productId: string, sent: Omit<NewBatch, 'id'>): string => {
  const { lotNumber, siteIds, startedOn, harvestedOn, packedOn, useBy, quantity, unitsMade, madeFrom } = sent;
  const days = [startedOn, harvestedOn ?? '', packedOn ?? '', useBy ?? ''];
  return hashOf([productId, lotNumber, siteIds, days, quantity.amount, quantity.unit, unitsMade, madeFrom]);
};

const requireOwnSites = async (db: Db, producerId: string, siteIds: readonly string[]): Promise<void> => {
  const own = (await sitesByIds(db, [...new Set(siteIds)])).filter((site) => site.producerId === producerId);
  if (siteIds.every((id) => own.some((site) => site.id === id))) return;
  // The same answer for a site that is not there and for one of somebody else.
  throw new AppError('site-of-other-producer', {}, { fields: { siteIds: { code: 'unknown-reference' } } });
};

const ownParents = async (db: Db, producerId: string, batchIds: readonly string[]): Promise<Batch[]> => {
  const parents = (await findBatches(db, batchIds)).filter((batch) => batch.producerId === producerId);
  if (parents.length < new Set(batchIds).size) throw fieldError('madeFrom', 'unknown-reference');
  return parents;
};

type Origin = { product: Product; producer: Producer; parents: Batch[] };

const batchOf = (newBatch: NewBatch, { product, producer, parents }: Origin, now: Date): Batch => ({
  ...newBatch,
  ...scopeOf(producer),
  productId: product.id,
  harvestedOn: newBatch.harvestedOn,
  packedOn: newBatch.packedOn,
  useBy: useByOf({ packedOn: newBatch.packedOn, useBy: newBatch.useBy }, product.shelfLifeDays),
  unitsLeft: newBatch.unitsMade,
  pending: [],
  held: false,
  holds: [],
  ancestors: ancestorsOf(newBatch.id, parents),
  recallIds: [...new Set(parents.flatMap((parent) => parent.recallIds))],
  closedRecallIds: [...new Set(parents.flatMap((parent) => parent.closedRecallIds))],
  sample: producer.sample,
  version: 1,
  createdAt: now,
});

/**
 * Makes a batch of a product of one's own. Errors: 'product-not-found', 'not-allowed', 'site-of-other-producer', 'fields-wrong'
 * (days, units, madeFrom), 'lot-taken', 'id-with-other-content'. The same request again gives the same batch.
 */
export async function createBatch(
  db: Db,
  actor: Actor,
  productId: string,
  newBatch: NewBatch,
  now: Date,
): Promise<Batch> {
  const product = await productFor(db, actor, productId);
  const producer = await requireProducer(db, product.producerId);
  requireOwner(actor, scopeOf(producer), 'product-not-found');
  await requireOwnSites(db, producer.id, newBatch.siteIds);
  const parents = await ownParents(db, producer.id, newBatch.madeFrom);
  const batch = batchOf(newBatch, { product, producer, parents }, now);
  requireDaysInOrder(batch, dayOf(now));
  requireUnitsWithinQuantity(batch.unitsMade, batch.quantity, product.netContent);
  const hash = contentHash(product.id, newBatch);
  const outcome = await insertBatch(db, batch, hash);
  if (outcome.state === 'lot-taken') throw new AppError('lot-taken', { lotNumber: batch.lotNumber });
  if (outcome.state === 'id-taken' && (outcome.hash !== hash || outcome.batch.producerId !== producer.id)) {
    const isOwn = outcome.batch.producerId === producer.id;
    throw new AppError('id-with-other-content', isOwn ? { existing: contentOf(outcome.batch), sent: newBatch } : {});
  }
  return inheritMarks(db, outcome.state === 'inserted' ? batch : outcome.batch);
}

/**
 * Reads every ancestor again and passes its ancestors and recall marks on. A recall marks its own batch before it looks for those made
 * from it, so a batch that it did not find finds the mark here, however far up the line it lies.
 */
async function inheritMarks(db: Db, batch: Batch): Promise<Batch> {
  const above = await findBatches(
    db,
    batch.ancestors.filter((id) => id !== batch.id),
  );
  const missing = (name: 'ancestors' | 'recallIds' | 'closedRecallIds') => [
    ...new Set(above.flatMap((one) => one[name]).filter((id) => !batch[name].includes(id))),
  ];
  const marks = {
    ancestors: missing('ancestors'),
    recallIds: missing('recallIds'),
    closedRecallIds: missing('closedRecallIds'),
  };
  if (Object.values(marks).every((ids) => ids.length === 0)) return batch;
  await addMarks(db, batch.id, marks);
  return requireBatch(db, batch.id);
}

/** A batch whoever asks: for other services and the public page. Throws 'batch-not-found'. */
export async function requireBatch(db: Db, batchId: string): Promise<Batch> {
  const batch = await findBatch(db, batchId);
  if (batch === undefined) throw new AppError('batch-not-found');
  return batch;
}

/** A batch that the asker may see; throws 'batch-not-found' otherwise. */
export async function batchFor(db: Db, actor: Actor, batchId: string): Promise<Batch> {
  const batch = await requireBatch(db, batchId);
  requireSight(actor, batch, 'batch-not-found');
  return batch;
}

/** Batches that the asker may see, newest first. `next` is the cursor of the page after, null on the last one. */
export async function listBatches(
  db: Db,
  actor: Actor,
  filter: { producerId?: string | undefined; productId?: string | undefined },
  page: { limit: number; after?: string | undefined },
): Promise<{ items: Batch[]; next: string | null }> {
  const scope = { producerIds: producerIdsOf(actor), provinceCodes: provinceCodesOf(actor) };
  const { producerId, productId } = filter;
  const found = await findBatchPage(db, { ...scope, producerId, productId }, page.after, page.limit + 1);
  const items = found.slice(0, page.limit);
  return { items, next: found.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Raised by every change that the scan page shows. */
export async function raiseBatchVersion(db: Db, batchId: string): Promise<void> {
  await incrementVersion(db, batchId);
}

/** Holds the labels of a batch; a cause (the hold's id) holds it once, also after it was settled. */
export async function holdBatch(db: Db, batchId: string, hold: Hold): Promise<void> {
  await pushHold(db, batchId, hold);
}

/** Marks a recalled batch and all that was made from it. */
export async function markRecalled(db: Db, batchId: string, recallId: string): Promise<void> {
  await pushRecall(db, batchId, recallId);
}

/** Says of a recall of this batch, wherever it reaches, that it is closed. */
export async function markRecallClosed(db: Db, batchId: string, recallId: string): Promise<void> {
  await pushRecallClosing(db, batchId, recallId);
}

/** Whether a recall that reaches the batch is open, by its marks. */
export function isBatchRecalled(batch: Batch): boolean {
  return isRecalled(batch);
}

/** Takes units for a label run, once for a run. Errors: 'batch-not-found', 'batch-held', 'not-enough-units' (facts.unitsLeft). */
export async function takeUnits(db: Db, batchId: string, runId: string, units: number): Promise<void> {
  // The machine's own time: it only tells a sweep how long ago a take began.
  if (await pushTake(db, batchId, { id: runId, units, at: new Date() })) return;
  if (await hasTaken(db, batchId, runId)) return;
  throw refusalOfTake(await requireBatch(db, batchId), units);
}

/** The run is there: its take is no longer pending. */
export async function finishTake(db: Db, batchId: string, runId: string): Promise<void> {
  await pullTake(db, batchId, runId);
}

/** Gives units back whose labels count no more, once for a cause (its id); harmless again. */
export async function giveBackUnits(db: Db, batchId: string, causeId: string, units: number): Promise<void> {
  await returnUnits(db, batchId, causeId, units);
}

/**
 * Finishes what a crash left: takes begun before `before` whose run exists are ended, the others give their units back.
 * `before` must lie further back than a request can last.
 */
export async function finishTakes(db: Db, runExists: (runId: string) => Promise<boolean>, before: Date): Promise<void> {
  for (const { batchId, take } of await findPendingTakes(db, before)) {
    if (await runExists(take.id)) await pullTake(db, batchId, take.id);
    else await returnTake(db, batchId, take);
  }
}
