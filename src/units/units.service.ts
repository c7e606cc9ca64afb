// What people ask of the administrative units: lists for pickers, one by its code, by its name, and the province of today of a former one.
import type { Db } from '../db/connect.ts';
import { fieldError } from '../errors.ts';
import { fold } from '../fold.ts';
import { prepareOutlines } from './outlines.service.ts';
import type { CommunePage, ProvincePage } from './units.input.ts';
import { findCommunes, findUnits, unitModel } from './units.model.ts';
import type { NamePlace } from './units.model.ts';
import { builtInUnits, byName, isFoundBy, unitsNamed } from './units.rules.ts';
import type { Unit } from './units.types.ts';

export { provinceNow } from './former-provinces.ts';
export { archipelagosIn, isWholeCountry } from './outlines.rules.ts';
export {
  communeArea,
  communeAt,
  communeOutlinesIn,
  communeSketches,
  outlineOf,
  outlinesOfProvince,
  provinceSketches,
} from './outlines.service.ts';
export { outlinesImporter, unitsImporter } from './units.import.service.ts';

export type UnitList = { items: Unit[]; next: string | null };

const isCommune = (unit: Unit): boolean => unit.parentCode !== '';
const isAfter = (unit: Unit, after: NamePlace): boolean => {
  const name = fold(unit.name);
  return name > after.name || (name === after.name && unit.code > after.code);
};

/** Built-in communes that nobody imported; an imported one takes the place of its built-in twin. */
const builtInCommunes = async (db: Db): Promise<Unit[]> => {
  const own = builtInUnits.filter(isCommune);
  const imported = new Set(
    (
      await findUnits(
        db,
        own.map(({ code }) => code),
      )
    ).map(({ code }) => code),
  );
  return own.filter(({ code }) => !imported.has(code));
};

type Asked = Parameters<typeof findCommunes>[1];

const communesFound = async (db: Db, asked: Asked): Promise<Unit[]> => {
  const { provinceCode, q = '', after, limit } = asked;
  const [imported, builtIn] = await Promise.all([findCommunes(db, asked), builtInCommunes(db)]);
  const own = builtIn.filter(
    (unit) =>
      (provinceCode === undefined || unit.parentCode === provinceCode) &&
      isFoundBy(unit, q) &&
      (after === undefined || isAfter(unit, after)),
  );
  return [...imported, ...own].sort(byName).slice(0, limit);
};

/** The communes of a province in the order of their names; `q` narrows them to those whose words begin as typed, without marks. */
export async function communesOf(db: Db, provinceCode: string, q = ''): Promise<Unit[]> {
  return communesFound(db, { provinceCode, q });
}

const cursorOf = (unit: Unit): string =>
  Buffer.from(JSON.stringify([fold(unit.name), unit.code])).toString('base64url');

const readCursor = (after: string | undefined): NamePlace | undefined => {
  if (after === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
    if (Array.isArray(read) && typeof read[0] === 'string' && typeof read[1] === 'string')
      return { name: read[0], code: read[1] };
  } catch {
    // Falls through: what can't be read is not a cursor.
  }
  throw fieldError('after', 'cursor');
};

const cut = (found: readonly Unit[], limit: number): UnitList => {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
};

/** The communes of one province, or of all, page by page. Throws 'fields-wrong' for a cursor that can't be read. */
export async function pageCommunes(db: Db, page: CommunePage): Promise<UnitList> {
  const { province: provinceCode, q, limit } = page;
  return cut(await communesFound(db, { provinceCode, q, after: readCursor(page.after), limit: limit + 1 }), limit);
}

/** The 34 provinces, page by page in the order of their names. */
export function pageProvinces(page: ProvincePage): UnitList {
  const after = readCursor(page.after);
  const found = builtInUnits.filter((unit) => !isCommune(unit) && isFoundBy(unit, page.q ?? ''));
  return cut(
    found.sort(byName).filter((unit) => after === undefined || isAfter(unit, after)),
    page.limit,
  );
}

/** The province or commune of a code, or undefined. */
export async function unitByCode(db: Db, code: string): Promise<Unit | undefined> {
  const [imported] = await findUnits(db, [code]);
  return imported ?? builtInUnits.find((unit) => unit.code === code);
}

/** Communes of a province by name, spelled with or without marks: with its kind (`xã La Hiên`) that one, without it all of that name. */
export async function unitsByName(db: Db, provinceCode: string, name: string): Promise<Unit[]> {
  return unitsNamed(await communesOf(db, provinceCode), name);
}

/** What a form offers while a commune's name is typed: `value` is the full name, `label` the code. */
export async function communeOptions(db: Db, provinceCode: string): Promise<{ value: string; label: string }[]> {
  if (provinceCode === '') return [];
  return (await communesOf(db, provinceCode)).map(({ code, fullName }) => ({ value: fullName, label: code }));
}

export type TypedCommune = { provinceCode: string; communeCode: string; communeName: string };

/**
 * Completes what was typed of a commune: the code of a name that one commune of the province has, the full name of a code without name.
 * Anything that is not known stays as typed.
 */
export async function settleCommune(db: Db, typed: TypedCommune): Promise<TypedCommune> {
  const { provinceCode, communeCode, communeName } = typed;
  if (communeCode === '' && communeName !== '') {
    const [unit, another] = await unitsByName(db, provinceCode, communeName);
    if (unit !== undefined && another === undefined)
      return { provinceCode, communeCode: unit.code, communeName: unit.fullName };
  }
  if (communeCode !== '' && communeName === '') {
    const unit = await unitByCode(db, communeCode);
    if (unit?.parentCode === provinceCode) return { ...typed, communeName: unit.fullName };
  }
  return typed;
}

/** Makes the collections known to the connection, so that their indexes are made at start. */
export function prepareUnits(db: Db): void {
  unitModel(db);
  prepareOutlines(db);
}
