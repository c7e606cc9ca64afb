// GTIN and GLN with the GS1 check digit. Zeros are only ever added in front, always up to 14 digits, so that the same
// trade item is found however it was typed, and no two items become one.

const gtinLengths = [8, 12, 13, 14];
const glnLength = 13;

/** `position` counts from 1 in the digits as typed; `expected` is the check digit that the others ask for. */
export type NumberFault =
  | { ok: false; reason: 'length' | 'symbol' | 'zeros' }
  | { ok: false; reason: 'check'; position: number; expected: number };

export type ReadGtin = { ok: true; gtin14: string } | NumberFault;
export type ReadGln = { ok: true; gln: string } | NumberFault;

/** GS1 General Specifications 7.9: weights 3 and 1 from the right, to the next multiple of ten. For digits without their check digit. */
export function gs1CheckDigit(digits: string): number {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

/** Reads a GTIN of 8, 12, 13 or 14 digits, with spaces or hyphens as printed under a bar code. */
export function readGtin(typed: string): ReadGtin {
  const read = readNumber(typed, gtinLengths);
  return read.ok ? { ok: true, gtin14: read.digits.padStart(14, '0') } : read;
}

/** Reads a GLN, 13 digits. */
export function readGln(typed: string): ReadGln {
  const read = readNumber(typed, [glnLength]);
  return read.ok ? { ok: true, gln: read.digits } : read;
}

/** Whether a scanner or a person could take this text for a GTIN, right check digit or not; an internal code must not. */
export function looksLikeGtin(text: string): boolean {
  const digits = withoutSeparators(text).replace(/^(\(01\)|01(?=\d{14}$))/, '');
  return /^\d+$/.test(digits) && gtinLengths.includes(digits.length);
}

function readNumber(typed: string, lengths: readonly number[]): { ok: true; digits: string } | NumberFault {
  if (typed.length > 40) return { ok: false, reason: 'length' };
  const digits = withoutSeparators(typed);
  if (/[^0-9]/.test(digits)) return { ok: false, reason: 'symbol' };
  if (!lengths.includes(digits.length)) return { ok: false, reason: 'length' };
  if (/^0+$/.test(digits)) return { ok: false, reason: 'zeros' };
  const expected = gs1CheckDigit(digits.slice(0, -1));
  return Number(digits.at(-1)) === expected
    ? { ok: true, digits }
    : { ok: false, reason: 'check', position: digits.length, expected };
}

function withoutSeparators(text: string): string {
  return text.normalize('NFKC').replace(/[\p{Z}\p{Pd}\p{Cf}\s]/gu, '');
}
