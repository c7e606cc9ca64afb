// Lists of administrative units as files: the JSON of provinces with their communes, or a table of code, name, parent. Pure.
import { z } from 'zod';
import { line } from '../fields.ts';
import type { ImportFault, ReadRow, ReadRows } from '../importing/importing.types.ts';
import { faultsOf } from '../importing/json-file.ts';
import { isProvinceCode, provinceFullName } from './provinces.types.ts';
import { isProvinceKind, readUnitName, unitWords } from './units.rules.ts';
import type { UnitRecord } from './units.types.ts';

type Row = ReadRow<UnitRecord>;

/** A unit as a file gives it: '' for the parent of a province. `faults` are those of a row that could not be taken apart. */
export type GivenUnit = { line: number; code: string; name: string; parent: string; faults?: ImportFault[] };

const nameShape = line(80);
const mostUnits = 20_000;

const codeFaults = ({ code, parent }: GivenUnit): ImportFault[] => {
  const isProvince = parent === '';
  if (isProvince && /^\d{2}$/.test(code))
    return isProvinceCode(code) ? [] : [{ column: 'code', code: 'province-code-unknown' }];
  if (!isProvince && /^\d{5}$/.test(code)) return [];
  if (code === '') return [{ column: 'code', code: 'required' }];
  // A spreadsheet that took the code for a number has thrown its zeros away; guessing them back could name another unit.
  const isCut = /^\d+$/.test(code) && code.length < (isProvince ? 2 : 5);
  return [{ column: 'code', code: isCut ? 'zeros-lost' : isProvince ? 'province-code' : 'commune-code' }];
};

const parentFaults = ({ parent }: GivenUnit): ImportFault[] => {
  if (parent === '' || isProvinceCode(parent)) return [];
  return [{ column: 'parent', code: /^\d$/.test(parent) ? 'zeros-lost' : 'province-code-unknown' }];
};

const namesOf = ({ name, parent }: GivenUnit) => {
  const read = nameShape.safeParse(name, { reportInput: true });
  if (!read.success) return { faults: faultsOf(read.error, ['name']) };
  const found = readUnitName(read.data);
  if (found === undefined) return { faults: [{ column: 'name', code: 'unit-kind' }] };
  if (isProvinceKind(found.kind) !== (parent === '')) return { faults: [{ column: 'name', code: 'unit-level' }] };
  return { found, faults: [] };
};

const readOne = (given: GivenUnit): Row => {
  const { line, code, parent } = given;
  const label = `${code} ${given.name}`.trim().slice(0, 120);
  const { found, faults: nameFaults } = namesOf(given);
  const faults = given.faults ?? [...codeFaults(given), ...parentFaults(given), ...nameFaults];
  if (faults.length > 0 || found === undefined) return { line, label, value: undefined, faults, remarks: [] };
  const unit = { code, ...found, parentCode: parent };
  const isRenamed = parent === '' && provinceFullName(code) !== unit.fullName;
  const remarks = isRenamed ? ['province-renamed'] : [];
  return { line, label, value: { ...unit, ...unitWords(unit) }, faults, remarks };
};

const markRepeated = (rows: Row[]): Row[] => {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const code = row.value?.code;
    if (code === undefined) return row;
    const before = first.get(code);
    if (before === undefined) {
      first.set(code, row.line);
      return row;
    }
    return { ...row, value: undefined, faults: [{ column: 'code', code: 'twice', facts: { line: before } }] };
  });
};

/** Units of any file, each row by itself; a code that comes twice is a fault of the later row. */
export function readUnits(given: readonly GivenUnit[]): ReadRows<UnitRecord> {
  if (given.length === 0) return { rows: [], faults: [{ column: '', code: 'file-empty' }] };
  if (given.length > mostUnits)
    return { rows: [], faults: [{ column: '', code: 'file-too-many-rows', facts: { maximum: mostUnits } }] };
  return { rows: markRepeated(given.map(readOne)), faults: [] };
}

const wardShape = z.object({ Code: z.string(), FullName: z.string(), ProvinceCode: z.string().optional() });
const provinceShape = z.object({ Code: z.string(), FullName: z.string(), Wards: z.array(z.unknown()) });

const brokenUnit = (error: z.ZodError, path: readonly PropertyKey[]): Omit<GivenUnit, 'line'> => {
  const faults = faultsOf(error, path);
  return { code: '', name: faults[0]?.column ?? '', parent: '', faults };
};

const givenWard = (item: unknown, province: string, path: readonly PropertyKey[]): Omit<GivenUnit, 'line'> => {
  const read = wardShape.safeParse(item, { reportInput: true });
  if (!read.success) return brokenUnit(read.error, path);
  const { Code: code, FullName: name, ProvinceCode: named = province } = read.data;
  const ward = { code, name, parent: province };
  return named === province ? ward : { ...ward, faults: [{ column: 'ProvinceCode', code: 'parent-differs' }] };
};

const givenProvince = (item: unknown, place: number): Omit<GivenUnit, 'line'>[] => {
  const read = provinceShape.safeParse(item, { reportInput: true });
  if (!read.success) return [brokenUnit(read.error, [place])];
  const { Code: code, FullName: name, Wards: wards } = read.data;
  return [{ code, name, parent: '' }, ...wards.map((ward, at) => givenWard(ward, code, [place, 'Wards', at]))];
};

/** The JSON of provinces with `Code`, `FullName` and `Wards`; rows count provinces and communes in the order of the file. */
export function readUnitsJson(value: unknown): ReadRows<UnitRecord> {
  if (!Array.isArray(value)) return { rows: [], faults: [{ column: '', code: 'not-a-list' }] };
  const given = (value as unknown[]).flatMap(givenProvince);
  return readUnits(given.map((unit, place) => ({ ...unit, line: place + 1 })));
}
