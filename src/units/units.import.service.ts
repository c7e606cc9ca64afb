// Administrative units and their outlines from files. Reading is pure; only an administrator stores.
import { compareReference, storeReference } from '../audit/reference.ts';
import type { ReferenceKind } from '../audit/reference.ts';
import type { ImportFile, Importer, ReadRows } from '../importing/importing.types.ts';
import { looksLikeJson, readJson } from '../importing/json-file.ts';
import { readTable } from '../importing/table.ts';
import { outlineModel } from './outlines.model.ts';
import { readOutlines } from './outlines.rules.ts';
import { unitModel } from './units.model.ts';
import { readUnits, readUnitsJson } from './units.reading.rules.ts';
import type { OutlineRecord, UnitRecord } from './units.types.ts';

const units: ReferenceKind<UnitRecord> = {
  model: unitModel as never,
  key: ['code'],
  facts: ['name', 'fullName', 'kind', 'parentCode'],
  what: 'unit-imported',
};

const outlines: ReferenceKind<OutlineRecord> = {
  model: outlineModel as never,
  key: ['code'],
  facts: ['name', 'fullName', 'level', 'geometry'],
  heavy: ['geometry'],
  what: 'outline-imported',
};

// As officials head these columns.
const headings = {
  ma: 'code',
  'ma don vi': 'code',
  'ma xa': 'code',
  ten: 'name',
  'ten don vi': 'name',
  'cap tren': 'parent',
  'ma tinh': 'parent',
};

const readUnitsTable = async (file: ImportFile): Promise<ReadRows<UnitRecord>> => {
  const table = await readTable(file, ['code', 'name', 'parent'], headings);
  if (table.faults.length > 0) return { rows: [], faults: table.faults };
  return readUnits(
    table.rows.map(({ line, cells, faults }) => {
      const unit = { line, code: cells['code'] ?? '', name: cells['name'] ?? '', parent: cells['parent'] ?? '' };
      return faults.length > 0 ? { ...unit, faults } : unit;
    }),
  );
};

const readUnitsFile = (file: ImportFile): ReadRows<UnitRecord> => {
  const json = readJson(file);
  return json.ok ? readUnitsJson(json.value) : { rows: [], faults: json.faults };
};

/** Provinces and communes: JSON of provinces with `Wards`, or a table with the columns code, name, parent. */
export const unitsImporter: Importer<UnitRecord> = {
  kind: 'units',
  read: async (file) => (looksLikeJson(file) ? readUnitsFile(file) : readUnitsTable(file)),
  compare: (db, values) => compareReference(db, units, values),
  store: (db, actor, values, now) => storeReference(db, units, actor, values, now),
};

/** Outlines of provinces and communes: a GeoJSON FeatureCollection, WGS 84, longitude first. */
export const outlinesImporter: Importer<OutlineRecord> = {
  kind: 'outlines',
  read(file) {
    const json = readJson(file);
    return Promise.resolve(json.ok ? readOutlines(json.value) : { rows: [], faults: json.faults });
  },
  compare: (db, values) => compareReference(db, outlines, values),
  store: (db, actor, values, now) => storeReference(db, outlines, actor, values, now),
};
