// Products for marketplaces, read from the records themselves: what was approved, revoked or taken back a moment ago counts already.
import { createHash } from 'node:crypto';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { producersByIds, producerVersion } from '../producers/producers.service.ts';
import { producerVersions } from '../producers/producers.walk.service.ts';
import { productVersions as versionsOfProducer } from '../products/products.service.ts';
import { productVersions } from '../products/products.walk.service.ts';
import { isPublic } from './catalog.entries.service.ts';
import { producerIdOf } from './catalog.producer.rules.ts';
import { foundProducts } from './catalog.search.service.ts';
import type { FoundProduct } from './catalog.types.ts';

const readAtOnce = 1000;
const madeAtOnce = 200;

/** The id of the producer that an address names, while everybody may see its page. */
export async function publicProducerId(db: Db, slug: string): Promise<string | undefined> {
  const id = producerIdOf(slug);
  const stored = id === undefined ? undefined : (await producersByIds(db, [id])).get(id);
  return stored !== undefined && isPublic(stored) ? stored.id : undefined;
}

type Version = { id: string; version: number };

/** Everything from an id on, page by page: nothing holds all of it at once. */
async function* walk<V extends Version>(read: (after: string | undefined) => Promise<V[]>): AsyncGenerator<V[]> {
  for (let after: string | undefined; ;) {
    const records = await read(after);
    if (records.length > 0) yield records;
    if (records.length < readAtOnce) return;
    after = records.at(-1)?.id;
  }
}

const allProducts = (db: Db) => walk((after) => productVersions(db, after, readAtOnce));
const allProducers = (db: Db) => walk((after) => producerVersions(db, after, readAtOnce));

/** Names what a feed holds today: it changes with every version of a product or producer, and with the day, on which stars may end. */
export async function feedStamp(db: Db, producerId: string | undefined, now: Date): Promise<string> {
  const hash = createHash('sha256').update(dayOf(now));
  const add = (records: readonly Version[]): void => {
    for (const { id, version } of records) hash.update(`${id}:${version};`);
  };
  if (producerId === undefined) {
    for await (const records of allProducts(db)) add(records);
    for await (const records of allProducers(db)) add(records);
  } else {
    add([{ id: producerId, version: (await producerVersion(db, producerId)) ?? 0 }]);
    add(await versionsOfProducer(db, producerId));
  }
  return hash.digest('base64url').slice(0, 22);
}

/** The public products of everybody, or of one producer, in the order of their ids. */
export async function* feedProducts(
  db: Db,
  producerId: string | undefined,
  now: Date,
): AsyncGenerator<FoundProduct[], void> {
  const own = async function* (id: string) {
    yield await versionsOfProducer(db, id);
  };
  for await (const records of producerId === undefined ? allProducts(db) : own(producerId)) {
    const ids = records.map(({ id }) => id);
    for (let from = 0; from < ids.length; from += madeAtOnce)
      yield await foundProducts(db, ids.slice(from, from + madeAtOnce), now);
  }
}
