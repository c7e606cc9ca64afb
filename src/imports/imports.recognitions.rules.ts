// One row of a list of recognitions -> what it says, or what is wrong with it. Pure.
import { createHash } from 'node:crypto';
import { fold } from '../fold.ts';
import type { ImportFault, ReadRow } from '../importing/importing.types.ts';
import type { ListedAs, ListedDate, Recognition } from './imports.recognitions.types.ts';
import { openRow, readDateOf } from './imports.recognitions.row.ts';
import type { ListedRow, Row } from './imports.recognitions.row.ts';
import {
  isPrinted,
  numberMeaning,
  ownerMeaning,
  productMeaning,
  readIssuer,
  readOwnerKind,
  readStars,
  readState,
} from './imports.recognitions.words.ts';

/** What the rules ask of the administrative units. */
export type Provinces = {
  /** Code of the province of today, by the name of a former or present one. */
  codeOf(name: string): string | undefined;
  /** Whether a province of today has this name. */
  isOfToday(name: string): boolean;
  /** Whether a city of this name is one of the provinces of today. */
  isCity(name: string): boolean;
};

/** SHA-256 over parts that no text can run together. */
const keyOf = (...parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

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
  const { line } = listed;
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
  if (row.faults.length > 0) return { line, label, value: undefined, faults: plainFaults(row.faults), remarks: [] };
  const leftOut = reasonToLeaveOut(value);
  const remarks = leftOut === undefined ? [...stateRemarks[listedAs], ...lastDay.remarks] : [];
  return { line, label, value, leftOut, faults: [], remarks };
}

// Of a row whose cells have slipped out of their columns nothing else can be said.
const plainFaults = (faults: readonly ImportFault[]): ImportFault[] => {
  const slipped = faults.filter(({ code }) => code === 'cells-count');
  return slipped.length > 0 ? slipped : [...faults];
};

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
