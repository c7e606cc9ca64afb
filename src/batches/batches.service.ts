// What people do with batches: make one, read it; and what labels and recalls do to it.
import { createHash } from 'node:crypto';
import type { Actor } from '../actor.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { cutPage } from '../db/listing.ts';
import type { ListPage } from '../db/listing.ts';
import { AppError, fieldError } from '../errors.ts';
import { fold, typedWords } from '../fold.ts';
import { materialsByIds } from '../materials/materials.service.ts';
import { placeOf, requireProducer, scopeOf, sightOf } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { pageProductsInSight, productFor } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import { sitesByIds } from '../sites/sites.service.ts';
import { pushHold } from './batches.balance.model.ts';
import type { NewBatch } from './batches.input.ts';
import { pushRecall, pushRecallClosing } from './batches.lineage.model.ts';
import { ownParents, passLineageOn } from './batches.lineage.service.ts';
import { findBatchPage, findLot } from './batches.list.model.ts';
import type { BatchFilter } from './batches.list.model.ts';
import { batchModel, findBatch, findBatchStamp, findWithHash, incrementVersion, insertBatch } from './batches.model.ts';
import type { BatchStamp } from './batches.model.ts';
import {
  ancestorsOf,
  contentOf,
  isRecalled,
  requireDaysInOrder,
  requireUnitsWithinQuantity,
  useByOf,
} from './batches.rules.ts';
import type { Batch, BatchInput, BatchState, Hold } from './batches.types.ts';
import { requireMay } from '../powers.ts';

// Units have a file of their own; whoever deals with batches finds everything here.
export { finishTake, finishTakes, giveBackUnits, takeUnits } from './batches.units.service.ts';

/** Makes the collection known, so that its indexes are made at start. */
export function prepareBatches(db: Db): void {
  batchModel(db);
}

const hashOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');

const contentHash = (productId: string, sent: Omit<NewBatch, 'id'>): string => {
  const { lotNumber, siteIds, startedOn, harvestedOn, packedOn, useBy, quantity, unitsMade, madeFrom, inputs } = sent;
  const days = [startedOn, harvestedOn ?? '', packedOn ?? '', useBy ?? ''];
  const parts = inputs.map((one) => [one.materialId ?? '', one.name, one.amount, one.unit, one.lot]);
  const made = [productId, lotNumber, siteIds, days, quantity.amount, quantity.unit, unitsMade, madeFrom];
  return hashOf(parts.length === 0 ? made : [...made, parts]);
};

/**
 * Sites of the producer; those that are not in `kept` (of the batch before a change) must be in use. The same answer for a site that is not there
 * and for one of somebody else: 'site-of-other-producer'; 'fields-wrong' for a closed one.
 */
export async function requireUsableSites(
  db: Db,
  producerId: string,
  siteIds: readonly string[],
  kept: readonly string[] = [],
): Promise<void> {
  const own = (await sitesByIds(db, [...new Set(siteIds)])).filter((site) => site.producerId === producerId);
  if (!siteIds.every((id) => own.some((site) => site.id === id)))
    throw new AppError('site-of-other-producer', {}, { fields: { siteIds: { code: 'unknown-reference' } } });
  const isClosed = own.some(({ id, closedOn }) => closedOn !== undefined && !kept.includes(id));
  if (isClosed) throw fieldError('siteIds', 'site-closed');
}

/** What was given as gone in, each material by the name that it has. Throws 'fields-wrong' for a material that is not the producer's. */
export async function settleInputs(
  db: Db,
  producerId: string,
  given: NewBatch['inputs'],
  before: readonly BatchInput[] = [],
): Promise<BatchInput[]> {
  const ids = given.flatMap(({ materialId }) => materialId ?? []);
  const names = new Map((await materialsByIds(db, producerId, ids)).map(({ id, name }) => [id, name]));
  return given.map(({ materialId, name, amount, unit, lot }, place) => {
    if (materialId === undefined) return { materialId, name, amount, unit, lot };
    const kept = before.find((one) => one.materialId === materialId && one.lot === lot)?.name;
    const known = kept ?? names.get(materialId);
    if (known === undefined) throw fieldError(`inputs.${place}.materialId`, 'unknown-reference');
    return { materialId, name: known, amount, unit, lot };
  });
}

type Origin = { product: Product; producer: Producer; parents: Batch[]; inputs: BatchInput[] };

const batchOf = (newBatch: NewBatch, { product, producer, parents, inputs }: Origin, now: Date): Batch => ({
  ...newBatch,
  producerId: producer.id,
  provinceCode: producer.address.provinceCode,
  productId: product.id,
  harvestedOn: newBatch.harvestedOn,
  packedOn: newBatch.packedOn,
  useBy: useByOf({ packedOn: newBatch.packedOn, useBy: newBatch.useBy }, product.shelfLifeDays),
  unitsLeft: newBatch.unitsMade,
  pending: [],
  held: false,
  holds: [],
  inputs,
  ancestors: ancestorsOf(newBatch.id, parents),
  recallIds: [...new Set(parents.flatMap((parent) => parent.recallIds))],
  closedRecallIds: [...new Set(parents.flatMap((parent) => parent.closedRecallIds))],
  closed: undefined,
  sample: producer.sample,
  version: 1,
  createdAt: now,
});

