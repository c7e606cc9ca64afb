// The country or a province as a drawing: each part tinted by its number, with the number on it where there is room. Pure; a template draws it.
import { roundLength } from '../geometry/drawing.ts';
import type { MapSize } from '../geometry/drawing.ts';
import { areaOf, fitInto, islandDots, planeAt, ringsOn, rounded } from '../geometry/flat.ts';
import { boundsOf, middleOf, pathOf } from '../geometry/outline.ts';
import type { Point, Ring } from '../geometry/outline.ts';
import type { MapFacts } from './catalog.map.types.ts';
import type { ArchipelagoKey, Outline } from '../units/units.types.ts';

export type DrawnPart = { code: string; d: string };
export type Badge = Point & { code: string; count: number };

export type PartsDrawing = MapSize & {
  parts: DrawnPart[];
  /** Numbers on the drawing, none over another. */
  badges: Badge[];
  /** The province around communes; ''. */
  around: string;
  archipelagos: (Point & { key: ArchipelagoKey })[];
  scale: { px: number; metres: number };
};

const widthPx = 720;
const mostHeightPx = 860;
const marginPx = 28;
const tolerancePx = 0.7;
const islandPx = 3;
const badgeRadiusPx = 21;
const archipelagoHalfWidthPx = 128;

const bboxOf = (outlines: readonly Outline[]) => ({
  south: Math.min(...outlines.map(({ bbox }) => bbox[1])),
  north: Math.max(...outlines.map(({ bbox }) => bbox[3])),
});

const pathWithIslands = (rings: readonly Ring[]): string =>
  pathOf(rings, tolerancePx) + islandDots(rings, (ring) => pathOf([ring], tolerancePx) !== '', islandPx);

const largestOf = (rings: readonly Ring[]): Ring[] =>
  [...rings].sort((left, right) => areaOf(right) - areaOf(left)).slice(0, 1);

/** The highest numbers first; one that would lie on another is left to the list. */
const badgesOf = (flat: readonly { code: string; rings: Ring[] }[], countOf: (code: string) => number): Badge[] => {
  const placed: Badge[] = [];
  const counted = flat.map(({ code, rings }) => ({ code, rings, count: countOf(code) }));
  for (const { code, rings, count } of counted.sort((left, right) => right.count - left.count)) {
    if (count === 0) break;
    const at = rounded(middleOf(largestOf(rings)));
    const isFree = placed.every(({ x, y }) => Math.hypot(x - at.x, y - at.y) > 2 * badgeRadiusPx);
    if (isFree) placed.push({ code, count, ...at });
  }
  return placed;
};

/** Draws the parts, all of them in sight; undefined when there are none. `around` is the province that communes lie in. */
export function drawParts(
  { outlines, around, archipelagos }: Pick<MapFacts, 'outlines' | 'around' | 'archipelagos'>,
  countOf: (code: string) => number,
): PartsDrawing | undefined {
  if (outlines.length === 0) return undefined;
  const all = around === undefined ? [...outlines] : [...outlines, around];
  const { south, north } = bboxOf(all);
  const to = planeAt((south + north) / 2);
  const onPlane = outlines.map(({ code, geometry }) => ({ code, rings: ringsOn(geometry, to) }));
  const aroundRings = around === undefined ? [] : ringsOn(around.geometry, to);
  const points = [...onPlane.flatMap(({ rings }) => rings.flat()), ...aroundRings.flat()];
  const { left, right, top, bottom } = boundsOf(points);
  const inner = widthPx - 2 * marginPx;
  const height = Math.min(mostHeightPx, Math.round((inner * (bottom - top)) / (right - left)) + 2 * marginPx);
  const frame = { left: marginPx, right: widthPx - marginPx, top: marginPx, bottom: height - marginPx };
  const { place, pxPerMetre } = fitInto(points, frame);
  const flat = onPlane.map(({ code, rings }) => ({ code, rings: rings.map((ring) => ring.map(place)) }));
  const metres = roundLength(140 / pxPerMetre);
  return {
    width: widthPx,
    height,
    parts: flat.map(({ code, rings }) => ({ code, d: pathWithIslands(rings) })),
    badges: badgesOf(flat, countOf),
    around: pathWithIslands(aroundRings.map((ring) => ring.map(place))),
    archipelagos: archipelagos.map(({ key, bbox: [west, low, east] }) => {
      const at = rounded(place(to([(west + east) / 2, low])));
      const x = Math.min(widthPx - archipelagoHalfWidthPx, Math.max(archipelagoHalfWidthPx, at.x));
      return { key, x, y: Math.min(height - 8, at.y + 26) };
    }),
    scale: { metres, px: Math.round(metres * pxPerMetre) },
  };
}
