// What a producer's person sees of the whole: the home page and the batches to record in.
import type { Actor } from '../actor.ts';
import { isBatchRecalled, listBatches } from '../batches/batches.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { labelGate } from '../labels/labels.service.ts';
import { approvalOf, producersOf } from '../producers/producers.service.ts';
import { signUpsToTake } from '../producers/producers.sign-up.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { productsOfProducer } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import { listSites } from '../sites/sites.service.ts';
import { journalOfBatch } from '../steps/steps.reading.service.ts';
import { waitingOf } from '../steps/steps.waiting.service.ts';
import { isInProgress, packedFirst, silenceOf, threadOf } from './dashboard.rules.ts';
import type { BatchInProgress, Home } from './dashboard.types.ts';

/** A home page shows at most this many batches; the rest is in the list. */
const shownBatches = 20;
const shownLabels = 2;

/** The organisation of the person; of several, the first. */
export async function ownProducer(db: Db, actor: Actor): Promise<Producer> {
  const [producer] = await producersOf(db, actor);
  if (producer === undefined) throw new AppError('not-allowed');
  return producer;
}

const inProgressOf = async (
  db: Db,
  batch: Batch,
  products: readonly Product[],
  today: Day,
): Promise<BatchInProgress | undefined> => {
  const product = products.find(({ id }) => id === batch.productId);
  const entries = await journalOfBatch(db, batch);
  if (product === undefined || !isInProgress(batch, entries, today)) return undefined;
  return {
    batch,
    product,
    entries,
    thread: threadOf(entries),
    waiting: waitingOf(entries, today),
    silence: silenceOf(batch, entries, today),
    isRecalled: isBatchRecalled(batch),
  };
};

/** Everything of the home page. Throws 'not-allowed' for a person without an organisation. */
export async function homeOf(db: Db, actor: Actor, now: Date): Promise<Home> {
  const producer = await ownProducer(db, actor);
  const [sites, products, batches] = await Promise.all([
    listSites(db, actor, producer.id),
    productsOfProducer(db, producer.id),
    listBatches(db, actor, { producerId: producer.id }, { limit: shownBatches }),
  ]);
  const found = await Promise.all(batches.items.map((batch) => inProgressOf(db, batch, products, dayOf(now))));
  const inProgress = found.filter((one) => one !== undefined);
  const toPrint = [...inProgress].sort(packedFirst).slice(0, shownLabels);
  return {
    producer,
    approval: approvalOf(producer),
    signUpsToTake: (await signUpsToTake(db, actor)).length,
    siteCount: sites.length,
    productCount: products.length,
    batchCount: batches.items.length,
    hasMore: batches.next !== null,
    inProgress,
    labels: await Promise.all(toPrint.map(async (one) => ({ one, missing: await labelGate(db, one.batch) }))),
  };
}
