// Where units lie: the outline of one, those of a province or around a place, and the commune at a position. Nothing without an import.
import type { Db } from '../db/connect.ts';
import { holds } from '../geometry/bounds.ts';
import { findOutlines, findOutlinesIn, outlineModel } from './outlines.model.ts';
import { findCommunes, findUnits } from './units.model.ts';
import { builtInUnits, readUnitName } from './units.rules.ts';
import type { Bbox, Outline, Unit } from './units.types.ts';

/** The outline of a province or commune, or undefined where none was imported. */
export async function outlineOf(db: Db, code: string): Promise<Outline | undefined> {
  const [outline] = await findOutlines(db, [code]);
  return outline;
}

/** The outlines of a province's communes, as far as both the communes and their outlines were imported. */
export async function outlinesOfProvince(db: Db, provinceCode: string): Promise<Outline[]> {
  const communes = [...(await findCommunes(db, { provinceCode })), ...builtInUnits];
  const codes = communes.filter(({ parentCode }) => parentCode === provinceCode).map(({ code }) => code);
  return findOutlines(db, [...new Set(codes)]);
}

/** The outlines of communes whose boxes touch a box, in whichever province they lie. */
export async function communeOutlinesIn(db: Db, box: Bbox): Promise<Outline[]> {
  return findOutlinesIn(db, 'commune', box);
}

/** The unit of an outline. Where it was not imported as a unit, its province is the one in whose outline it lies ('' when that is not known). */
const unitOf = async (db: Db, outline: Outline, position: readonly [number, number]): Promise<Unit> => {
  const { code, name, fullName } = outline;
  const known = (await findUnits(db, [code]))[0] ?? builtInUnits.find((unit) => unit.code === code);
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

/** Makes the collection known to the connection, so that its indexes are made at start. */
export function prepareOutlines(db: Db): void {
  outlineModel(db);
}
