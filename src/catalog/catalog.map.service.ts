// The public map at three heights: the country by provinces, a province by communes, a commune with its producers and products.
import type { Db } from '../db/connect.ts';
import {
  archipelagosIn,
  isWholeCountry,
  communeSketches,
  communesOf,
  provinceSketches,
} from '../units/units.service.ts';
import { provinceFullName, provinces } from '../units/provinces.types.ts';
import type { Outline } from '../units/units.types.ts';
import type { MapQuery } from './catalog.input.ts';
import type { CensusBook } from './catalog.map.census.service.ts';
import { oneProductOfEach } from './catalog.map.model.ts';
import { countsByPart, total, within } from './catalog.map.rules.ts';
import type { Census, MapFacts, MapRow } from './catalog.map.types.ts';
import { findByName } from './catalog.search.model.ts';
import { foundProducers, foundProducts, searchCatalog } from './catalog.search.service.ts';

const mostProducers = 50;

const byName = new Intl.Collator('vi');

type Named = { code: string; name: string };
type Parts = Pick<MapFacts, 'rows' | 'empty' | 'outlines' | 'around'>;

const rowsOf = (counts: ReturnType<typeof countsByPart>, names: ReadonlyMap<string, string>): MapRow[] =>
  [...counts]
    .map(([code, own]) => ({ code, name: names.get(code) ?? '', counts: own }))
    .sort((left, right) => byName.compare(left.name, right.name));

const emptyNames = (named: readonly Named[], rows: readonly MapRow[]): string[] => {
  const full = new Set(rows.map(({ code }) => code));
  return named.filter(({ code }) => !full.has(code)).map(({ name }) => name);
};

const countryParts = async (db: Db, census: Census, query: MapQuery): Promise<Parts> => {
  const named = provinces.map(({ code }) => ({ code, name: provinceFullName(code) }));
  const outlines = await provinceSketches(
    db,
    named.map(({ code }) => code),
  );
  const rows = rowsOf(
    countsByPart(census, query, 'provinceCode'),
    new Map(named.map(({ code, name }) => [code, name])),
  );
  // A country of which a part is missing is no map of it, least of all without its islands.
  return {
    rows,
    empty: emptyNames(named, rows),
    outlines: isWholeCountry(outlines) ? outlines : [],
    around: undefined,
  };
};

/** Names of communes: as imported, else as a producer there gave it. */
const communeNames = async (
  db: Db,
  provinceCode: string,
  known: readonly Named[],
  codes: readonly string[],
): Promise<Map<string, string>> => {
  const names = new Map(known.map(({ code, name }) => [code, name]));
  const unknown = codes.filter((code) => code !== '' && !names.has(code));
  const found = await foundProducts(db, await oneProductOfEach(db, provinceCode, unknown), new Date(0));
  for (const { producer } of found) names.set(producer.address.communeCode, producer.address.communeName);
  return names;
};

const unitsOf = async (db: Db, provinceCode: string, outlines: readonly Outline[]): Promise<Named[]> => {
  const units = await communesOf(db, provinceCode);
  const known = new Set(units.map(({ code }) => code));
  return [...units, ...outlines.filter(({ code }) => !known.has(code))].map(({ code, fullName }) => ({
    code,
    name: fullName,
  }));
};

const provinceParts = async (db: Db, census: Census, query: MapQuery, provinceCode: string): Promise<Parts> => {
  const [outlines, [around]] = await Promise.all([
    communeSketches(db, provinceCode),
    provinceSketches(db, [provinceCode]),
  ]);
  const counts = countsByPart(within(census, provinceCode), query, 'communeCode');
  const units = await unitsOf(db, provinceCode, outlines);
  const rows = rowsOf(counts, await communeNames(db, provinceCode, units, [...counts.keys()]));
  return { rows, empty: outlines.length === 0 ? [] : emptyNames(units, rows), outlines, around };
};

const islandsOf = ({ outlines, around }: Parts) =>
  outlines.length === 0 ? [] : archipelagosIn(around === undefined ? outlines : [...outlines, around]);

type Inside = Pick<MapFacts, 'products' | 'hasMore' | 'producers'>;

/** What is in a commune, as the search finds it. */
const inside = async (db: Db, query: MapQuery, place: { province: string; commune: string }, now: Date) => {
  const { set, stars } = query;
  const [found, entries] = await Promise.all([
    searchCatalog(db, { q: '', ...place, set, stars, page: 1 }, now),
    findByName(db, { kind: 'producer', ...place }, 0, mostProducers),
  ]);
  return {
    products: found.products,
    hasMore: found.hasMore,
    producers: await foundProducers(
      db,
      entries.map(({ id }) => id),
    ),
  };
};

const nothingInside: Inside = { products: [], hasMore: false, producers: [] };

/** Everything that the map shows, at the moment `now`. An unknown commune is left out, as every part of an address that can't be read. */
export async function mapFacts(db: Db, book: CensusBook, query: MapQuery, now: Date): Promise<MapFacts> {
  const census = await book.read(now);
  const code = query.province;
  if (code === undefined) {
    const parts = await countryParts(db, census, query);
    const counted = total(census, query);
    const archipelagos = islandsOf(parts);
    return {
      ...parts,
      ...nothingInside,
      archipelagos,
      province: undefined,
      commune: undefined,
      total: counted,
      at: now,
    };
  }
  const parts = await provinceParts(db, census, query, code);
  const named = await unitsOf(db, code, parts.outlines);
  const asked = [...parts.rows, ...named].find((one) => one.code === query.commune && one.code !== '');
  const commune = asked === undefined ? undefined : { code: asked.code, name: asked.name };
  const place = commune === undefined ? undefined : { province: code, commune: commune.code };
  return {
    ...parts,
    archipelagos: islandsOf(parts),
    ...(place === undefined ? nothingInside : await inside(db, query, place, now)),
    province: { code, name: provinceFullName(code) },
    commune,
    total: total(within(census, code, commune?.code), query),
    at: now,
  };
}
