// Adding up scans. Pure: any order and any grouping gives the same history.
import { dayOf } from '../days.ts';
import type { Place, PlaceCount, ScanHistory } from './scans.types.ts';

export const noScans: ScanHistory = { count: 0, first: undefined, last: undefined, places: {}, days: {} };

const earlier = (left: ScanHistory['first'], right: ScanHistory['first']): ScanHistory['first'] => {
  if (left === undefined || right === undefined) return left ?? right;
  if (left.at.getTime() === right.at.getTime()) return left.place <= right.place ? left : right;
  return left.at < right.at ? left : right;
};

const addPlace = (left: PlaceCount | undefined, right: PlaceCount): PlaceCount =>
  left === undefined
    ? right
    : {
        count: left.count + right.count,
        first: left.first < right.first ? left.first : right.first,
        last: left.last > right.last ? left.last : right.last,
      };

const addDay = (left: Record<Place, number> = {}, right: Record<Place, number>): Record<Place, number> => {
  const sum = { ...left };
  for (const [place, count] of Object.entries(right)) sum[place] = (sum[place] ?? 0) + count;
  return sum;
};

/** Two histories of one code as one. */
export function addHistories(left: ScanHistory, right: ScanHistory): ScanHistory {
  if (left.count === 0) return right;
  if (right.count === 0) return left;
  const places = { ...left.places };
  for (const [place, count] of Object.entries(right.places)) places[place] = addPlace(places[place], count);
  const days = { ...left.days };
  for (const [day, byPlace] of Object.entries(right.days)) days[day] = addDay(days[day], byPlace);
  const last = left.last === undefined || (right.last !== undefined && right.last > left.last) ? right.last : left.last;
  return { count: left.count + right.count, first: earlier(left.first, right.first), last, places, days };
}

/** The history of one scan. */
export function oneScan(at: Date, place: Place): ScanHistory {
  return {
    count: 1,
    first: { at, place },
    last: at,
    places: { [place]: { count: 1, first: at, last: at } },
    days: { [dayOf(at)]: { [place]: 1 } },
  };
}

/** Days that need no longer be told apart when only the latest `most` are. */
export function daysBeyond(history: ScanHistory, most: number): string[] {
  const days = Object.keys(history.days).sort();
  return days.slice(0, Math.max(0, days.length - most));
}
