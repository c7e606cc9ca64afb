// Recalls for everybody: what is or was recalled, by whom, and which lots it reaches.
import { lotsReachedBy } from '../batches/batches.lineage.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import type { Db } from '../db/connect.ts';
import { publicProducerName, producersByIds } from '../producers/producers.service.ts';
import { productsByIds, slugOf } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import { findRecallPage } from './recalls.public.model.ts';
import type { RecallFilter } from './recalls.public.model.ts';
import type { PublicRecall, ReachedLot } from './recalls.types.ts';

/** Most lots of one recall that a list names. */
const lotsShown = 20;

const lotOf = (batch: Batch, product: Product | undefined): ReachedLot => {
  const known =
    product === undefined ? undefined : { name: product.name, gtin14: product.gtin14, slug: slugOf(product) };
  return { lotNumber: batch.lotNumber, product: known };
};

/** One page of recalls, newest first, with what they reach; `next` continues it. */
export async function publicRecalls(
  db: Db,
  filter: RecallFilter,
): Promise<{ items: PublicRecall[]; next: string | undefined }> {
  const found = await findRecallPage(db, filter);
  const shown = found.slice(0, filter.limit);
  const lots = await Promise.all(shown.map(({ recall }) => lotsReachedBy(db, recall.batchId, lotsShown + 1)));
  const products = await productsByIds(db, [...new Set(lots.flat().map(({ productId }) => productId))]);
  const producers = await producersByIds(db, [...new Set(shown.map(({ recall }) => recall.producerId))]);
  const items = shown.map(({ recall, closing }, place): PublicRecall => {
    const reached = lots[place] ?? [];
    const producer = producers.get(recall.producerId);
    return {
      recall,
      closing,
      producerName: producer === undefined ? '' : publicProducerName(producer),
      lots: reached.slice(0, lotsShown).map((batch) => lotOf(batch, products.get(batch.productId))),
      moreLots: Math.max(0, reached.length - lotsShown),
      sample: reached.some(({ sample }) => sample) || (producer?.sample ?? false),
    };
  });
  return { items, next: found.length > filter.limit ? shown.at(-1)?.recall.id : undefined };
}
