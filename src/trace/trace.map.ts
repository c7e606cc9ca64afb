// The farm map: from outlines in degrees to a small drawing in whole pixels. Pure; the template draws it.
// Only outlines that the producer made public come in here; a place shown by commune only never gets coordinates.
import type { Position } from 'geojson';
import type { Site, SiteGeometry } from '../sites/sites.types.ts';
import { boundsOf, middleOf, pathOf } from './trace.outline.ts';
import type { Point, Ring } from './trace.outline.ts';

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
  /** Scale bar: length in px and in metres. */
  scale: { px: number; metres: number };
};

type Flat = { site: Site; rings: Ring[] };

const metresPerDegree = 111_320;
const marginPx = { side: 34, top: 30, bottom: 46 };
const leastSpanMetres = 150;
const tolerancePx = 0.8;
const leastOutlinePx = 9;
const longestNameOnMap = 22;
const letterPx = 7.6;
const lineHeightPx = 17;

const ringsOf = (geometry: SiteGeometry): Position[][] => {
  if (geometry.type === 'Point') return [[geometry.coordinates]];
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
};

/** Equirectangular at the mean latitude, in metres, north up. */
const flatten = (sites: readonly Site[]): Flat[] => {
  const latitudes = sites.flatMap((site) => ringsOf(site.geometry).flat()).map(([, latitude = 0]) => latitude);
  const middle = latitudes.reduce((sum, latitude) => sum + latitude, 0) / latitudes.length;
  const east = Math.cos((middle * Math.PI) / 180) * metresPerDegree;
  const place = ([longitude = 0, latitude = 0]: Position): Point => ({
    x: longitude * east,
    y: -latitude * metresPerDegree,
  });
  return sites.map((site) => ({ site, rings: ringsOf(site.geometry).map((ring) => ring.map(place)) }));
};

const roundLength = (metres: number): number => {
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

const fit = (flats: readonly Flat[], size: MapSize): { flats: Flat[]; pxPerMetre: number } => {
  const { left, right, top, bottom } = boundsOf(flats.flatMap(({ rings }) => rings.flat()));
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
  return { flats: flats.map(({ site, rings }) => ({ site, rings: rings.map((ring) => ring.map(place)) })), pxPerMetre };
};

const drawPlaces = (flats: readonly Flat[], size: MapSize, tolerance: number): DrawnPlace[] => {
  const middles = flats.map(({ rings }) => middleOf(rings));
  const taken: Box[] = middles.map(({ x, y }) => ({ left: x - 10, right: x + 10, top: y - 10, bottom: y + 10 }));
  return flats.map(({ site, rings }, id) => {
    const { left, right, top, bottom } = boundsOf(rings.flat());
    const isSmall = Math.max(right - left, bottom - top) < leastOutlinePx;
    const least = Math.min(right - left, bottom - top);
    const middle = middles[id] ?? { x: left, y: top };
    const name = shortName(site.name);
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

/** Draws the outlines of sites whose outline is public; undefined when there are none. Thins the outlines further when they would weigh too much. */
export function drawMap(sites: readonly Site[], size: MapSize): MapDrawing | undefined {
  const shown = sites.filter((site) => site.publicPrecision === 'outline');
  if (shown.length === 0) return undefined;
  const { flats, pxPerMetre } = fit(flatten(shown), size);
  let tolerance = tolerancePx;
  let places = drawPlaces(flats, size, tolerance);
  while (places.reduce((sum, { d }) => sum + d.length, 0) > longestPathsTotal && tolerance < 30) {
    tolerance *= 1.6;
    places = drawPlaces(flats, size, tolerance);
  }
  const metres = roundLength(100 / pxPerMetre);
  const px = Math.round(metres * pxPerMetre);
  return { ...size, grid: gridPath(size, metres * pxPerMetre), places, scale: { px, metres } };
}
