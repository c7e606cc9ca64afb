// How lists write things: columns under other names, kinds of owners, states, stars, dates, issuers, and names that mean the same. Pure.
import { fold } from '../fold.ts';
import type { ListedAs, ListedDate, ListedIssuer, OwnerKind } from './imports.recognitions.types.ts';

/** Required columns of a list of recognitions. */
export const requiredColumns = ['product_name', 'owner', 'stars', 'status'] as const;

/** Columns as officials head them, folded. */
export const otherHeadings: Readonly<Record<string, string>> = {
  ma: 'id',
  stt: 'id',
  'ten san pham': 'product_name',
  'san pham': 'product_name',
  'nhom san pham': 'group_in_source',
  'nganh hang': 'group_in_source',
  'chu the': 'owner',
  'ten chu the': 'owner',
  'chu the san xuat': 'owner',
  'chu the ocop': 'owner',
  'loai hinh chu the': 'owner_kind',
  'loai hinh': 'owner_kind',
  'hang sao': 'stars',
  'so sao': 'stars',
  sao: 'stars',
  'phan hang': 'stars',
  'xep hang': 'stars',
  diem: 'score',
  'so diem': 'score',
  'trang thai': 'status',
  'ket qua': 'status',
  'tinh trang': 'status',
  'so quyet dinh': 'decision_number',
  'quyet dinh': 'decision_number',
  'ngay quyet dinh': 'decision_date',
  'ngay cong nhan': 'decision_date',
  'ngay cap': 'decision_date',
  'co quan cong nhan': 'issuer',
  'co quan ban hanh': 'issuer',
  'noi cap': 'issuer',
  'ngay het han': 'expiry_date',
  'het han': 'expiry_date',
  'hieu luc den': 'expiry_date',
  'can cu het han': 'expiry_basis',
  'xa cu': 'commune_then',
  'huyen cu': 'district_then',
  huyen: 'district_then',
  'tinh cu': 'province_then',
  xa: 'commune_now',
  'xa phuong': 'commune_now',
  'xa, phuong': 'commune_now',
  tinh: 'province_now',
  'tinh, thanh pho': 'province_now',
  'ma san pham': 'product_code',
  'muc bang chung': 'evidence_level',
  nguon: 'source',
  'ghi chu': 'note',
};

const states: readonly (readonly [start: RegExp, state: ListedAs])[] = [
  [/^(da )?(duoc )?(cong nhan|recogni[sz]ed)( lai| again)?$/, 'recognised'],
  [/^(hoi dong cham|da cham|cham dat|scored)/, 'scored'],
  [/^(dua ra khoi|bi dua ra|thu hoi|het hieu luc|removed)/, 'removed'],
  [/^(tiem nang|potential)/, 'potential'],
  [/^(ho so tren phan mem|dang cham|cho cham|in[- ]scoring)/, 'in-scoring'],
];

/** What the list says happened; undefined for words that are not known. */
export function readState(text: string): ListedAs | undefined {
  const folded = fold(text);
  return states.find(([start]) => start.test(folded))?.[1];
}

/** 3 to 5 (below that nothing is recognised: Decision 26/2026/QĐ-TTg, Art. 4.1(a)), from `4`, `4 sao`, `4*`, `★★★★`; undefined for anything else. */
export function readStars(text: string): number | undefined {
  const trimmed = fold(text);
  const stars = /^[★⭐*]+$/u.test(trimmed)
    ? [...trimmed].length
    : Number(/^(\d)(?:[.,]0+)?\s*(?:sao|stars?|\*|★)?$/u.exec(trimmed)?.[1] ?? 0);
  return stars >= 3 && stars <= 5 ? stars : undefined;
}

const two = (digits: string): string => digits.padStart(2, '0');

const realDay = (year: string, month: string, day: string): ListedDate | undefined => {
  const text = `${year}-${two(month)}-${two(day)}`;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text) ? { day: text } : undefined;
};

const realMonth = (year: string, month: string): ListedDate | undefined =>
  Number(month) >= 1 && Number(month) <= 12 ? { part: `${year}-${two(month)}` } : undefined;

