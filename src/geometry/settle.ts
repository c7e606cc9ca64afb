// What an outline or a point must be before it is believed: in Viet Nam, longitude first, closed, without crossings. Pure.
import type { MultiPolygon, Point, Polygon } from 'geojson';
import { AppError, fieldError } from '../errors.ts';
import { findCrossing, isSamePosition, sideOf } from './crossing.ts';
import type { Position, Ring } from './crossing.ts';
import { isInVietNam } from './vietnam-outline.ts';

/** WGS 84, longitude first (RFC 7946). */
export type Geometry = Polygon | MultiPolygon | Point;

const lon = (position: Position): number => position[0] ?? 0;
const lat = (position: Position): number => position[1] ?? 0;
const isPlaced = (position: Position): boolean => isInVietNam(lon(position), lat(position));

/** Latitude first, as people read and type it. */
const placeWords = (position: Position): string =>
  `${Number(lat(position).toFixed(5))}, ${Number(lon(position).toFixed(5))}`;

const placeError = (code: string, at: Position): AppError =>
  new AppError(
    'fields-wrong',
    { at: [lon(at), lat(at)] },
    { fields: { geometry: { code, facts: { place: placeWords(at) } } } },
  );

// Seven decimals are about a centimetre; heights are not kept.
const rounded = (position: Position): number[] =>
  [lon(position), lat(position)].map((value) => Math.round(value * 1e7) / 1e7);

const polygonsOf = (geometry: Geometry): Ring[][] =>
  geometry.type === 'Point' ? [] : geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;

const positionsOf = (geometry: Geometry): Position[] =>
  geometry.type === 'Point' ? [geometry.coordinates] : polygonsOf(geometry).flat(2);

const withPositions = (geometry: Geometry, map: (position: Position) => number[]): Geometry => {
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: map(geometry.coordinates) };
    case 'Polygon':
      return { type: 'Polygon', coordinates: geometry.coordinates.map((ring) => ring.map(map)) };
    case 'MultiPolygon':
      return {
        type: 'MultiPolygon',
        coordinates: geometry.coordinates.map((rings) => rings.map((ring) => ring.map(map))),
      };
  }
};

const swapped = (position: Position): number[] => [lat(position), lon(position)];

/** Whether latitude and longitude are exchanged: no place of Viet Nam stays in it when they are. */
export function isSwapped(geometry: Geometry): boolean {
  return positionsOf(geometry).every((position) => !isPlaced(position) && isPlaced(swapped(position)));
}

/** Refuses what cannot lie in Viet Nam. For an exchange the corrected geometry is offered (`facts.corrected`), never taken by itself. */
const requireInVietNam = (geometry: Geometry): void => {
  const positions = positionsOf(geometry);
  const outside = positions.find((position) => !isPlaced(position));
  if (outside === undefined) return;
  if (!isSwapped(geometry)) throw placeError('place-outside', outside);
  throw new AppError(
    'fields-wrong',
    { corrected: withPositions(geometry, swapped) },
    { fields: { geometry: { code: 'place-swapped', facts: { place: placeWords(swapped(outside)) } } } },
  );
};

const closed = (ring: Ring): number[][] => {
  const steps = ring.map(rounded);
  const kept = steps.filter((position, place) => {
    const before = steps[place - 1];
    return before === undefined || !isSamePosition(position, before);
  });
  const [first, last] = [kept[0], kept.at(-1)];
  if (first !== undefined && last !== undefined && !isSamePosition(first, last)) kept.push([...first]);
  if (kept.length < 4) throw fieldError('geometry', 'ring-too-short');
  return kept;
};

const isCounterClockwise = (ring: Ring): boolean => {
  const [start = []] = ring;
  const doubled = ring.slice(1).reduce((sum, to, place) => {
    const from = ring[place] ?? [];
    return sum + (lon(from) - lon(start)) * (lat(to) - lat(start)) - (lon(to) - lon(start)) * (lat(from) - lat(start));
  }, 0);
  return doubled > 0;
};

/** RFC 7946, 3.1.6: the outer ring runs counterclockwise, holes clockwise. */
const wound = (rings: number[][][]): number[][][] =>
  rings.map((ring, place) => (isCounterClockwise(ring) === (place === 0) ? ring : [...ring].reverse()));

const requireNesting = (polygons: readonly number[][][][]): void => {
  polygons.forEach((rings, place) => {
    const [outer = [], ...holes] = rings;
    for (const hole of holes) {
      const { at, where } = sideOf(hole, outer);
      if (where !== 'inside') throw placeError('hole-outside', at);
    }
    for (const [otherOuter = [], ...otherHoles] of polygons.slice(place + 1)) {
      requireApart(outer, [otherOuter, ...otherHoles]);
      requireApart(otherOuter, rings);
    }
  });
};

/** One outer ring may lie in a hole of the other plot, never in its ground. */
const requireApart = (ring: Ring, [outer = [], ...holes]: readonly Ring[]): void => {
  const { at, where } = sideOf(ring, outer);
  if (where === 'outside') return;
  if (holes.some((hole) => sideOf(ring, hole).where === 'inside')) return;
  throw placeError('place-overlap', at);
};

/**
 * The geometry as it is kept: two numbers a position, rings closed and wound as RFC 7946 says. Throws 'fields-wrong' at `geometry`, with the
 * place concerned: more than `mostPositions`, outside Viet Nam, latitude and longitude exchanged, too short, crossing itself, overlapping.
 */
export function settlePlace(given: Geometry, mostPositions: number): Geometry {
  if (positionsOf(given).length > mostPositions)
    throw fieldError('geometry', 'too-many-positions', { maximum: mostPositions });
  requireInVietNam(given);
  if (given.type === 'Point') return { type: 'Point', coordinates: rounded(given.coordinates) };
  const polygons = polygonsOf(given).map((rings) => rings.map(closed));
  const crossing = findCrossing(polygons.flat());
  if (crossing !== undefined) throw placeError('place-crossing', crossing);
  requireNesting(polygons);
  const kept = polygons.map(wound);
  return given.type === 'Polygon'
    ? { type: 'Polygon', coordinates: kept[0] ?? [] }
    : { type: 'MultiPolygon', coordinates: kept };
}
