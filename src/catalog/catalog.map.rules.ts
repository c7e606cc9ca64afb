// Sums of the public map. Pure.
import { starLevels } from './catalog.map.types.ts';
import type { Census, MapCounts, Place, PlaceCount, StarLevel } from './catalog.map.types.ts';

export type MapChoice = { set?: number | undefined; stars?: number | undefined };

export function isStarLevel(stars: number): stars is StarLevel {
  return (starLevels as readonly number[]).includes(stars);
}

const sum = (counts: readonly PlaceCount[]): number => counts.reduce((total, { count }) => total + count, 0);

const group = <T extends Place>(parts: readonly T[], keyOf: (place: Place) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const part of parts) {
    const key = keyOf(part);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return groups;
};

const countsOf = (census: Census, choice: MapChoice): MapCounts => {
  const stars: MapCounts['stars'] = { 3: 0, 4: 0, 5: 0 };
  for (const star of census.stars) stars[star.stars] += 1;
  const withStars = starLevels.reduce((total, level) => total + stars[level], 0);
  return {
    products: choice.stars === undefined ? sum(census.products) : withStars,
    producers: choice.set === undefined && choice.stars === undefined ? sum(census.producers) : undefined,
    stars,
  };
};

/** The part of a census that a choice of set and stars leaves. */
export function chosen({ products, producers, stars }: Census, choice: MapChoice): Census {
  const isOfSet = ({ ocopSet }: Place): boolean => choice.set === undefined || ocopSet === choice.set;
  return {
    products: products.filter(isOfSet),
    producers,
    stars: stars.filter((one) => isOfSet(one) && (choice.stars === undefined || one.stars === choice.stars)),
  };
}

/** The part of a census that lies in a province or in one of its communes. */
export function within({ products, producers, stars }: Census, provinceCode: string, communeCode?: string): Census {
  const isIn = (place: Place): boolean =>
    place.provinceCode === provinceCode && (communeCode === undefined || place.communeCode === communeCode);
  return { products: products.filter(isIn), producers: producers.filter(isIn), stars: stars.filter(isIn) };
}

export function total(census: Census, choice: MapChoice): MapCounts {
  return countsOf(chosen(census, choice), choice);
}

/** Counts by province, or by commune within one; parts for which nothing is left are left out. */
export function countsByPart(
  census: Census,
  choice: MapChoice,
  part: 'provinceCode' | 'communeCode',
): Map<string, MapCounts> {
  const left = chosen(census, choice);
  const keyOf = (place: Place): string => place[part];
  const [products, producers, stars] = [
    group(left.products, keyOf),
    group(left.producers, keyOf),
    group(left.stars, keyOf),
  ];
  const codes = [...new Set([...products.keys(), ...producers.keys(), ...stars.keys()])];
  const counted = codes.map((code): [string, MapCounts] => {
    const own = { products: products.get(code), producers: producers.get(code), stars: stars.get(code) };
    return [
      code,
      countsOf({ products: own.products ?? [], producers: own.producers ?? [], stars: own.stars ?? [] }, choice),
    ];
  });
  return new Map(counted.filter(([, counts]) => counts.products + (counts.producers ?? 0) > 0));
}

/** Products whose stars count today. */
export function starred({ stars }: MapCounts): number {
  return starLevels.reduce((sumOf, level) => sumOf + stars[level], 0);
}

/** From how many products with stars on each tint of the map begins. */
export const tintsFrom = [0, 1, 5, 10, 25] as const;

export function tintOf(counts: MapCounts | undefined): number {
  const count = counts === undefined ? 0 : starred(counts);
  return tintsFrom.findLastIndex((from) => count >= from);
}
