// Places as people paste them: GeoJSON, a pair of latitude and longitude, or an outline with a corner a line. Shape only. Pure.
import type { MultiPolygon, Point, Polygon, Position } from 'geojson';
import { readPair } from './place-pair.ts';

type Wrapped = { type?: unknown; geometry?: unknown; features?: unknown };

const isPlots = (geometry: unknown): geometry is Polygon | MultiPolygon =>
  typeof geometry === 'object' &&
  geometry !== null &&
  'coordinates' in geometry &&
  Array.isArray(geometry.coordinates) &&
  'type' in geometry &&
  (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon');

const joined = (plots: readonly (Polygon | MultiPolygon)[]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: plots.flatMap(({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates)),
});

/** Drawing programs wrap the geometry into a feature, or into a collection of one or of several plots. */
const unwrap = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const { type, geometry, features } = value as Wrapped;
  if (type === 'Feature') return geometry;
  if (type !== 'FeatureCollection' || !Array.isArray(features)) return value;
  const inside = features.map(unwrap);
  if (inside.length === 1) return inside[0];
  return inside.length > 1 && inside.every(isPlots) ? joined(inside) : value;
};

// Corners are often numbered: 1. / 2) / Góc 3: / M4:
const numbered = /^\s*(?:(?:góc|điểm|mốc|corner|point|m|p)\s*)?\d{1,4}\s*[.):]\s+/i;

const readCorner = (line: string): Position | undefined => readPair(line) ?? readPair(line.replace(numbered, ''));

type Line = { number: number; text: string };

/** Lines that say something, with their numbers from 1, in groups that empty lines part. */
const groupsOf = (typed: string): Line[][] => {
  const groups: Line[][] = [[]];
  for (const [place, text] of typed.split(/\r\n|\r|\n/).entries()) {
    if (text.trim() !== '') groups.at(-1)?.push({ number: place + 1, text });
    else if (groups.at(-1)?.length !== 0) groups.push([]);
  }
  return groups.filter((group) => group.length > 0);
};

const point = (coordinates: Position): Point => ({ type: 'Point', coordinates });

// One more than a site may have: enough to be told so, and no more work.
const mostCorners = 2001;

const readLines = (typed: string): Point | Polygon | MultiPolygon | undefined => {
  const groups = groupsOf(typed);
  const lines = groups.flat();
  // Latitude in one line and longitude in the next.
  const together = lines.length === 2 ? readPair(lines.map(({ text }) => text).join(' ; ')) : undefined;
  if (together !== undefined) return point(together);
  const plots: Position[][] = [];
  for (const group of groups) {
    const ring: Position[] = [];
    for (const { text } of group.slice(0, mostCorners - plots.flat().length)) {
      const corner = readCorner(text);
      if (corner === undefined) return undefined;
      ring.push(corner);
    }
    plots.push(ring);
  }
  const [first] = plots;
  if (first === undefined) return undefined;
  if (plots.length > 1) return { type: 'MultiPolygon', coordinates: plots.map((ring) => [ring]) };
  return first.length === 1 ? point(first[0] ?? []) : { type: 'Polygon', coordinates: [first] };
};

/**
 * What a pasted text says of a place: a GeoJSON geometry (also inside a feature), a point (`21.72, 105.93`, `21°43'12"N 105°55'48"E` and their
 * like), or an outline with a corner a line, plots parted by an empty line. Longitude first; anything else stays the text that it is.
 */
export function readPlaceText(typed: string): unknown {
  if (!typed.trim().startsWith('{')) return readLines(typed) ?? typed;
  try {
    return unwrap(JSON.parse(typed));
  } catch {
    return typed;
  }
}

// Metres of a national grid as land papers have them: X about 900 000 to 2 600 000 northward, Y about 100 000 to 900 000 eastward.
const gridMetres = /(?<![\d.,])\d{6,7}(?:[.,]\d{1,4})?(?![\d.,])/g;

/** Why a text that names no place can't be read: a key under i18n `fields` with its facts. */
export function placeFault(typed: string): { code: string; facts: Record<string, string | number> } {
  const lines = groupsOf(typed).flat();
  if (typed.trim().startsWith('{')) return { code: 'place-json', facts: {} };
  const unread = lines.find(({ text }) => readCorner(text) === undefined);
  if ((unread?.text.slice(0, 200).match(gridMetres)?.length ?? 0) >= 2) return { code: 'place-grid', facts: {} };
  if (unread === undefined || lines.length < 2) return { code: 'place', facts: {} };
  return { code: 'place-line', facts: { line: unread.number, text: unread.text.trim().slice(0, 40) } };
}

type Nested = number | Nested[];

const turnRound = (nested: Nested): Nested => {
  if (!Array.isArray(nested)) return nested;
  const [first, second] = nested;
  return typeof first === 'number' && typeof second === 'number' ? [second, first] : nested.map(turnRound);
};

/** The same geometry with the first two numbers of every position exchanged; anything without coordinates stays as it is. */
export function swapPositions(geometry: unknown): unknown {
  if (typeof geometry !== 'object' || geometry === null || !('coordinates' in geometry)) return geometry;
  return { ...geometry, coordinates: turnRound(geometry.coordinates as Nested) };
}

const pairText = ([longitude = 0, latitude = 0]: Position): string =>
  `${Number(latitude.toFixed(7))}, ${Number(longitude.toFixed(7))}`;

const open = (corners: readonly string[]): readonly string[] =>
  corners.length > 1 && corners[0] === corners.at(-1) ? corners.slice(0, -1) : corners;

/** A geometry as it stands in the field: latitude, longitude, a corner a line without the one that closes; with holes as GeoJSON. */
export function placeText(geometry: Point | Polygon | MultiPolygon): string {
  if (geometry.type === 'Point') return pairText(geometry.coordinates);
  const plots = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  if (plots.some((rings) => rings.length > 1)) return JSON.stringify(geometry);
  return plots.map(([ring = []]) => open(ring.map(pairText)).join('\n')).join('\n\n');
}