const y = '((?:19|20|21)\\d{2})';
const forms: readonly (readonly [form: RegExp, read: (...parts: string[]) => ListedDate | undefined])[] = [
  [new RegExp(`^${y}-(\\d{1,2})-(\\d{1,2})$`), (year = '', month = '', day = '') => realDay(year, month, day)],
  [new RegExp(`^(\\d{1,2})[/.-](\\d{1,2})[/.-]${y}$`), (day = '', month = '', year = '') => realDay(year, month, day)],
  [new RegExp(`^${y}-(\\d{1,2})$`), (year = '', month = '') => realMonth(year, month)],
  [new RegExp(`^(\\d{1,2})[/.-]${y}$`), (month = '', year = '') => realMonth(year, month)],
  [new RegExp(`^${y}$`), (year = '') => ({ part: year })],
];

/** 2026-08-05, 5/8/2026 (the day first, as papers of the country have it), 2020-11, 11/2020 or 2020; undefined for anything else and for days that never were. */
export function readDate(text: string): ListedDate | undefined {
  for (const [form, read] of forms) {
    const [found, ...parts] = form.exec(text.trim()) ?? [];
    if (found !== undefined) return read(...parts);
  }
  return undefined;
}

/** Whether a last day is the paper's own: computed ones (`tính 36 tháng`) are not what is printed. */
export function isPrinted(basis: string): boolean {
  return basis === '' || /^(nguon|in |in$|tren giay|theo giay|giay|printed)/.test(fold(basis));
}

const ministry = /^(bo |bo$|ministry)/;
const province = /^(chu tich )?(ubnd|uy ban nhan dan) tinh /;
const city = /^(?:chu tich )?(?:ubnd|uy ban nhan dan) (?:thanh pho|tp\.?) (.+)$/;

/**
 * Who decided, by the name: a ministry, a province, or anyone else (districts and their towns decided on three stars under earlier rules).
 * `isCityOfProvinces` tells the centrally run cities from towns of the same kind of name.
 */
export function readIssuer(name: string, isCityOfProvinces: (cityName: string) => boolean): ListedIssuer {
  const folded = fold(name);
  if (ministry.test(folded)) return 'ministry';
  if (province.test(`${folded} `)) return 'province';
  const cityName = city.exec(folded)?.[1];
  return cityName !== undefined && isCityOfProvinces(cityName) ? 'province' : 'other';
}

const kinds: readonly (readonly [start: RegExp, kind: OwnerKind])[] = [
  [/^(to hop tac|tht\b)/, 'cooperative-group'],
  [/^(lien hiep )?(hop tac xa|htx)/, 'cooperative'],
  [/^(doanh nghiep|cong ty|cty|chi nhanh|dntn)/, 'company'],
  [/^(trang trai)/, 'farm'],
  [/^(ho\b|co so|nha hang|household)/, 'household'],
];

/** The kind of owner by the list's word for it, or by the beginning of the owner's name. */
export function readOwnerKind(word: string, ownerName: string): OwnerKind {
  for (const text of [word, ownerName]) {
    const found = kinds.find(([start]) => start.test(fold(text)))?.[1];
    if (found !== undefined) return found;
  }
  return 'other';
}

const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** Both spellings of a tone (hoà, hòa) are one; otherwise marks count, since đinh and đỉnh are two things. */
const toneAtTheEnd = (word: string): string => {
  const apart = word.normalize('NFD');
  return apart.replace(toneMarks, '') + (apart.match(toneMarks) ?? []).join('');
};

const plain = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}%+]+/gu, ' ')
    .trim()
    .split(' ')
    .map(toneAtTheEnd)
    .join(' ');

const shortForms: readonly (readonly [short: RegExp, long: string])[] = [
  [/\bHTX ?NN\b/giu, 'hợp tác xã nông nghiệp '],
  [/\bHTX\b/giu, 'hợp tác xã '],
  [/\bTHT\b/giu, 'tổ hợp tác '],
  [/\bCTY\b/giu, 'công ty '],
  [/\bCP\b/gu, 'cổ phần '],
  [/\bMTV\b/gu, 'một thành viên '],
  [/\bHKD\b/gu, 'hộ kinh doanh '],
];

/** An owner's name by what it means: HTX is hợp tác xã, CP is cổ phần; case, spaces, punctuation and the place of a tone do not count. */
export function ownerMeaning(name: string): string {
  return plain(shortForms.reduce((text, [short, long]) => text.replace(short, long), name.normalize('NFC')));
}

/** A product's name by what it means. */
export function productMeaning(name: string): string {
  return plain(name);
}

/** A decision's number by its letters and digits. */
export function numberMeaning(number: string): string {
  return plain(number).replaceAll(' ', '');
}
