// One word for everything stored that a lot's page shows. It changes with the lot, its product (which certificates and decisions raise), the
// producer's other products, the producer, the sites, and whatever recall reaches the lot, by marks or through what it was made from.
import { batchStamp } from '../batches/batches.service.ts';
import type { Db } from '../db/connect.ts';
import { producerVersion } from '../producers/producers.service.ts';
import { productVersions } from '../products/products.service.ts';
import { openRecallsOf } from '../recalls/recalls.service.ts';
import { siteVersions } from '../sites/sites.service.ts';

type BatchStamp = NonNullable<Awaited<ReturnType<typeof batchStamp>>>;

const mostKnown = 50_000;

/**
 * Reads stamps. What a lot depends on is remembered from the last reading, so that all is asked in one round of indexed reads; when that has
 * changed, the lot's own version has too, and the stamp differs all the same.
 */
export function openStamps(db: Db): (batchId: string) => Promise<string> {
  const known = new Map<string, BatchStamp>();

  const remember = (batchId: string, stamp: BatchStamp): void => {
    known.delete(batchId);
    known.set(batchId, stamp);
    const [oldest] = known.keys();
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  };

  const partsOf = async (batchId: string, links: BatchStamp): Promise<unknown[]> => {
    const [own, products, producer, sites, recalls] = await Promise.all([
      batchStamp(db, batchId),
      productVersions(db, links.producerId),
      producerVersion(db, links.producerId),
      siteVersions(db, links.siteIds),
      openRecallsOf(db, links),
    ]);
    if (own !== undefined) remember(batchId, own);
    return [
      own?.version,
      products.map(({ id, version }) => `${id}:${version}`),
      producer,
      sites.map(({ id, version }) => `${id}:${version}`),
      recalls.map(({ id }) => id),
    ];
  };

  return async (batchId) => {
    const links = known.get(batchId) ?? (await batchStamp(db, batchId));
    return links === undefined ? '' : JSON.stringify(await partsOf(batchId, links));
  };
}
