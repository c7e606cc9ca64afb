// What everybody may read of a producer: who and where, and each of its products with its own stars. A producer has none.
import type { Db } from '../db/connect.ts';
import { mayShowOf, producersByIds, publicProducer } from '../producers/producers.service.ts';
import { productsOfProducer } from '../products/products.service.ts';
import { publicRecalls } from '../recalls/recalls.public.service.ts';
import { openSites } from '../sites/sites.service.ts';
import { isPublic } from './catalog.entries.service.ts';
import { producerIdOf, producerSlug } from './catalog.producer.rules.ts';
import { foundProducts } from './catalog.search.service.ts';
import type { ProducerFacts } from './catalog.types.ts';

/** Undefined for an address that names no producer, and for one that nobody has approved: a made-up firm must not get a page here. */
export async function findProducerPage(db: Db, slug: string, now: Date): Promise<ProducerFacts | undefined> {
  const id = producerIdOf(slug);
  const stored = id === undefined ? undefined : (await producersByIds(db, [id])).get(id);
  if (stored === undefined || !isPublic(stored)) return undefined;
  // Nothing further on can tell what the people behind it did not agree to.
  const producer = publicProducer(stored);
  const name = producer.legalName;
  const [range, sites, recalls] = await Promise.all([
    productsOfProducer(db, producer.id),
    openSites(db, producer.id),
    publicRecalls(db, { state: 'open', producerId: producer.id, limit: 10 }),
  ]);
  const products = await foundProducts(
    db,
    range.map((product) => product.id),
    now,
  );
  return {
    producer,
    name,
    phone: producer.hotline,
    slug: producerSlug(producer, name),
    products,
    // A household's places are its home and fields: they are told where it agreed to both.
    sites: name === '' || !mayShowOf(stored, 'public-place') ? [] : sites,
    recalls: recalls.items,
    at: now,
  };
}
