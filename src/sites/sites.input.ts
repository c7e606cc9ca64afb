// What a producer gives to mark a place of production.
import { z } from 'zod';
import { communeCode, line, newId, paging, text } from '../fields.ts';
import { publicPrecisions, siteKinds } from './sites.types.ts';

// WGS 84, longitude first, perhaps a height (RFC 7946, 3.1.1).
const position = z.array(z.number()).min(2).max(3);
const ring = z.array(position).min(1);

/** A GeoJSON geometry; members that are not needed (bbox, crs) are left out. Rings may come unclosed. */
export const siteGeometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: position }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
]);
export type GivenGeometry = z.output<typeof siteGeometry>;

export const newSite = z.strictObject({
  id: newId,
  name: line(80),
  kind: z.enum(siteKinds),
  geometry: siteGeometry,
  plantingAreaCode: text(40)
    .refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' })
    .default(''),
  communeCode,
  communeName: line(80),
  publicPrecision: z.enum(publicPrecisions).default('commune'),
});
export type NewSite = z.output<typeof newSite>;

export const sitePage = z.strictObject(paging);
export type SitePage = z.output<typeof sitePage>;
