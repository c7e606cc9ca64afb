// The farm map: from outlines in degrees to a small drawing in whole pixels. Pure; the template draws it.
// Only outlines that the producer made public come in here; a place shown by commune only never gets coordinates.
import type { Position } from 'geojson';
import type { Site, SiteGeometry } from '../sites/sites.types.ts';

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

type Point = { x: number; y: number };
type Ring = Point[];
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

const boundsOf = (points: readonly Point[]) => ({
  left: Math.min(...points.map(({ x }) => x)),
  right: Math.max(...points.map(({ x }) => x)),
  top: Math.min(...points.map(({ y }) => y)),
  bottom: Math.max(...points.map(({ y }) => y)),
});

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

const distanceToLine = (point: Point, from: Point, to: Point): number => {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return Math.hypot(point.x - from.x, point.y - from.y);
  return Math.abs((to.x - from.x) * (from.y - point.y) - (from.x - point.x) * (to.y - from.y)) / length;
};

/** Douglas and Peucker, without recursion: outlines may have tens of thousands of points. */
export function simplify(line: readonly Point[], tolerance: number): Point[] {
  const kept = new Set([0, line.length - 1]);
  const waiting: [number, number][] = [[0, line.length - 1]];
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    const [from, to] = span;
    let farthest = { place: -1, distance: tolerance };
    for (let place = from + 1; place < to; place += 1) {
      const distance = distanceToLine(line[place]!, line[from]!, line[to]!);
      if (distance > farthest.distance) farthest = { place, distance };
    }
    if (farthest.place === -1) continue;
    kept.add(farthest.place);
    waiting.push([from, farthest.place], [farthest.place, to]);
  }
  return line.filter((_, place) => kept.has(place));
}

// A ring begins and ends at one point, so it is cut at the point farthest away before it is thinned.
const simplifyRing = (ring: Ring, tolerance: number): Ring => {
  const first = ring[0];
  if (first === undefined || ring.length < 5) return ring;
  const distances = ring.map((point) => Math.hypot(point.x - first.x, point.y - first.y));
  const cut = distances.indexOf(Math.max(...distances));
  return [...simplify(ring.slice(0, cut + 1), tolerance), ...simplify(ring.slice(cut), tolerance).slice(1)];
};

const pathOf = (rings: readonly Ring[], tolerance: number): string =>
  rings
    .map((ring) => simplifyRing(ring, tolerance).map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })))
    .map((ring) =>
      ring.filter((point, place) => place === 0 || point.x !== ring[place - 1]!.x || point.y !== ring[place - 1]!.y),
    )
    .filter((ring) => ring.length >= 4)
    .map((ring) => {
      const steps = ring.slice(1, -1).map((point, place) => `${point.x - ring[place]!.x} ${point.y - ring[place]!.y}`);
      return `M${ring[0]!.x} ${ring[0]!.y}l${steps.join(' ').replaceAll(' -', '-')}z`;
    })
    .join('');

const widestGap = (rings: readonly Ring[], y: number): number | undefined => {
  const crossings = rings
    .flatMap((ring) =>
      ring.slice(1).flatMap((to, place) => {
        const from = ring[place]!;
        return from.y > y === to.y > y ? [] : [from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x)];
      }),
    )
    .sort((left, right) => left - right);
  let widest: { middle: number; width: number } | undefined;
  for (let place = 0; place + 1 < crossings.length; place += 2) {
    const width = crossings[place + 1]! - crossings[place]!;
    if (widest === undefined || width > widest.width) widest = { middle: crossings[place]! + width / 2, width };
  }
  return widest?.middle;
};

/** A point inside the outline, near its middle. */
const middleOf = (rings: readonly Ring[]): Point => {
  const { left, right, top, bottom } = boundsOf(rings.flat());
  const y = (top + bottom) / 2;
  return { x: widestGap(rings, y + 1e-6) ?? (left + right) / 2, y };
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
