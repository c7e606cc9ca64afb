// One batch with everything that its journal needs: product, producer, places, entries and gaps.
import type { Actor } from '../actor.ts';
import { batchFor, isBatchRecalled } from '../batches/batches.service.ts';
import { lineageOf } from '../batches/batches.lineage.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { fitsWork, materialsOf } from '../materials/materials.service.ts';
import { requireProduct } from '../products/products.service.ts';
import { sitesByIds } from '../sites/sites.service.ts';
import { journalOfBatch } from './steps.reading.service.ts';
import { gapsOf } from './steps.service.ts';
import type { BatchOverview, RelatedBatch } from './steps.overview.types.ts';
import { waitingOf } from './steps.waiting.service.ts';
import { may } from '../powers.ts';
import { placeOf } from '../producers/producers.service.ts';

const related = async (db: Db, batches: readonly Batch[]): Promise<RelatedBatch[]> => {
  if (batches.length === 0) return [];
  const names = new Map<string, string>();
  for (const id of new Set(batches.map(({ productId }) => productId)))
    names.set(id, (await requireProduct(db, id)).name);
  return batches.map((batch) => ({
    batch,
    productName: names.get(batch.productId) ?? '',
    isRecalled: isBatchRecalled(batch),
  }));
};

/** For the batch's own people and the officers of its province; throws 'batch-not-found' for anyone else. */
export async function batchOverview(db: Db, actor: Actor, batchId: string, now: Date): Promise<BatchOverview> {
  const batch = await batchFor(db, actor, batchId);
  const [product, sites, entries, materials, lineage] = await Promise.all([
    requireProduct(db, batch.productId),
    sitesByIds(db, batch.siteIds),
    journalOfBatch(db, batch),
    materialsOf(db, actor, batch.producerId),
    lineageOf(db, batch),
  ]);
  return {
    batch,
    product,
    sites,
    entries,
    materials: materials.filter(({ kind }) => fitsWork('spray', kind) || fitsWork('fertilise', kind)),
    gaps: gapsOf(entries, { seasonEnd: batch.harvestedOn ?? batch.packedOn }),
    waiting: waitingOf(entries, dayOf(now)),
    isRecalled: isBatchRecalled(batch),
    isOwn: may(actor, 'record-step', await placeOf(db, actor, batch)),
    lineage: {
      parents: await related(db, lineage.parents),
      children: await related(db, lineage.children),
    },
  };
}
