// The public map: how many products, producers and stars a province or commune has.
import type { ArchipelagoKey, Bbox, Outline } from '../units/units.types.ts';
import type { FoundProducer, FoundProduct } from './catalog.types.ts';

export type Place = { provinceCode: string; communeCode: string; ocopSet: number };
export type PlaceCount = Place & { count: number };
export type StarCandidate = Place & { id: string };

export const starLevels = [3, 4, 5] as const;
export type StarLevel = (typeof starLevels)[number];

/** A product whose stars count today, and where it is from. */
export type CountedStar = Place & { stars: StarLevel };

/** Everything that the map counts, as it stood at one moment. */
export type Census = { products: PlaceCount[]; producers: PlaceCount[]; stars: CountedStar[] };

export type MapCounts = {
  /** Under a choice of stars only those whose stars count today. */
  products: number;
  /** Under their own name; undefined under a choice, which says nothing of producers. */
  producers: number | undefined;
  /** Products whose stars count today. */
  stars: Record<StarLevel, number>;
};

/** A province of the country, or a commune of a province. */
export type MapRow = { code: string; name: string; counts: MapCounts };

/** The country, a province or a commune at a moment. */
export type MapFacts = {
  /** Undefined for the whole country. */
  province: { code: string; name: string } | undefined;
  commune: { code: string; name: string } | undefined;
  total: MapCounts;
  /** The parts with anything in the book, in the order of their names. */
  rows: MapRow[];
  /** Names of the parts with nothing. */
  empty: string[];
  /** Outlines of the parts, and of the province around them; none where the country or province was not imported. */
  outlines: Outline[];
  around: Outline | undefined;
  /** Hoàng Sa and Trường Sa where they are among these outlines. */
  archipelagos: { key: ArchipelagoKey; bbox: Bbox }[];
  /** Of a commune. */
  products: FoundProduct[];
  hasMore: boolean;
  producers: FoundProducer[];
  at: Date;
};
