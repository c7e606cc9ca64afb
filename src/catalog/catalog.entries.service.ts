// Keeps the entries of the public search in step with products, producers and certificates. Every change of those raises a version (architecture,
// "the right looks"), so entries of another version are made anew; nobody has to tell.
import { certificatesOfProducts, starVerdictOf } from '../certificates/certificates.service.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { approvalOf, producersByIds, publicProducerName } from '../producers/producers.service.ts';
import { producerVersions } from '../producers/producers.walk.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { productsByIds } from '../products/products.service.ts';
import { productVersions } from '../products/products.walk.service.ts';
import { addTerms, entryModel, findVersions, putEntries, removeEntries, termModel } from './catalog.entries.model.ts';
import { hiddenEntry, nearKeys, producerEntry, productEntry, termsOf } from './catalog.entries.rules.ts';
import type { CatalogEntry } from './catalog.types.ts';

const chunk = 1000;

/** Owners named by a public list are known before they come by themselves; anybody else once an officer has approved them. */
export function isPublic(producer: Producer): boolean {
  return producer.claim === 'unclaimed' || approvalOf(producer) === 'approved';
}

const store = async (db: Db, asked: readonly string[], entries: readonly CatalogEntry[]): Promise<void> => {
  await addTerms(db, [...new Set(entries.flatMap(termsOf))], nearKeys);
  await putEntries(db, entries);
  const made = new Set(entries.map(({ id }) => id));
  await removeEntries(
    db,
    asked.filter((id) => !made.has(id)),
  );
};

/** Entries there are already: one of another version changed just now, a new one when its record was made. */
type Seen = { now: Date; known: ReadonlySet<string> };

const changedAt = ({ now, known }: Seen, { id, createdAt }: { id: string; createdAt: Date }): Date =>
  known.has(id) ? now : createdAt;

const refreshProducts = async (db: Db, ids: readonly string[], seen: Seen): Promise<void> => {
  const products = await productsByIds(db, ids);
  const producers = await producersByIds(db, [...new Set([...products.values()].map(({ producerId }) => producerId))]);
  const papers = await certificatesOfProducts(db, [...products.keys()]);
  const today = dayOf(seen.now);
  const entries = [...products.values()].flatMap((product) => {
    const producer = producers.get(product.producerId);
    if (producer === undefined) return [];
    const versions = { product: product.version, producer: producer.version };
    if (!isPublic(producer)) return [hiddenEntry(product.id, versions)];
    const own = papers.certificates.filter(({ productId }) => productId === product.id);
    const verdict = starVerdictOf(own, papers.decisions, today);
    const numbers = own.flatMap(({ number, decisionNumber }) => [number, decisionNumber]).filter((one) => one !== '');
    const entry = productEntry(product, producer, { producerName: publicProducerName(producer), numbers, verdict });
    return [{ ...entry, changedAt: changedAt(seen, product) }];
  });
  await store(db, ids, entries);
};

const refreshProducers = async (db: Db, ids: readonly string[], seen: Seen): Promise<void> => {
  const producers = await producersByIds(db, ids);
  const entries = [...producers.values()].map((producer) => {
    const name = isPublic(producer) ? publicProducerName(producer) : '';
    return name === ''
      ? hiddenEntry(producer.id, { product: 0, producer: producer.version })
      : { ...producerEntry(producer, name), changedAt: changedAt(seen, producer) };
  });
  await store(db, ids, entries);
};

const producersThatMoved = async (db: Db): Promise<{ ids: string[]; known: Set<string> }> => {
  const ids: string[] = [];
  const known = new Set<string>();
  for (let after: string | undefined; ;) {
    const records = await producerVersions(db, after, chunk);
    const last = records.length < chunk ? undefined : records.at(-1)?.id;
    const entries = new Map((await findVersions(db, after, last)).map((entry) => [entry.id, entry]));
    for (const { id, version } of records) {
      const entry = entries.get(id);
      if (entry?.producerVersion === version) continue;
      ids.push(id);
      if (entry !== undefined) known.add(id);
    }
    if (last === undefined) return { ids, known };
    after = last;
  }
};

/**
 * Makes anew every entry whose records have another version, and those that are missing. Cheap where nothing moved: it reads ids and versions from
 * indexes only. Safe to run at any time, twice and on several instances.
 */
export async function followCatalog(db: Db, now: Date): Promise<{ made: number }> {
  const producers = await producersThatMoved(db);
  for (let from = 0; from < producers.ids.length; from += chunk)
    await refreshProducers(db, producers.ids.slice(from, from + chunk), { now, known: producers.known });
  let made = producers.ids.length;
  for (let after: string | undefined; ;) {
    const records = await productVersions(db, after, chunk);
    const last = records.length < chunk ? undefined : records.at(-1)?.id;
    const owners = await producerVersions(db, undefined, chunk, [...new Set(records.map((one) => one.producerId))]);
    const ownerVersion = new Map(owners.map(({ id, version }) => [id, version]));
    const entries = new Map((await findVersions(db, after, last)).map((entry) => [entry.id, entry]));
    const stale = records.filter(({ id, version, producerId }) => {
      const entry = entries.get(id);
      return entry?.productVersion !== version || entry.producerVersion !== ownerVersion.get(producerId);
    });
    if (stale.length > 0)
      await refreshProducts(
        db,
        stale.map(({ id }) => id),
        { now, known: new Set(entries.keys()) },
      );
    made += stale.length;
    if (last === undefined) return { made };
    after = last;
  }
}

/** Makes the collections known, so that their indexes are made at start. */
export function prepareCatalog(db: Db): void {
  entryModel(db);
  termModel(db);
}