/**
 * Makes a batch of a product of one's own. Errors: 'product-not-found', 'not-allowed', 'site-of-other-producer', 'fields-wrong' (sites, days,
 * units, inputs, madeFrom), 'lot-taken' (facts.batchId of the one that has it), 'id-with-other-content'. The same request again gives the same batch.
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
  requireMay(actor, 'keep-batches', scopeOf(producer), 'product-not-found');
  const hash = contentHash(product.id, newBatch);
  const stored = await findMade(db, newBatch.id, { producerId: producer.id, hash });
  if (stored !== undefined) return stored;
  await requireUsableSites(db, producer.id, newBatch.siteIds);
  const parents = await ownParents(db, producer.id, newBatch.madeFrom);
  const inputs = await settleInputs(db, producer.id, newBatch.inputs);
  const batch = batchOf(newBatch, { product, producer, parents, inputs }, now);
  requireDaysInOrder(batch, dayOf(now));
  requireUnitsWithinQuantity(batch.unitsMade, batch.quantity, product.netContent);
  const outcome = await insertBatch(db, batch, { contentHash: hash, productName: product.name });
  if (outcome.state === 'lot-taken') throw await lotTaken(db, batch);
  if (outcome.state === 'id-taken' && (outcome.hash !== hash || outcome.batch.producerId !== producer.id)) {
    const isOwn = outcome.batch.producerId === producer.id;
    throw new AppError('id-with-other-content', isOwn ? { existing: contentOf(outcome.batch), sent: newBatch } : {});
  }
  if (batch.madeFrom.length === 0) return outcome.state === 'inserted' ? batch : outcome.batch;
  await passLineageOn(db, batch.id);
  return requireBatch(db, batch.id);
}

// A repeated request is answered by what it made, though a site was closed or a day has passed since.
const findMade = async (
  db: Db,
  batchId: string,
  sent: { producerId: string; hash: string },
): Promise<Batch | undefined> => {
  const made = await findWithHash(db, batchId);
  if (made?.hash !== sent.hash || made.batch.producerId !== sent.producerId) return undefined;
  if (made.batch.madeFrom.length > 0) await passLineageOn(db, batchId);
  return requireBatch(db, batchId);
};

const lotTaken = async (db: Db, { producerId, productId, lotNumber }: Batch): Promise<AppError> => {
  const existing = await findLot(db, { producerId, productId, lotNumber });
  return new AppError('lot-taken', existing === undefined ? { lotNumber } : { lotNumber, batchId: existing.id });
};

/** A batch whoever asks: for other services and the public page. Throws 'batch-not-found'. */
export async function requireBatch(db: Db, batchId: string): Promise<Batch> {
  const batch = await findBatch(db, batchId);
  if (batch === undefined) throw new AppError('batch-not-found');
  return batch;
}

/** A batch that the asker may see; throws 'batch-not-found' otherwise. */
export async function batchFor(db: Db, actor: Actor, batchId: string): Promise<Batch> {
  const batch = await requireBatch(db, batchId);
  requireMay(actor, 'see-records', await placeOf(db, actor, batch), 'batch-not-found');
  return batch;
}

/** The same for who may change it: 'not-allowed' for those who only see it. */
export async function keptBatchFor(db: Db, actor: Actor, batchId: string): Promise<Batch> {
  const batch = await requireBatch(db, batchId);
  requireMay(actor, 'keep-batches', await placeOf(db, actor, batch), 'batch-not-found');
  return batch;
}

export type BatchesAsked = {
  producerId?: string | undefined;
  productId?: string | undefined;
  state?: BatchState | undefined;
  year?: string | undefined;
};

/** Words are looked for in lot numbers, and in the names that products had when the batch was made or have by now. */
const wordsAsked = async (db: Db, actor: Actor, q: string | undefined): Promise<BatchFilter['words']> =>
  Promise.all(
    typedWords(q ?? '').map(async (word) => {
      const products = await pageProductsInSight(db, actor, { q: word, sort: 'newest', limit: 100 });
      return { word, productIds: products.items.map(({ id }) => id) };
    }),
  );

/** One page of the batches that the asker may see: searched, filtered, newest first unless sorted otherwise; names are lot numbers. */
export async function listBatches(
  db: Db,
  actor: Actor,
  asked: BatchesAsked,
  page: ListPage,
): Promise<{ items: Batch[]; next: string | null }> {
  const { producerId, productId, state, year } = asked;
  const scope = await sightOf(db, actor);
  const words = await wordsAsked(db, actor, page.q);
  const found = await findBatchPage(db, { ...scope, producerId, productId, state, year, words }, page);
  return cutPage(found, page, ({ lotNumber }) => fold(lotNumber));
}

/** The batch of an own product with this lot number, or undefined. */
export async function batchOfLot(
  db: Db,
  actor: Actor,
  productId: string,
  lotNumber: string,
): Promise<Batch | undefined> {
  const product = await productFor(db, actor, productId);
  return findLot(db, { producerId: product.producerId, productId, lotNumber });
}

/** Unscoped: the batch of a product that carries this lot number, for who scans its label. */
export async function labelledLot(db: Db, product: Product, lotNumber: string): Promise<Batch | undefined> {
  return findLot(db, { producerId: product.producerId, productId: product.id, lotNumber });
}

/** Unscoped: by what a page tells that a batch has changed. */
export async function batchStamp(db: Db, batchId: string): Promise<BatchStamp | undefined> {
  return findBatchStamp(db, batchId);
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
