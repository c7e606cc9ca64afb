// Where units lie: the outline of one, those of a province or around a place, and the commune at a position. Nothing without an import.
import type { Db } from '../db/connect.ts';
import { holds } from '../geometry/bounds.ts';
import { findOutlines, findOutlinesIn, findSketches, findSketchesIn, outlineModel } from './outlines.model.ts';
import { findCommunes, findUnits } from './units.model.ts';
import { builtInUnits, readUnitName } from './units.rules.ts';
import type { Bbox, CommuneArea, Outline, Unit } from './units.types.ts';

/** The outline of a province or commune, or undefined where none was imported. */
export async function outlineOf(db: Db, code: string): Promise<Outline | undefined> {
  const [outline] = await findOutlines(db, [code]);
  return outline;
}

const communeCodes = async (db: Db, provinceCode: string): Promise<string[]> => {
  const communes = [...(await findCommunes(db, { provinceCode })), ...builtInUnits];
  const own = communes.filter(({ parentCode }) => parentCode === provinceCode);
  return [...new Set(own.map(({ code }) => code))];
};

/** The outlines of a province's communes, as far as both the communes and their outlines were imported. */
export async function outlinesOfProvince(db: Db, provinceCode: string): Promise<Outline[]> {
  return findOutlines(db, await communeCodes(db, provinceCode));
}

/** The same as drawings show them, thinned. */
export async function communeSketches(db: Db, provinceCode: string): Promise<Outline[]> {
  return findSketches(db, await communeCodes(db, provinceCode));
}

/** The outlines of these provinces as far as they were imported, thinned for drawing. */
export async function provinceSketches(db: Db, codes: readonly string[]): Promise<Outline[]> {
  return findSketches(db, codes);
}

/** The outlines of communes whose boxes touch a box, in whichever province they lie. */
export async function communeOutlinesIn(db: Db, box: Bbox): Promise<Outline[]> {
  return findOutlinesIn(db, 'commune', box);
}

const knownUnit = async (db: Db, code: string): Promise<Unit | undefined> =>
  (await findUnits(db, [code]))[0] ?? builtInUnits.find((unit) => unit.code === code);

/** The unit of an outline. Where it was not imported as a unit, its province is the one in whose outline it lies ('' when that is not known). */
const unitOf = async (db: Db, outline: Outline, position: readonly [number, number]): Promise<Unit> => {
  const { code, name, fullName } = outline;
  const known = await knownUnit(db, code);
  if (known !== undefined) return known;
  const [longitude, latitude] = position;
  const provinces = await findOutlinesIn(db, 'province', [longitude, latitude, longitude, latitude]);
  const parentCode = provinces.find(({ geometry }) => holds(geometry, position))?.code ?? '';
  return { code, name, fullName, kind: readUnitName(fullName)?.kind ?? 'commune', parentCode };
};

/** The commune in whose imported outline a position (longitude, latitude) lies, or undefined. */
export async function communeAt(db: Db, position: readonly [number, number]): Promise<Unit | undefined> {
  const [longitude, latitude] = position;
  const near = await findOutlinesIn(db, 'commune', [longitude, latitude, longitude, latitude]);
  const outline = near.find(({ geometry }) => holds(geometry, position));
  return outline === undefined ? undefined : unitOf(db, outline, position);
}

/** How much of the ground around a commune a map of it may show, in sizes of the commune on each side. */
const around = 1.2;

/**
 * A commune with the communes around it and its province, thinned for drawing; undefined where the commune's outline was not imported. Neighbours
 * may be of other provinces. `provinceCode` is that of the province where the commune itself was not imported as a unit.
 */
export async function communeArea(db: Db, code: string, provinceCode: string): Promise<CommuneArea | undefined> {
  if (code === '') return undefined;
  const parentCode = (await knownUnit(db, code))?.parentCode ?? provinceCode;
  const sketches = await findSketches(db, [code, parentCode]);
  const commune = sketches.find((outline) => outline.code === code && outline.level === 'commune');
  if (commune === undefined) return undefined;
  const [west, south, east, north] = commune.bbox;
  const reach = Math.max(east - west, north - south) * around;
  const near = await findSketchesIn(db, 'commune', [west - reach, south - reach, east + reach, north + reach]);
  return {
    commune,
    neighbours: near.filter((outline) => outline.code !== code),
    province: sketches.find(({ level }) => level === 'province'),
  };
}

/** Makes the collection known to the connection, so that its indexes are made at start. */
export function prepareOutlines(db: Db): void {
  outlineModel(db);
}
