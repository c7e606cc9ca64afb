// The farm map of the public page. Only outlines that the producer made public come in here; a place shown by commune only never gets
// coordinates. Pure.
import { drawPlaces } from '../geometry/drawing.ts';
import type { MapDrawing, MapSize } from '../geometry/drawing.ts';
import type { Site } from '../sites/sites.types.ts';

export type { MapDrawing, MapSize };

/** Draws the outlines of sites whose outline is public; undefined when there are none. */
export function drawMap(sites: readonly Site[], size: MapSize): MapDrawing | undefined {
  return drawPlaces(
    sites.filter((site) => site.publicPrecision === 'outline'),
    size,
  );
}
