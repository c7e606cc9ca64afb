// The public search: from typed words and filters to products and producers, each product with what its stars are worth now.
import { certificatesOfProducts, starVerdictOf } from '../certificates/certificates.service.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { fold } from '../fold.ts';
import { producersByIds, publicProducer } from '../producers/producers.service.ts';
import { productsByIds, slugOf } from '../products/products.service.ts';
import { pageCommunes } from '../units/units.service.ts';
import { isPublic } from './catalog.entries.service.ts';
import { findTermsNear } from './catalog.entries.model.ts';
import { nearKeys } from './catalog.entries.rules.ts';
import type { SearchQuery } from './catalog.input.ts';
import { producerSlug } from './catalog.producer.rules.ts';
import { countWord, findByName, findByWords } from './catalog.search.model.ts';
import type { EntryFilter, WordCondition } from './catalog.search.model.ts';
import { beginsAs, isOneLetterOff, ranked, readTyped, wholeWord } from './catalog.search.rules.ts';
import type { TypedWord } from './catalog.search.rules.ts';
import type { CatalogEntry, FoundProducer, FoundProduct, SearchResult } from './catalog.types.ts';

/** Most records that one question ranks; whoever wants another narrows it down. */
const mostRanked = 200;
const mostCounted = 2000;
const mostNear = 12;
const producersShown = 3;
const communesShown = 3;
export const pageSize = 20;

type Found = { entries: CatalogEntry[]; isNear: boolean };

/** The rarest word first: it leads along the index. */
const rarestFirst = async (db: Db, words: readonly WordCondition[], filter: EntryFilter): Promise<WordCondition[]> => {
  if (words.length < 2) return [...words];
  const counts = await Promise.all(words.map((word) => countWord(db, word, filter, mostCounted)));
  return words
    .map((word, place) => ({ word, count: counts[place] ?? 0 }))
    .sort((left, right) => left.count - right.count)
    .map(({ word }) => word);
};

const findAll = async (db: Db, words: readonly WordCondition[], filter: EntryFilter): Promise<CatalogEntry[]> =>
  findByWords(db, await rarestFirst(db, words, filter), filter, mostRanked);

/** Known words one letter off, where nothing begins as the word does. */
const guesses = async (db: Db, word: TypedWord): Promise<WordCondition> => {
  const plain = fold(word.folded);
  if (!/^[a-z]{3,24}$/.test(plain)) return beginsAs(word);
  const near = await findTermsNear(db, nearKeys(plain), 200);
  return { $in: [plain, ...near.filter((one) => isOneLetterOff(plain, one)).slice(0, mostNear)] };
};

const findTyped = async (db: Db, typed: readonly TypedWord[], filter: EntryFilter): Promise<Found> => {
  const whole = await findAll(db, typed.map(wholeWord), filter);
  const begun = whole.length >= mostRanked ? [] : await findAll(db, typed.map(beginsAs), filter);
  const found = new Map([...whole, ...begun].map((entry) => [entry.id, entry]));
  if (found.size > 0) return { entries: ranked([...found.values()], typed), isNear: false };
  const near = await findAll(db, await Promise.all(typed.map((word) => guesses(db, word))), filter);
  return { entries: ranked(near, typed), isNear: near.length > 0 };
};

/** The records behind entries, as they are now: what is no longer public falls out, and stars are worked out. */
export async function foundProducts(db: Db, ids: readonly string[], now: Date): Promise<FoundProduct[]> {
  const products = await productsByIds(db, ids);
  const producers = await producersByIds(db, [...new Set([...products.values()].map(({ producerId }) => producerId))]);
  const papers = await certificatesOfProducts(db, [...products.keys()]);
  const today = dayOf(now);
  return ids.flatMap((id) => {
    const product = products.get(id);
    const producer = product === undefined ? undefined : producers.get(product.producerId);
    if (product === undefined || producer === undefined || !isPublic(producer)) return [];
    const own = papers.certificates.filter(({ productId }) => productId === id);
    const verdict = starVerdictOf(own, papers.decisions, today);
    const shown = publicProducer(producer);
    return [{ product, slug: slugOf(product), producer: shown, producerName: shown.legalName, verdict }];
  });
}

/** Whether the stars of a product count today. */
export function counts({ verdict }: Pick<FoundProduct, 'verdict'>): boolean {
  return verdict.state === 'valid' || verdict.state === 'extended';
}

/** Of candidates for a number of stars those whose stars count today, until the page is full. */
const withStars = async (db: Db, entries: readonly CatalogEntry[], query: SearchQuery, now: Date) => {
  const wanted = query.page * pageSize + 1;
  const kept: FoundProduct[] = [];
  for (let from = 0; from < entries.length && kept.length < wanted; from += 50) {
    const ids = entries.slice(from, from + 50).map(({ id }) => id);
    kept.push(...(await foundProducts(db, ids, now)).filter(counts));
  }
  return kept;
};

/** Producers as they are now, under names that everybody may read; others fall out. */
export async function foundProducers(db: Db, ids: readonly string[]): Promise<FoundProducer[]> {
  const producers = await producersByIds(db, ids);
  return ids.flatMap((id) => {
    const stored = producers.get(id);
    if (stored === undefined || !isPublic(stored)) return [];
    const producer = publicProducer(stored);
    const name = producer.legalName;
    return name === '' ? [] : [{ producer, name, slug: producerSlug(producer, name) }];
  });
}

/** Answers a question of the public search. */
export async function searchCatalog(db: Db, query: SearchQuery, now: Date): Promise<SearchResult> {
  const typed = readTyped(query.q);
  const { province, commune, set, stars: star } = query;
  const filter: EntryFilter = { kind: 'product', province, commune, set, star };
  const from = (query.page - 1) * pageSize;
  const isFirst = query.page === 1 && typed.length > 0;
  const [products, producers, communes] = await Promise.all([
    typed.length > 0
      ? findTyped(db, typed, filter)
      : findByName(db, filter, 0, mostRanked).then((entries) => ({ entries, isNear: false })),
    isFirst && set === undefined && star === undefined
      ? findTyped(db, typed, { kind: 'producer', province, commune })
      : Promise.resolve({ entries: [], isNear: false }),
    isFirst && query.q.length <= 100
      ? pageCommunes(db, { q: query.q, limit: communesShown, ...(province === undefined ? {} : { province }) })
      : Promise.resolve({ items: [] }),
  ]);
  const candidates = products.entries;
  const ids = candidates.slice(from, from + pageSize + 1).map(({ id }) => id);
  const kept =
    star === undefined
      ? await foundProducts(db, ids, now)
      : (await withStars(db, candidates, query, now)).slice(from, from + pageSize + 1);
  return {
    products: kept.slice(0, pageSize),
    hasMore: kept.length > pageSize,
    isNear: products.isNear,
    producers: await foundProducers(
      db,
      producers.isNear ? [] : producers.entries.slice(0, producersShown).map(({ id }) => id),
    ),
    communes: communes.items,
  };
}
