// Sites (vùng sản xuất): where things grow, are made and are kept.
import type { MultiPolygon, Point, Polygon } from 'geojson';
import type { Day } from '../days.ts';

export const siteKinds = ['plot', 'orchard', 'apiary', 'workshop', 'store'] as const;
export type SiteKind = (typeof siteKinds)[number];

/** How finely the public may see a site: its outline, or only the commune. */
export const publicPrecisions = ['outline', 'commune'] as const;
export type PublicPrecision = (typeof publicPrecisions)[number];

export const siteStates = ['open', 'closed'] as const;
export type SiteState = (typeof siteStates)[number];

/** WGS 84, longitude first (RFC 7946). */
export type SiteGeometry = Polygon | MultiPolygon | Point;

export type Site = {
  id: string;
  producerId: string;
  name: string;
  kind: SiteKind;
  geometry: SiteGeometry;
  /** Worked out from the outline on the ellipsoid; 0 for a point. */
  areaSquareMetres: number;
  /** Planting-area code (mã số vùng trồng); '' when none. */
  plantingAreaCode: string;
  communeCode: string;
  communeName: string;
  publicPrecision: PublicPrecision;
  /** The day from which it is no longer used; no new batch can choose it then. */
  closedOn: Day | undefined;
  version: number;
  createdAt: Date;
};

/** What a text or a geometry says of a place, before anything is stored. */
export type PlaceReport = {
  /** As it was read, without any check; undefined when it can't be read. */
  read: SiteGeometry | undefined;
  /** As it would be kept; undefined when it can't be. */
  geometry: SiteGeometry | undefined;
  areaSquareMetres: number;
  /** What is wrong: a key under i18n `fields` with its facts, and where (longitude, latitude). */
  problem: { code: string; facts: Record<string, string | number>; at: number[] | undefined } | undefined;
  /** Latitude and longitude exchanged back, for whoever says that this is meant. */
  corrected: SiteGeometry | undefined;
  /** The commune in whose imported outline it lies. */
  commune: { code: string; name: string } | undefined;
};
