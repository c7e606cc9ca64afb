// The commune where something was made, among its neighbours, with its province small in the corner. A diamond stands for the commune, or for
// each place whose outline is public. Pure; the template draws it.
import type { Position } from 'geojson';
import { polygonsOf } from '../geometry/bounds.ts';
import { clipRing } from '../geometry/clip.ts';
import type { Frame } from '../geometry/clip.ts';
import { roundLength } from '../geometry/drawing.ts';
import type { MapSize } from '../geometry/drawing.ts';
import { areaOf, fitInto, islandDots, planeAt, ringsOn, rounded } from '../geometry/flat.ts';
import type { ToPoint } from '../geometry/flat.ts';
import { boundsOf, middleOf, pathOf } from '../geometry/outline.ts';
import type { Point, Ring } from '../geometry/outline.ts';
import type { Geometry } from '../geometry/settle.ts';
import type { CommuneArea, Outline } from '../units/units.types.ts';
import { boxOf, inside, letterPx, placeNames } from './trace.commune.names.ts';
import type { PlacedName, Seen } from './trace.commune.names.ts';

export type CommuneDrawing = MapSize & {
  d: string;
  /** Widths of the three inner bands, in px. */
  bands: number[];
  /** Where the diamonds stand: the public places, else the middle of the commune. */
  marks: Point[];
  name: PlacedName;
  /** Scale bar: length in px and in metres. */
  scale: { px: number; metres: number };
  neighbours: string[];
  names: PlacedName[];
  /** The province in the upper right corner with a dot where the commune is; undefined without its outline. */
  inset: { d: string; x: number; y: number; left: number; top: number } | undefined;
};

const ringsOf = ({ geometry }: Outline, to: ToPoint): Ring[] => ringsOn(geometry, to);

const ringsIn = (geometry: Geometry): Position[][] =>
  geometry.type === 'Point' ? [[geometry.coordinates]] : (polygonsOf(geometry).flat() as Position[][]);

const insetBox = { width: 44, height: 46, margin: 7 };

type Inset = { rings: Ring[]; at: Point; left: number; top: number };

const layInset = ({ province, commune }: CommuneArea, size: MapSize): Inset | undefined => {
  if (province === undefined) return undefined;
  const [, south, , north] = province.bbox;
  const to = planeAt((south + north) / 2);
  const flat = ringsOf(province, to);
  const { place } = fitInto(flat.flat(), { left: 0, right: insetBox.width, top: 0, bottom: insetBox.height });
  const [cWest, cSouth, cEast, cNorth] = commune.bbox;
  return {
    rings: flat.map((ring) => ring.map(place)),
    at: rounded(place(to([(cWest + cEast) / 2, (cSouth + cNorth) / 2]))),
    left: size.width - insetBox.width - insetBox.margin,
    top: insetBox.margin,
  };
};

type Layout = { own: Ring[]; seen: Seen[]; inset: Inset | undefined; marks: Point[]; pxPerMetre: number };

/** Everything in pixels: the commune in the middle, what is seen of its neighbours, the province in the corner. */
const layOut = (area: CommuneArea, size: MapSize, places: readonly Geometry[]): Layout => {
  const [, south, , north] = area.commune.bbox;
  const to = planeAt((south + north) / 2);
  const flat = ringsOf(area.commune, to);
  const side = size.width * 0.22;
  const box = { left: side, right: size.width - side, top: size.height * 0.14, bottom: size.height * 0.86 };
  const { place, pxPerMetre } = fitInto(flat.flat(), box);
  const frame = { left: -6, right: size.width + 6, top: -6, bottom: size.height + 6 };
  const seen = area.neighbours.map((outline): Seen => {
    const clipped = ringsOf(outline, to).map((ring) => clipRing(ring.map(place), frame));
    const rings = clipped.filter((ring) => ring.length > 3);
    return { name: outline.name, rings, area: rings.reduce((sum, ring) => sum + areaOf(ring), 0) };
  });
  return {
    own: flat.map((ring) => ring.map(place)),
    seen: seen.filter((one) => one.area > leastAreaPx),
    inset: layInset(area, size),
    marks: places.map((geometry) =>
      rounded(middleOf(ringsIn(geometry).map((ring) => ring.map((at) => place(to(at)))))),
    ),
    pxPerMetre,
  };
};

