// From degrees to a flat drawing: a plane in metres, north up, fitted into a box of pixels. Pure.
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { polygonsOf } from './bounds.ts';
import type { Frame } from './clip.ts';
import { boundsOf, middleOf } from './outline.ts';
import type { Point, Ring } from './outline.ts';

export type ToPoint = (position: Position) => Point;
export type Fitted = { place: (point: Point) => Point; pxPerMetre: number };

const metresPerDegree = 111_320;

/** Equirectangular at a latitude, in metres, north up. */
export const planeAt = (latitude: number): ToPoint => {
  const east = Math.cos((latitude * Math.PI) / 180) * metresPerDegree;
  return ([longitude = 0, north = 0]) => ({ x: longitude * east, y: -north * metresPerDegree });
};

/** All rings of an outline on the plane. */
export const ringsOn = (geometry: Polygon | MultiPolygon, to: ToPoint): Ring[] =>
  polygonsOf(geometry)
    .flat()
    .map((ring) => ring.map((position) => to(position as Position)));

/** Puts points into a box of the drawing, as large as they fit, in its middle. */
export const fitInto = (points: readonly Point[], box: Frame): Fitted => {
  const { left, right, top, bottom } = boundsOf(points);
  const scale = Math.min((box.right - box.left) / (right - left), (box.bottom - box.top) / (bottom - top));
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const place = ({ x, y }: Point): Point => ({
    x: middle.x + (x - (left + right) / 2) * scale,
    y: middle.y + (y - (top + bottom) / 2) * scale,
  });
  return { place, pxPerMetre: scale };
};

export const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

/** Square pixels of a closed ring. */
export const areaOf = (ring: Ring): number =>
  Math.abs(ring.slice(1).reduce((sum, to, at) => sum + (ring[at]?.x ?? 0) * to.y - to.x * (ring[at]?.y ?? 0), 0)) / 2;

/** An island smaller than a pixel is drawn as a dot, each place once: no archipelago may fall out of a map. */
export const islandDots = (rings: readonly Ring[], drawn: (ring: Ring) => boolean, sidePx = 1): string => {
  const middles = rings.filter((ring) => !drawn(ring)).map((ring) => middleOf([ring]));
  const dot = `h${sidePx}v${sidePx}h-${sidePx}z`;
  return [...new Set(middles.map(({ x, y }) => `M${Math.round(x)} ${Math.round(y)}${dot}`))].join('');
};
