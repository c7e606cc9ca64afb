// When a code is doubtful. One rule, stated here and in docs/model.md; its numbers come from `npm run simulate` (docs/benchmarks.md). Pure.
import { kmBetween } from './scans.places.ts';
import type { Doubt, Place, PlaceCount, ScanHistory } from './scans.types.ts';

/** Numbers of the rule, so that the simulation can try others. */
export type DoubtNumbers = {
  /** So many scans are far more than a household makes. */
  manyScans: number;
  /** So many provinces too far apart for the time between; a single slip of the place of a mobile network raises nothing. */
  manyPlaces: number;
  /** As fast as goods travel, flights included. */
  kmPerHour: number;
  /** A province's people may be so far from its seat; taken off for both. */
  reachKm: number;
};

export const doubtNumbers: DoubtNumbers = { manyScans: 20, manyPlaces: 4, kmPerHour: 500, reachKm: 100 };

const hourMs = 3_600_000;

const shortestHours = (left: PlaceCount, right: PlaceCount): number => {
  const gaps = [left.first, left.last].flatMap((from) =>
    [right.first, right.last].map((to) => Math.abs(from.getTime() - to.getTime())),
  );
  return Math.min(...gaps) / hourMs;
};

/** Whether one pack can't have been scanned in both places at the moments that are known. Two neighbours never are too far. */
const isTooFar = (left: [Place, PlaceCount], right: [Place, PlaceCount], numbers: DoubtNumbers): boolean => {
  const apart = kmBetween(left[0], right[0]);
  if (apart === undefined) return false;
  const atLeast = apart - 2 * numbers.reachKm;
  return atLeast > 0 && atLeast > shortestHours(left[1], right[1]) * numbers.kmPerHour;
};

/** Provinces among those of a history of which at least one other lies too far away for the time between. */
export function placesTooFar(history: ScanHistory, numbers: DoubtNumbers = doubtNumbers): Place[] {
  const known = Object.entries(history.places).filter(([place]) => place !== '');
  return known
    .filter((one) => known.some((other) => other !== one && isTooFar(one, other, numbers)))
    .map(([place]) => place);
}

const dayMs = 86_400_000;

const spanDays = ({ first, last }: ScanHistory): number =>
  first === undefined || last === undefined ? 0 : Math.floor((last.getTime() - first.at.getTime()) / dayMs) + 1;

/**
 * Why a unit code is doubtful, or undefined. Scanned in `manyPlaces` or more provinces too far apart for the time between, else `manyScans`
 * times or more. Never for the code of a lot, which many packs share. A doubt is no proof: the words are 'nghi vấn'.
 */
export function doubtOf(history: ScanHistory, numbers: DoubtNumbers = doubtNumbers): Doubt | undefined {
  const facts = { count: history.count, days: spanDays(history) };
  const far = placesTooFar(history, numbers).length;
  if (far >= numbers.manyPlaces) {
    const places = Object.keys(history.places).filter((place) => place !== '').length;
    return { reason: 'places', places, ...facts };
  }
  return history.count >= numbers.manyScans ? { reason: 'many', ...facts } : undefined;
}