/** A neighbour of which less is seen is left out, in square pixels. */
const leastAreaPx = 60;

type Paths = { d: string; neighbours: string[]; inset: string };

const pathsAt = ({ own, seen, inset }: Layout, tolerance: number): Paths => {
  const fine = Math.max(0.6, tolerance * 0.6);
  const province = inset?.rings ?? [];
  return {
    d: pathOf(own, tolerance),
    neighbours: seen.map(({ rings }) => pathOf(rings, tolerance)).filter((d) => d !== ''),
    inset: pathOf(province, fine) + islandDots(province, (ring) => pathOf([ring], fine) !== ''),
  };
};

/** What the drawing's paths may weigh together, in characters: the whole map stays below 4 KB. */
const longestPaths = 2700;

const lightPaths = (layout: Layout): Paths => {
  let tolerance = 0.9;
  let paths = pathsAt(layout, tolerance);
  while (paths.d.length + paths.neighbours.join('').length + paths.inset.length > longestPaths && tolerance < 12) {
    tolerance *= 1.3;
    paths = pathsAt(layout, tolerance);
  }
  return paths;
};

/** North stands in the upper left corner, the scale bar in the lower left. */
const northBox: Frame = { left: 0, right: 32, top: 0, bottom: 42 };
const scaleBox = (size: MapSize, px: number): Frame => ({
  left: 0,
  right: px + 22,
  top: size.height - 34,
  bottom: size.height,
});

const scaleOf = (pxPerMetre: number): CommuneDrawing['scale'] => {
  const metres = roundLength(70 / pxPerMetre);
  return { metres, px: Math.round(metres * pxPerMetre) };
};

const takenBy = (name: PlacedName, marks: readonly Point[], inset: Inset | undefined, size: MapSize): Frame[] => [
  boxOf(name.text, name, letterPx.name),
  northBox,
  ...marks.map((at) => ({ left: at.x - 10, right: at.x + 10, top: at.y - 10, bottom: at.y + 10 })),
  ...(inset === undefined
    ? []
    : [{ left: inset.left - inside, right: size.width, top: 0, bottom: insetBox.height + insetBox.margin + inside }]),
];

/** The name of the commune below its middle, clear of the diamonds. */
const nameAt = (middle: Point, marks: readonly Point[]): Point => {
  const isFree = (y: number): boolean =>
    marks.every((mark) => Math.abs(mark.y - (y - 5)) > 17 || Math.abs(mark.x - middle.x) > 60);
  const y = [26, -14, 40, -28, 54].map((step) => middle.y + step).find(isFree) ?? middle.y + 26;
  return { x: middle.x, y };
};

/** Draws a commune among its neighbours, thinned until it weighs little. `places` are those whose position is public. */
export function drawCommune(area: CommuneArea, size: MapSize, places: readonly Geometry[] = []): CommuneDrawing {
  const layout = layOut(area, size, places);
  const { own, seen, inset } = layout;
  const paths = lightPaths(layout);
  const bounds = boundsOf(own.flat());
  const least = Math.min(bounds.right - bounds.left, bounds.bottom - bounds.top);
  const middle = rounded(middleOf(own));
  const within = layout.marks.filter(({ x, y }) => x > 8 && x < size.width - 8 && y > 8 && y < size.height - 8);
  const marks = within.length === 0 ? [middle] : within;
  const name = { text: area.commune.fullName, ...nameAt(middle, marks) };
  const scale = scaleOf(layout.pxPerMetre);
  return {
    ...size,
    d: paths.d,
    bands: [0.36, 0.23, 0.11].map((share) => Math.round(share * least)),
    marks,
    name,
    scale,
    neighbours: paths.neighbours,
    names: placeNames(seen, { size, own, taken: [...takenBy(name, marks, inset, size), scaleBox(size, scale.px)] }),
    inset: inset === undefined ? undefined : { d: paths.inset, ...inset.at, left: inset.left, top: inset.top },
  };
}
