// What a site's geometry must be before it is believed, and what is worked out from it. Pure.
import { isDeepStrictEqual } from 'node:util';
import { polygonsSquareMetres } from '../geometry/area.ts';
import { isSwapped, settlePlace } from '../geometry/settle.ts';
import type { GivenGeometry, NewSite } from './sites.input.ts';
import type { Site, SiteGeometry } from './sites.types.ts';

export { isSwapped };

const mostPositions = 2000;

/**
 * The geometry as it is kept: two numbers a position, rings closed and wound as RFC 7946 says. Throws 'fields-wrong' at `geometry`, with the
 * place concerned: too many positions, outside Viet Nam, latitude and longitude exchanged, too short, crossing itself, overlapping.
 */
export function settleGeometry(given: GivenGeometry): SiteGeometry {
  return settlePlace(given, mostPositions);
}

/** Whole square metres on the ellipsoid; 0 for a point. */
export function areaOf(geometry: SiteGeometry): number {
  if (geometry.type === 'Point') return 0;
  return Math.round(polygonsSquareMetres(geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates));
}

/** The record as it is inserted. */
export function makeSite(newSite: NewSite, producerId: string, now: Date): Site {
  const geometry = settleGeometry(newSite.geometry);
  return { ...newSite, geometry, producerId, areaSquareMetres: areaOf(geometry), version: 1, createdAt: now };
}

const sentFacts = ({ version: _v, createdAt: _c, ...facts }: Site) => facts;

/** Whether a stored site was made with exactly this content. */
export function isSameSite(stored: Site, made: Site): boolean {
  return isDeepStrictEqual(sentFacts(stored), sentFacts(made));
}
