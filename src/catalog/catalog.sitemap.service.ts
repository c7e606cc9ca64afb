// Which public pages there are, for search engines. Codes of labels are never among them, and made-up records are left out.
import type { Db } from '../db/connect.ts';
import { foundProducers, foundProducts } from './catalog.search.service.ts';
import { countEntries, entriesFrom, entryIdAt } from './catalog.sitemap.model.ts';
import type { FoundProducer, FoundProduct } from './catalog.types.ts';

/** As many addresses as one file may have (sitemaps.org). */
export const partSize = 50_000;
const readAtOnce = 500;

export type ListedPage =
  | { kind: 'product'; found: FoundProduct; changedAt: Date }
  | { kind: 'producer'; found: FoundProducer; changedAt: Date };

/** How many files there are beside that of the fixed pages. */
export async function sitemapParts(db: Db): Promise<number> {
  return Math.ceil((await countEntries(db)) / partSize);
}

const latest = (...moments: (Date | undefined)[]): Date =>
  new Date(Math.max(...moments.map((moment) => moment?.getTime() ?? 0)));

const pagesOf = async (db: Db, entries: Awaited<ReturnType<typeof entriesFrom>>, now: Date): Promise<ListedPage[]> => {
  const idsOf = (kind: string): string[] => entries.filter((entry) => entry.kind === kind).map(({ id }) => id);
  const changed = new Map(entries.map(({ id, changedAt }) => [id, changedAt]));
  const [products, producers] = await Promise.all([
    foundProducts(db, idsOf('product'), now),
    foundProducers(db, idsOf('producer')),
  ]);
  const listed: ListedPage[] = [
    ...products.map((found) => {
      const changedAt = latest(found.product.createdAt, changed.get(found.product.id));
      return { kind: 'product' as const, found, changedAt };
    }),
    ...producers.map((found) => {
      const changedAt = latest(found.producer.createdAt, changed.get(found.producer.id));
      return { kind: 'producer' as const, found, changedAt };
    }),
  ];
  return listed.filter(({ found }) => !found.producer.sample);
};

/** The pages of one file, counted from 1, some at a time; undefined when there is no such file. */
export async function sitemapPart(db: Db, part: number, now: Date): Promise<AsyncGenerator<ListedPage[]> | undefined> {
  const first = await entryIdAt(db, (part - 1) * partSize);
  if (first === undefined) return undefined;
  const read = async function* (): AsyncGenerator<ListedPage[]> {
    let from = first;
    for (let left = partSize; left > 0;) {
      // One more than is told: it is where the next reading begins.
      const entries = await entriesFrom(db, from, Math.min(readAtOnce, left) + 1);
      const told = entries.slice(0, Math.min(readAtOnce, left));
      yield await pagesOf(db, told, now);
      left -= told.length;
      const next = entries[told.length];
      if (next === undefined) return;
      from = next.id;
    }
  };
  return read();
}
