// Sites (vùng sản xuất): where things grow, are made and are kept.
import type { MultiPolygon, Point, Polygon } from 'geojson';

export const siteKinds = ['plot', 'orchard', 'apiary', 'workshop', 'store'] as const;
export type SiteKind = (typeof siteKinds)[number];

/** How finely the public may see a site: its outline, or only the commune. */
export const publicPrecisions = ['outline', 'commune'] as const;
export type PublicPrecision = (typeof publicPrecisions)[number];

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
  version: number;
  createdAt: Date;
};
