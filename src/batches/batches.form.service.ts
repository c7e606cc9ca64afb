// What the form of a batch offers: sites in use, materials of the store, and batches that it may be made from.
import type { Actor } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { materialsOf } from '../materials/materials.service.ts';
import type { Material } from '../materials/materials.types.ts';
import { productsOfProducer } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import { openSites, sitesByIds } from '../sites/sites.service.ts';
import type { Site } from '../sites/sites.types.ts';
import { lineageOf } from './batches.lineage.service.ts';
import { isBatchRecalled, listBatches } from './batches.service.ts';
import type { Batch } from './batches.types.ts';

type Row = { batch: Batch; product: Product | undefined; isRecalled: boolean };
type Choices = { sites: Site[]; materials: Material[]; candidates: Row[]; parents: Row[] };

const mostCandidates = 50;

/** Each batch with its product and whether an open recall reaches it. */
export async function withProducts(db: Db, batches: readonly Batch[]): Promise<Row[]> {
  const producerIds = [...new Set(batches.map(({ producerId }) => producerId))];
  const products = new Map(
    (await Promise.all(producerIds.map((id) => productsOfProducer(db, id)))).flat().map((one) => [one.id, one]),
  );
  return batches.map((batch) => ({
    batch,
    product: products.get(batch.productId),
    isRecalled: isBatchRecalled(batch),
  }));
}

/** For a new batch of a producer: everything in use, and the latest fifty batches. */
export async function choicesFor(db: Db, actor: Actor, producerId: string): Promise<Choices> {
  const [sites, materials, batches] = await Promise.all([
    openSites(db, producerId),
    materialsOf(db, actor, producerId),
    listBatches(db, actor, { producerId }, { limit: mostCandidates }),
  ]);
  return { sites, materials, candidates: await withProducts(db, batches.items), parents: [] };
}

/** To change a batch: its own sites stay on offer though they were closed; it can't be made from itself or from what was made of it. */
export async function choicesOf(db: Db, actor: Actor, batch: Batch): Promise<Choices> {
  const choices = await choicesFor(db, actor, batch.producerId);
  const { parents } = await lineageOf(db, batch);
  const own = (await sitesByIds(db, batch.siteIds)).filter(({ id }) => !choices.sites.some((site) => site.id === id));
  const isPossible = (one: Batch): boolean => !one.ancestors.includes(batch.id) && !batch.madeFrom.includes(one.id);
  return {
    ...choices,
    sites: [...choices.sites, ...own],
    candidates: choices.candidates.filter((row) => isPossible(row.batch)),
    parents: await withProducts(db, parents),
  };
}
