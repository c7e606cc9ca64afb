// The commune where something was made, among its neighbours, with its province small in the corner. One diamond stands for the commune, never
// for a plot. Pure; the template draws it.
import type { Position } from 'geojson';
import { polygonsOf } from '../geometry/bounds.ts';
import { clipRing } from '../geometry/clip.ts';
import type { Frame } from '../geometry/clip.ts';
import type { MapSize } from '../geometry/drawing.ts';
import { boundsOf, middleOf, pathOf } from '../geometry/outline.ts';
import type { Point, Ring } from '../geometry/outline.ts';
import type { CommuneArea, Outline } from '../units/units.types.ts';

export type PlacedName = { text: string; x: number; y: number };

export type CommuneDrawing = MapSize & {
  d: string;
  /** Widths of the three inner bands, in px. */
  bands: number[];
  at: { x: number; y: number };
  name: PlacedName;
  neighbours: string[];
  names: PlacedName[];
  /** The province in the upper right corner with a dot where the commune is; undefined without its outline. */
  inset: { d: string; x: number; y: number; left: number; top: number } | undefined;
};

type ToPoint = (position: Position) => Point;

const metresPerDegree = 111_320;

/** Equirectangular at a latitude, in metres, north up. */
const planeAt = (latitude: number): ToPoint => {
  const east = Math.cos((latitude * Math.PI) / 180) * metresPerDegree;
  return ([longitude = 0, north = 0]) => ({ x: longitude * east, y: -north * metresPerDegree });
};

const ringsOf = ({ geometry }: Outline, to: ToPoint): Ring[] =>
  polygonsOf(geometry)
    .flat()
    .map((ring) => ring.map((position) => to(position as Position)));

/** Puts points into a box of the drawing, as large as they fit, in its middle. */
const fitInto = (points: readonly Point[], box: Frame): ((point: Point) => Point) => {
  const { left, right, top, bottom } = boundsOf(points);
  const scale = Math.min((box.right - box.left) / (right - left), (box.bottom - box.top) / (bottom - top));
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  return ({ x, y }) => ({
    x: middle.x + (x - (left + right) / 2) * scale,
    y: middle.y + (y - (top + bottom) / 2) * scale,
  });
};

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

const letterPx = { name: 7.8, neighbour: 6.2 };
const inside = 4;
const mostNames = 8;

const boxOf = (text: string, { x, y }: Point, letter: number): Frame => {
  const half = (text.length * letter) / 2 + 3;
  return { left: x - half, right: x + half, top: y - 13, bottom: y + 5 };
};

const overlaps = (one: Frame, other: Frame): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const areaOf = (ring: Ring): number =>
  Math.abs(ring.slice(1).reduce((sum, to, at) => sum + (ring[at]?.x ?? 0) * to.y - to.x * (ring[at]?.y ?? 0), 0)) / 2;

type Seen = { name: string; rings: Ring[]; area: number };

/** Names of neighbours where they find room, the largest first. */
const placeNames = (seen: readonly Seen[], size: MapSize, taken: Frame[]): PlacedName[] => {
  const names: PlacedName[] = [];
  for (const { name, rings } of [...seen].sort((one, other) => other.area - one.area)) {
    if (names.length === mostNames) break;
    const largest = [...rings].sort((one, other) => areaOf(other) - areaOf(one))[0];
    if (largest === undefined) continue;
    const middle = middleOf([largest]);
    const half = (name.length * letterPx.neighbour) / 2 + inside;
    const x = Math.max(half, Math.min(size.width - half, middle.x));
    const rows = [0, -14, 14, -26, 26].map((offset) => middle.y + 4 + offset);
    const y = rows.find(
      (row) =>
        row > 14 && row < size.height - inside && !taken.some((box) => overlaps(box, boxOf(name, { x, y: row }, letterPx.neighbour))), // prettier-ignore
    );
    if (y === undefined) continue;
    taken.push(boxOf(name, { x, y }, letterPx.neighbour));
    names.push({ text: name, ...rounded({ x, y }) });
  }
  return names;
};

const insetBox = { width: 44, height: 46, margin: 7 };

