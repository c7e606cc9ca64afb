// One row of a list of recognitions -> what it says, or what is wrong with it. Pure.
import { createHash } from 'node:crypto';
import { fold } from '../fold.ts';
import type { ImportFault, ReadRow } from '../importing/importing.types.ts';
import type { ListedAs, ListedDate, Recognition } from './imports.recognitions.types.ts';
import {
  isPrinted,
  numberMeaning,
  ownerMeaning,
  productMeaning,
  readDate,
  readIssuer,
  readOwnerKind,
  readStars,
  readState,
} from './imports.recognitions.words.ts';

/** A row by the columns of `requiredColumns` and their optional companions; `columns` gives back how the file heads each. */
export type ListedRow = {
  line: number;
  cells: Readonly<Record<string, string>>;
  columns: Readonly<Record<string, string>>;
  faults: readonly ImportFault[];
};

/** What the rules ask of the administrative units. */
export type Provinces = {
  /** Code of the province of today, by the name of a former or present one. */
  codeOf(name: string): string | undefined;
  /** Whether a province of today has this name. */
  isOfToday(name: string): boolean;
  /** Whether a city of this name is one of the provinces of today. */
  isCity(name: string): boolean;
};

const longest: Readonly<Record<string, number>> = {
  product_name: 200,
  owner: 200,
  group_in_source: 100,
  decision_number: 100,
  product_code: 100,
  issuer: 200,
  source: 100,
  evidence_level: 100,
  note: 1000,
  commune_now: 80,
  commune_then: 80,
  district_then: 80,
  province_then: 80,
  province_now: 80,
};

/** SHA-256 over parts that no text can run together. */
const keyOf = (...parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** A row being read: its texts by column, and the faults found so far. */
type Row = {
  faults: ImportFault[];
  /** On one line; '' for a column that the list does not have. */
  cell(name: string): string;
  wrong(name: string, code: string, facts?: ImportFault['facts']): void;
};

const openRow = ({ cells, columns, faults: given }: ListedRow): Row => {
  const faults = [...given];
  const row: Row = {
    faults,
    cell: (name) => (cells[name] ?? '').replace(/\s+/g, ' ').trim(),
    wrong(name, code, facts) {
      const column = columns[name] ?? name;
      faults.push(facts === undefined ? { column, code } : { column, code, facts });
    },
  };
  for (const [name, maximum] of Object.entries(longest)) {
    if (row.cell(name).length > maximum) row.wrong(name, 'too-long', { maximum });
  }
  return row;
};

const readDateOf = (row: Row, name: string): ListedDate | undefined => {
  const text = row.cell(name);
  if (text === '') return undefined;
  const date = readDate(text);
  if (date === undefined) row.wrong(name, 'date', { value: text.slice(0, 40) });
  return date;
};

const textOf = (date: ListedDate | undefined): string =>
  date === undefined ? '' : 'day' in date ? date.day : date.part;

const readProvince = (row: Row, provinces: Provinces): string => {
  const now = row.cell('province_now');
  const then = row.cell('province_then');
  if (now === '' && then === '') row.wrong('province_now', 'province-missing');
  const codes = [now, then].filter((name) => name !== '').map((name) => provinces.codeOf(name));
  if (codes.includes(undefined)) {
    row.wrong(codes[0] === undefined && now !== '' ? 'province_now' : 'province_then', 'province-unknown');
  } else if (new Set(codes).size > 1) row.wrong('province_now', 'province-differs');
  return codes[0] ?? '';
};

const withCapital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);

/** The address of the list's own time in words, when today's is another one. */
const readFormerAddress = (row: Row, provinces: Provinces): string => {
  const [commune, district] = [row.cell('commune_then'), row.cell('district_then')];
  const province = row.cell('province_then');
  const isSame = district === '' && (commune === '' || fold(commune) === fold(row.cell('commune_now')));
  if (isSame && (province === '' || provinces.isOfToday(province))) return '';
  return [commune, district, province]
    .filter((part) => part !== '')
    .map(withCapital)
    .join(', ');
};

const readOwner = (row: Row, provinces: Provinces): Recognition['owner'] => {
  const name = row.cell('owner');
  const provinceCode = readProvince(row, provinces);
  return {
    key: keyOf('owner', ownerMeaning(name), provinceCode),
    name,
    kind: readOwnerKind(row.cell('owner_kind'), name),
    provinceCode,
    commune: withCapital(row.cell('commune_now')),
    formerAddress: readFormerAddress(row, provinces),
  };
};

const readListedStars = (row: Row): number | undefined => {
  const text = row.cell('stars');
  const stars = text === '' ? undefined : readStars(text);
  if (text !== '' && stars === undefined) row.wrong('stars', 'stars', { value: text.slice(0, 40) });
  return stars;
};

