// Places on a small map: from outlines in degrees to a drawing in whole pixels. Pure; a template draws it.
import type { Position } from 'geojson';
import { boundsOf, middleOf, pathOf } from './outline.ts';
import type { Point, Ring } from './outline.ts';
import type { Geometry } from './settle.ts';

/** A place with the name that stands beside it; '' for none. */
export type NamedPlace = { name: string; geometry: Geometry };

export type MapSize = { width: number; height: number };

export type DrawnPlace = {
  id: number;
  /** Path of the outline; '' for a point and for outlines too small to be seen as such. */
  d: string;
  /** Widths of the three inner bands, in px. */
  bands: number[];
  x: number;
  y: number;
  name: string;
  nameX: number;
  nameY: number;
};

export type MapDrawing = MapSize & {
  grid: string;
  places: DrawnPlace[];
  /** Positions to be marked. */
  marks: Point[];
  /** Scale bar: length in px and in metres. */
  scale: { px: number; metres: number };
};

type Flat = { name: string; rings: Ring[] };

const metresPerDegree = 111_320;
const marginPx = { side: 34, top: 30, bottom: 46 };
const leastSpanMetres = 150;
const tolerancePx = 0.8;
const leastOutlinePx = 9;
const longestNameOnMap = 22;
const letterPx = 7.6;
const lineHeightPx = 17;

const ringsOf = (geometry: Geometry): Position[][] => {
  if (geometry.type === 'Point') return [[geometry.coordinates]];
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
};

/** Equirectangular at the mean latitude, in metres, north up. */
const planeOf = (positions: readonly Position[]): ((position: Position) => Point) => {
  const middle = positions.reduce((sum, [, latitude = 0]) => sum + latitude, 0) / positions.length;
  const east = Math.cos((middle * Math.PI) / 180) * metresPerDegree;
  return ([longitude = 0, latitude = 0]) => ({ x: longitude * east, y: -latitude * metresPerDegree });
};

/** The next lower of 1, 2 and 5 times a power of ten. */
export const roundLength = (metres: number): number => {
  const power = 10 ** Math.floor(Math.log10(metres));
  const first = metres / power;
  return power * (first >= 5 ? 5 : first >= 2 ? 2 : 1);
};

const gridPath = (size: MapSize, step: number): string => {
  const lines: string[] = [];
  for (let x = (size.width / 2) % step; x < size.width; x += step) lines.push(`M${Math.round(x)} 0v${size.height}`);
  for (let y = (size.height / 2) % step; y < size.height; y += step) lines.push(`M0 ${Math.round(y)}h${size.width}`);
  return lines.join('');
};

const shortName = (name: string): string =>
  name.length > longestNameOnMap ? `${name.slice(0, longestNameOnMap - 1).trimEnd()}…` : name;

type Box = { left: number; right: number; top: number; bottom: number };
const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Finds room for a name near its place: below, above, then farther away. */
const placeName = (size: MapSize, at: Point, name: string, taken: Box[]): Point => {
  const half = (name.length * letterPx) / 2;
  const x = Math.max(half + 6, Math.min(size.width - half - 6, at.x));
  const boxAt = (y: number): Box => ({ left: x - half, right: x + half, top: y - lineHeightPx + 4, bottom: y + 4 });
  const offsets = [26, -15, 26 + lineHeightPx, -15 - lineHeightPx, 26 + 2 * lineHeightPx, -15 - 2 * lineHeightPx];
  const rows = offsets.map((offset) => at.y + offset).filter((y) => y > lineHeightPx && y < size.height - 6);
  const y = rows.find((row) => !taken.some((box) => overlap(box, boxAt(row)))) ?? rows[0] ?? at.y;
  taken.push(boxAt(y));
  return { x, y };
};

/** Metres to pixels so that all points lie inside the margins. */
const fit = (points: readonly Point[], size: MapSize): { place: (point: Point) => Point; pxPerMetre: number } => {
  const { left, right, top, bottom } = boundsOf(points);
  const width = size.width - 2 * marginPx.side;
  const height = size.height - marginPx.top - marginPx.bottom;
  const pxPerMetre = Math.min(
    width / Math.max(right - left, leastSpanMetres),
    height / Math.max(bottom - top, leastSpanMetres),
  );
  const centre = { x: size.width / 2, y: marginPx.top + height / 2 };
  const place = ({ x, y }: Point): Point => ({
    x: centre.x + (x - (left + right) / 2) * pxPerMetre,
    y: centre.y + (y - (top + bottom) / 2) * pxPerMetre,
  });
  return { place, pxPerMetre };
};

const placesOf = (flats: readonly Flat[], size: MapSize, tolerance: number): DrawnPlace[] => {
  const middles = flats.map(({ rings }) => middleOf(rings));
  const taken: Box[] = middles.map(({ x, y }) => ({ left: x - 10, right: x + 10, top: y - 10, bottom: y + 10 }));
  return flats.map(({ name: whole, rings }, id) => {
    const { left, right, top, bottom } = boundsOf(rings.flat());
    const isSmall = Math.max(right - left, bottom - top) < leastOutlinePx;
    const least = Math.min(right - left, bottom - top);
    const middle = middles[id] ?? { x: left, y: top };
    const name = shortName(whole);
    const nameAt = placeName(size, middle, name, taken);
    return {
      id,
      d: isSmall ? '' : pathOf(rings, tolerance),
      bands: [0.41, 0.26, 0.12].map((share) => Math.round(share * least)),
      x: Math.round(middle.x),
      y: Math.round(middle.y),
      name,
      nameX: Math.round(nameAt.x),
      nameY: Math.round(nameAt.y),
    };
  });
};

const longestPathsTotal = 2600;

/** Draws places and marks; undefined when there are no places. Thins the outlines further when they would weigh too much. */
export function drawPlaces(
  shown: readonly NamedPlace[],
  size: MapSize,
  marks: readonly Position[] = [],
): MapDrawing | undefined {
  if (shown.length === 0) return undefined;
  const rings = shown.map(({ geometry }) => ringsOf(geometry));
  const toPlane = planeOf(rings.flat(2));
  const onPlane = rings.map((own) => own.map((ring) => ring.map(toPlane)));
  const { place, pxPerMetre } = fit([...onPlane.flat(2), ...marks.map(toPlane)], size);
  const flats = shown.map(({ name }, at) => ({ name, rings: (onPlane[at] ?? []).map((ring) => ring.map(place)) }));
  let tolerance = tolerancePx;
  let places = placesOf(flats, size, tolerance);
  while (places.reduce((sum, { d }) => sum + d.length, 0) > longestPathsTotal && tolerance < 30) {
    tolerance *= 1.6;
    places = placesOf(flats, size, tolerance);
  }
  const metres = roundLength(100 / pxPerMetre);
  const px = Math.round(metres * pxPerMetre);
  const marked = marks.map(toPlane).map(place);
  return {
    ...size,
    grid: gridPath(size, metres * pxPerMetre),
    places,
    marks: marked.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })),
    scale: { px, metres },
  };
}
