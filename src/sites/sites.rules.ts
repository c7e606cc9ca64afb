// What a site must be before it is believed, what is worked out from its geometry, and what may be changed of it. Pure.
import type { Day } from '../days.ts';
import { AppError, fieldError } from '../errors.ts';
import { fold } from '../fold.ts';
import { polygonsSquareMetres } from '../geometry/area.ts';
import { polygonsOf } from '../geometry/bounds.ts';
import { middleOf } from '../geometry/outline.ts';
import { isSwapped, settlePlace } from '../geometry/settle.ts';
import type { Unit } from '../units/units.types.ts';
import type { GivenGeometry, NewSite, SiteFacts } from './sites.input.ts';
import { readPlaceText, placeFault } from './place-text.ts';
import type { PlaceReport, Site, SiteGeometry } from './sites.types.ts';

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
  return geometry.type === 'Point' ? 0 : Math.round(polygonsSquareMetres(polygonsOf(geometry)));
}

/** The record as it is inserted. */
export function makeSite(newSite: NewSite, producerId: string, now: Date): Site {
  const geometry = settleGeometry(newSite.geometry);
  const facts = { ...newSite, geometry, producerId, areaSquareMetres: areaOf(geometry) };
  return { ...facts, closedOn: undefined, version: 1, createdAt: now };
}

type Made = Omit<SiteFacts, 'geometry' | 'closedOn'> & { geometry: SiteGeometry };

/** What a site is made from as one text, to tell a repeated request from another one whatever has changed since. */
export function contentOf(made: Made): string {
  const { name, kind, geometry, plantingAreaCode, communeCode, communeName, publicPrecision } = made;
  return JSON.stringify([
    name,
    kind,
    geometry.type,
    geometry.coordinates,
    plantingAreaCode,
    communeCode,
    communeName,
    publicPrecision,
  ]);
}

export const factNames = [
  'name',
  'kind',
  'geometry',
  'areaSquareMetres',
  'plantingAreaCode',
  'communeCode',
  'communeName',
  'publicPrecision',
  'closedOn',
] as const;

/** What can be changed of a site, and the area that follows from it, always in the same order. */
export function factsOf(site: Pick<Site, (typeof factNames)[number]>) {
  const { geometry, areaSquareMetres, plantingAreaCode, communeCode, communeName, closedOn } = site;
  return {
    name: site.name,
    kind: site.kind,
    geometry: { type: geometry.type, coordinates: geometry.coordinates } as SiteGeometry,
    areaSquareMetres,
    plantingAreaCode,
    communeCode,
    communeName,
    publicPrecision: site.publicPrecision,
    closedOn,
  };
}

/** What was sent to change a site, settled as a new one would be. Throws 'fields-wrong'; a site can't be closed ahead of time. */
export function settleFacts(given: SiteFacts, today: Day) {
  const geometry = settleGeometry(given.geometry);
  if (given.closedOn !== undefined && given.closedOn > today) throw fieldError('closedOn', 'not-after-today');
  return factsOf({ ...given, geometry, areaSquareMetres: areaOf(geometry), closedOn: given.closedOn });
}

/** Of a household the place is where people live and work: the history says that it changed, not from where to where. */
export function hiddenFacts(isHousehold: boolean): string[] {
  return isHousehold ? ['geometry'] : [];
}

type NamedCommune = { communeCode: string; communeName: string };

/**
 * What was given, its commune named as the register of units names it; `unit` is what its code names there, or undefined. Throws 'fields-wrong'
 * for a name that belongs to another code.
 */
export function settleCommune<T extends NamedCommune>(given: T, unit: Unit | undefined): T {
  if (unit === undefined) return given;
  const { code, name, fullName } = unit;
  if (![fullName, name].some((own) => fold(own) === fold(given.communeName)))
    throw fieldError('communeName', 'commune-differs', { code, name: fullName });
  return { ...given, communeName: fullName };
}

/** A position inside the site, to ask in which commune that lies: the point, or one near the middle of the first plot. */
export function somewhereIn(geometry: SiteGeometry): [longitude: number, latitude: number] {
  if (geometry.type === 'Point') {
    const [longitude = 0, latitude = 0] = geometry.coordinates;
    return [longitude, latitude];
  }
  const [rings = []] = polygonsOf(geometry);
  const { x, y } = middleOf(
    rings.map((ring) => ring.map(([longitude = 0, latitude = 0]) => ({ x: longitude, y: latitude }))),
  );
  return [x, y];
}

const faultOf = (error: AppError): PlaceReport['problem'] => {
  const { code = 'place', facts = {} } = error.fields['geometry'] ?? {};
  const at = error.facts['at'];
  return { code, facts, at: Array.isArray(at) ? (at as number[]) : undefined };
};

/**
 * What would become of a place, without storing anything: its area, or what is wrong and where. `isGeometry` tells whether what was read of a
 * text has the shape of a geometry.
 */
export function reportPlace(
  place: string | GivenGeometry,
  readGeometry: (read: unknown) => GivenGeometry | undefined,
): Omit<PlaceReport, 'commune'> {
  const nothing = { read: undefined, geometry: undefined, areaSquareMetres: 0, corrected: undefined };
  const read = typeof place === 'string' ? readGeometry(readPlaceText(place)) : place;
  if (read === undefined)
    return { ...nothing, problem: { ...placeFault(typeof place === 'string' ? place : ''), at: undefined } };
  try {
    const geometry = settleGeometry(read);
    return { read, geometry, areaSquareMetres: areaOf(geometry), problem: undefined, corrected: undefined };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const corrected = error.facts['corrected'] as SiteGeometry | undefined;
    return { ...nothing, read, problem: faultOf(error), corrected };
  }
}

/**
 * Whether a planting-area code is written as those of the plant-protection authorities usually are (VN-TNOR-0123). Only a hint: what is on the
 * paper counts, and no legal text of the form is known here.
 */
export function isUsualPlantingCode(code: string): boolean {
  return /^VN-[A-Z]{2,6}-?[A-Z]{0,2}-?\d{3,5}$/.test(code.trim().toUpperCase());
}