const readListedState = (row: Row): ListedAs => {
  const text = row.cell('status');
  const state = readState(text);
  if (text === '') row.wrong('status', 'required');
  else if (state === undefined) row.wrong('status', 'status', { value: text.slice(0, 100) });
  return state ?? 'in-scoring';
};

// Resolution 175/2024/QH15: Huế has been a centrally run city since 1 January 2025; before, a town of its province bore the name.
const isCityOn = (city: string, date: ListedDate | undefined, provinces: Provinces): boolean =>
  provinces.isCity(city) && (fold(city) !== 'hue' || textOf(date) >= '2025');

type LastDay = { printed: string | undefined; remarks: string[]; note: string };

/** A computed or partial last day is told in the note, never taken for the printed one. */
const readLastDay = (row: Row, date: ListedDate | undefined): LastDay => {
  const last = readDateOf(row, 'expiry_date');
  if (last === undefined) return { printed: undefined, remarks: [], note: '' };
  const basis = row.cell('expiry_basis');
  // 2020-11 comes before every day of November 2020 and after every day of October.
  if (date !== undefined && textOf(last) < textOf(date)) row.wrong('expiry_date', 'before-decision');
  if ('day' in last && isPrinted(basis)) return { printed: last.day, remarks: [], note: '' };
  const remark = 'day' in last ? 'last-day-computed' : 'last-day-partial';
  return {
    printed: undefined,
    remarks: [remark],
    note: `hết hạn trong danh sách: ${textOf(last)}${basis === '' ? '' : ` (${basis})`}`,
  };
};

const stateRemarks: Readonly<Record<ListedAs, string[]>> = {
  recognised: [],
  scored: ['kept-scored'],
  removed: ['kept-removed'],
  potential: ['kept-potential'],
  'in-scoring': ['kept-in-scoring'],
};

const noteOf = (row: Row, lastDay: string): string => {
  const score = row.cell('score');
  return [row.cell('note'), score === '' ? '' : `điểm ${score}`, lastDay].filter((part) => part !== '').join('; ');
};

/** Understands one row. `fallbackSource` names the list where a row does not say where it comes from. */
export function readRecognition(listed: ListedRow, provinces: Provinces, fallbackSource: string): ReadRow<Recognition> {
  const row = openRow(listed);
  const name = row.cell('product_name');
  const label = [row.cell('id'), name]
    .filter((part) => part !== '')
    .join(' · ')
    .slice(0, 120);
  if (name === '') row.wrong('product_name', 'required');
  const owner = readOwner(row, provinces);
  const listedAs = readListedState(row);
  const stars = readListedStars(row);
  const date = readDateOf(row, 'decision_date');
  const lastDay = readLastDay(row, date);
  const product = { key: keyOf('product', owner.key, productMeaning(name)), name, group: row.cell('group_in_source') };
  const issuerName = row.cell('issuer');
  const decision = {
    number: row.cell('decision_number'),
    code: row.cell('product_code'),
    issuerLevel: readIssuer(issuerName, (city) => isCityOn(city, date, provinces)),
    issuerName,
    date,
    lastDayPrinted: lastDay.printed,
    stars,
    listedAs,
  };
  const facts = [numberMeaning(decision.number), textOf(date), fold(issuerName), String(stars ?? ''), listedAs];
  const value: Recognition = {
    owner,
    product,
    decision: { ...decision, key: keyOf('decision', product.key, ...facts) },
    source: {
      key: row.cell('source') === '' ? fallbackSource : row.cell('source'),
      evidence: row.cell('evidence_level'),
      note: noteOf(row, lastDay.note),
    },
  };
  const { line } = listed;
  if (row.faults.length > 0) return { line, label, value: undefined, faults: row.faults, remarks: [] };
  const leftOut = reasonToLeaveOut(value);
  const remarks = leftOut === undefined ? [...stateRemarks[listedAs], ...lastDay.remarks] : [];
  return { line, label, value, leftOut, faults: [], remarks };
}

/** Nobody answers for it, or a recognition without its stars: nothing could be said of it on any page. */
const reasonToLeaveOut = ({ owner, decision }: Recognition): string | undefined => {
  if (owner.name === '') return 'no-owner';
  return decision.listedAs === 'recognised' && decision.stars === undefined ? 'no-stars' : undefined;
};

/** The second of two rows that say the same of the same product is left out. */
export function leaveOutRepeated(rows: readonly ReadRow<Recognition>[]): ReadRow<Recognition>[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    if (row.value === undefined || row.leftOut !== undefined) return row;
    const { key } = row.value.decision;
    if (seen.has(key)) return { ...row, leftOut: 'repeated', remarks: [] };
    seen.add(key);
    return row;
  });
}
