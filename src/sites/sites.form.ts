// The forms of sites: their fields, what stands in them, and what was sent as texts of the operation.
import { placeText, readPlaceText, swapPositions } from './place-text.ts';
import type { Site } from './sites.types.ts';

/** All fields of a site's form; `id` of a new one, `version` of a change. */
export const siteFields = [
  'id',
  'version',
  'producerId',
  'name',
  'kind',
  'geometry',
  'plantingAreaCode',
  'communeCode',
  'communeName',
  'publicPrecision',
  'closedOn',
] as const;

export type Body = Record<string, unknown>;

/** What stands in the fields for a stored site. */
export function siteValues(site: Site): Record<string, string> {
  const { name, kind, geometry, plantingAreaCode, communeCode, communeName, publicPrecision, closedOn } = site;
  const facts = { name, kind, plantingAreaCode, communeCode, communeName, publicPrecision };
  return { ...facts, version: String(site.version), geometry: placeText(geometry), closedOn: closedOn ?? '' };
}

/** Which of its buttons sent the form: the pair turned round or not, the commune of the map, the one that was told, or nothing chosen. */
export function answersIn({ swapped, commune }: Body): { isTurned: boolean; commune: 'mapped' | 'told' | undefined } {
  return {
    isTurned: swapped === 'yes',
    commune: commune === 'mapped' || commune === 'told' ? commune : undefined,
  };
}

/** The pasted place as GeoJSON, turned round when the person pressed the button that says so; '' when nothing was pasted. */
export function placeIn(body: Body): unknown {
  const { geometry } = body;
  if (typeof geometry !== 'string' || geometry.trim() === '') return '';
  const place = readPlaceText(geometry);
  return answersIn(body).isTurned ? swapPositions(place) : place;
}

/** The id of the organisation that an address or a form carries, if it does. */
export function producerIn(source: unknown): string | undefined {
  const named = (source as Body | undefined)?.['producerId'];
  return typeof named === 'string' && named !== '' ? named : undefined;
}
