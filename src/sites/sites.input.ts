// What a producer gives to mark a place of production.
import { z } from 'zod';
import { communeCode, day, line, listing, newId, seenVersion, text } from '../fields.ts';
import { publicPrecisions, siteKinds, siteStates } from './sites.types.ts';

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

const facts = {
  name: line(80),
  kind: z.enum(siteKinds),
  geometry: siteGeometry,
  plantingAreaCode: text(40)
    .refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' })
    .default(''),
  communeCode,
  communeName: line(80),
  publicPrecision: z.enum(publicPrecisions).default('commune'),
};

export const newSite = z.strictObject({ id: newId, ...facts });
export type NewSite = z.output<typeof newSite>;

/** The whole record as it shall be, and the version that the person saw. Without `closedOn` the site is in use. */
export const changedSite = z.strictObject({ version: seenVersion, ...facts, closedOn: day.optional() });
export type ChangedSite = z.output<typeof changedSite>;
export type SiteFacts = Omit<ChangedSite, 'version'>;

export const sitePage = z.strictObject({
  ...listing,
  kind: z.enum(siteKinds).optional(),
  commune: communeCode.optional(),
  state: z.enum(siteStates).optional(),
});
export type SitePage = z.output<typeof sitePage>;

/** A place to be looked at before it is saved, as text or as GeoJSON. */
export const askedPlace = z.strictObject({ place: z.union([z.string().max(90_000), siteGeometry]) });
