// Boxes around geometries, and whether a position lies in one. Pure.
import type { MultiPolygon, Polygon } from 'geojson';
import { whereIn } from './crossing.ts';
import type { Position } from './crossing.ts';

/** West, south, east, north in degrees. */
export type Box = [west: number, south: number, east: number, north: number];

/** The polygons of a geometry: each an outer ring, then holes. */
export function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** The box around positions; they must be some. */
export function boxOf(positions: readonly Position[]): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [longitude = 0, latitude = 0] of positions) {
    box[0] = Math.min(box[0], longitude);
    box[1] = Math.min(box[1], latitude);
    box[2] = Math.max(box[2], longitude);
    box[3] = Math.max(box[3], latitude);
  }
  return box;
}

/** Whether a position lies in the geometry; its border counts, its holes do not. */
export function holds(geometry: Polygon | MultiPolygon, position: Position): boolean {
  return polygonsOf(geometry).some(
    ([outer = [], ...holes]) =>
      whereIn(outer, position) !== 'outside' && holes.every((hole) => whereIn(hole, position) !== 'inside'),
  );
}