// An island smaller than a pixel is drawn as one pixel, each pixel once: no archipelago may fall out of a province.
const islandDots = (rings: readonly Ring[], drawn: (ring: Ring) => boolean): string => {
  const pixels = new Set(
    rings.filter((ring) => !drawn(ring)).map((ring) => middleOf([ring])).map((at) => `M${Math.round(at.x)} ${Math.round(at.y)}h1v1h-1z`),
  ); // prettier-ignore
  return [...pixels].join('');
};

const drawInset = (area: CommuneArea, size: MapSize, tolerance: number): CommuneDrawing['inset'] => {
  if (area.province === undefined) return undefined;
  const [west, south, east, north] = area.province.bbox;
  const to = planeAt((south + north) / 2);
  const box = { left: 0, right: insetBox.width, top: 0, bottom: insetBox.height };
  const flat = ringsOf(area.province, to);
  const place = fitInto(flat.flat(), box);
  const rings = flat.map((ring) => ring.map(place));
  const [cWest, cSouth, cEast, cNorth] = area.commune.bbox;
  const at = place(to([(cWest + cEast) / 2, (cSouth + cNorth) / 2]));
  const d = pathOf(rings, tolerance) + islandDots(rings, (ring) => pathOf([ring], tolerance) !== '');
  const isWide = east - west > 2 * (north - south);
  return {
    d,
    ...rounded(at),
    left: size.width - insetBox.width - insetBox.margin,
    top: isWide ? 2 : insetBox.margin,
  };
};

/** What the drawing's paths may weigh together, in characters: the whole map stays below 4 KB. */
const longestPaths = 2700;

const drawAt = (area: CommuneArea, size: MapSize, tolerance: number): CommuneDrawing => {
  const [, south, , north] = area.commune.bbox;
  const to = planeAt((south + north) / 2);
  const own = ringsOf(area.commune, to);
  const side = size.width * 0.22;
  const box = { left: side, right: size.width - side, top: size.height * 0.14, bottom: size.height * 0.86 };
  const place = fitInto(own.flat(), box);
  const rings = own.map((ring) => ring.map(place));
  const frame = { left: -6, right: size.width + 6, top: -6, bottom: size.height + 6 };
  const seen = area.neighbours
    .map((outline): Seen => {
      const clipped = ringsOf(outline, to)
        .map((ring) => clipRing(ring.map(place), frame))
        .filter((ring) => ring.length > 3);
      return { name: outline.name, rings: clipped, area: clipped.reduce((sum, ring) => sum + areaOf(ring), 0) };
    })
    .filter((one) => one.area > 60);
  const bounds = boundsOf(rings.flat());
  const least = Math.min(bounds.right - bounds.left, bounds.bottom - bounds.top);
  const at = rounded(middleOf(rings));
  const inset = drawInset(area, size, Math.max(0.6, tolerance * 0.6));
  const name = { text: area.commune.fullName, x: at.x, y: at.y + 26 };
  const taken: Frame[] = [
    boxOf(name.text, name, letterPx.name),
    { left: at.x - 10, right: at.x + 10, top: at.y - 10, bottom: at.y + 10 },
    ...(inset === undefined
      ? []
      : [{ left: inset.left - inside, right: size.width, top: 0, bottom: insetBox.height + insetBox.margin + inside }]),
  ];
  return {
    ...size,
    d: pathOf(rings, tolerance),
    bands: [0.36, 0.23, 0.11].map((share) => Math.round(share * least)),
    at,
    name,
    neighbours: seen.map((one) => pathOf(one.rings, tolerance)).filter((d) => d !== ''),
    names: placeNames(seen, size, taken),
    inset,
  };
};

const weightOf = ({ d, neighbours, inset }: CommuneDrawing): number =>
  d.length + neighbours.join('').length + (inset?.d.length ?? 0);

/** Draws a commune among its neighbours, thinned until it weighs little. */
export function drawCommune(area: CommuneArea, size: MapSize): CommuneDrawing {
  let tolerance = 0.9;
  let drawing = drawAt(area, size, tolerance);
  while (weightOf(drawing) > longestPaths && tolerance < 12) {
    tolerance *= 1.3;
    drawing = drawAt(area, size, tolerance);
  }
  return drawing;
}
