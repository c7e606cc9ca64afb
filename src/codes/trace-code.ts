// Trace codes of lots and units: 11 symbols of Crockford's base 32 that hide run and unit (FF1, so that no neighbour can
// be worked out) and a check symbol, shown as 7K3M-9QXC-2A4Y.
import { createHmac } from 'node:crypto';

import { checkSymbol, crockford, hasCheckSymbol } from './check-symbol.ts';
import { decryptNumerals, encryptAll, makeFf1, type Ff1 } from './ff1.ts';

const radix = 32;
const runNumerals = 5;
const unitNumerals = 4;
const zeroNumerals = 2;
const bodyLength = runNumerals + unitNumerals + zeroNumerals;
const groupLength = 4;
const groupCount = 3;
const codeLength = bodyLength + 1;
const codesAtOnce = 1000;

/** Most characters that anyone may type for a code; more are refused unread. */
export const longestTypedCode = 64;
export const highestRun = radix ** runNumerals - 1;
/** Units count from 0, so a run has at most 1,048,576. */
export const highestUnit = radix ** unitNumerals - 1;

export type CodeKey = { readonly ff1: Ff1; readonly checkValue: string };
export type CodePlace = { run: number; unit: number };

/** `groups` counts from 1 and is there only when a symbol outside the alphabet or a missing one shows the group. */
export type CodeFault = { ok: false; reason: 'length' | 'symbol' | 'check'; groups?: number[] };
export type ReadCode = { ok: true; code: string } | CodeFault;

/** Prepares the key of 32 bytes under which all codes are made. Throws a RangeError for another length. */
export function makeCodeKey(bytes: Uint8Array): CodeKey {
  if (bytes.length !== 32) throw new RangeError('A code key has 32 bytes');
  const checkValue = createHmac('sha256', bytes).update('ocop-trace code key').digest('hex').slice(0, 16);
  return { ff1: makeFf1({ key: bytes, radix, length: bodyLength }), checkValue };
}

/** 16 hex digits by which two keys can be told apart; nothing about the key or its codes follows from them. */
export function codeKeyCheckValue(key: CodeKey): string {
  return key.checkValue;
}

/** The code of a unit (of a lot: unit 0), 12 symbols. Throws a RangeError for a run or unit out of range. */
export function issueCode(key: CodeKey, { run, unit }: CodePlace): string {
  return codesOf(key, run, unit, unit + 1)[0]!;
}

/** The codes of `count` units of a run from `firstUnit` on, in order; the same errors. For whole label runs: much faster than one by one. */
export function* issueCodes(key: CodeKey, run: number, firstUnit: number, count: number): Generator<string> {
  const end = firstUnit + count;
  for (let from = firstUnit; from < end; from += codesAtOnce)
    yield* codesOf(key, run, from, Math.min(from + codesAtOnce, end));
}

function codesOf(key: CodeKey, run: number, from: number, end: number): string[] {
  requireWithin(run, highestRun, 'run');
  requireWithin(from, highestUnit, 'unit');
  requireWithin(end - 1, highestUnit, 'unit');
  const runPart = numeralsOf(run, runNumerals);
  const zeros = numeralsOf(0, zeroNumerals);
  const plain = Array.from({ length: end - from }, (_, at) => [
    ...runPart,
    ...numeralsOf(from + at, unitNumerals),
    ...zeros,
  ]);
  return encryptAll(key.ff1, plain).map((numerals) => {
    const body = numerals.map((numeral) => crockford.symbols.charAt(numeral)).join('');
    return body + checkSymbol(body, crockford);
  });
}

/** Run and unit of a code as readCode gives it; undefined for one that this key never made. Whether the run exists is the caller's question. */
export function placeOfCode(key: CodeKey, code: string): CodePlace | undefined {
  if (code.length !== codeLength || !hasCheckSymbol(code, crockford)) return undefined;
  const body = Array.from(code.slice(0, bodyLength), (symbol) => crockford.values.get(symbol) ?? 0);
  const plain = decryptNumerals(key.ff1, body);
  if (numberOf(plain.slice(-zeroNumerals)) !== 0) return undefined;
  const unitEnd = runNumerals + unitNumerals;
  return { run: numberOf(plain.slice(0, runNumerals)), unit: numberOf(plain.slice(runNumerals, unitEnd)) };
}

/** Three groups of four: `7K3M-9QXC-2A4Y`. */
export function formatCode(code: string): string {
  return [code.slice(0, 4), code.slice(4, 8), code.slice(8)].join('-');
}

/**
 * Reads a code as people type or paste it: any spaces, hyphens and dashes, lower case, full-width forms, I and L for 1,
 * O for 0. U is refused. Never looks anything up.
 */
export function readCode(typed: string): ReadCode {
  if (typed.length > longestTypedCode) return { ok: false, reason: 'length' };
  const parts = partsOf(typed);
  const code = parts.join('');

  const strange = Array.from(code, (symbol, place) => ({ symbol, place })).filter(
    ({ symbol }) => !crockford.values.has(symbol),
  );
  if (strange.length > 0) {
    return fault(
      'symbol',
      groupsOf(
        parts,
        strange.map(({ place }) => place),
      ),
    );
  }
  if (code.length !== codeLength) return fault('length', shortGroups(parts));
  return hasCheckSymbol(code, crockford) ? { ok: true, code } : { ok: false, reason: 'check' };
}

const readAs = new Map([
  ['I', '1'],
  ['L', '1'],
  ['O', '0'],
]);

// Spaces and dashes of every kind, the minus and bullet signs that phones put for them, and characters that nobody sees.
const separators = /[\p{Z}\p{Pd}\p{Cf}\s_.·•\u2043\u2212]+/u;

function partsOf(typed: string): string[] {
  const parts = typed.normalize('NFKC').split(separators);
  return parts.filter((part) => part !== '').map((part) => Array.from(part, readSymbol).join(''));
}

function readSymbol(character: string): string {
  const upper = /[a-z]/.test(character) ? character.toUpperCase() : character;
  return readAs.get(upper) ?? upper;
}

function fault(reason: 'length' | 'symbol', groups: number[]): CodeFault {
  return groups.length === 0 ? { ok: false, reason } : { ok: false, reason, groups };
}

/** Groups of the symbols at these places: by the typed separators when they make three parts, else by counting in a full code. */
function groupsOf(parts: string[], places: number[]): number[] {
  const symbols = Array.from(parts.join(''));
  const groups = places.map((place) => Math.floor(place / groupLength) + 1);
  if (symbols.length === codeLength) return [...new Set(groups)];
  if (parts.length !== groupCount) return [];
  return parts.flatMap((part, place) =>
    Array.from(part).every((symbol) => crockford.values.has(symbol)) ? [] : [place + 1],
  );
}

/** Groups that lack a symbol: known only when three parts were typed and none is too long. */
function shortGroups(parts: string[]): number[] {
  if (parts.length !== groupCount || parts.some((part) => part.length > groupLength)) return [];
  return parts.flatMap((part, place) => (part.length < groupLength ? [place + 1] : []));
}

function requireWithin(value: number, highest: number, name: string): void {
  if (!Number.isInteger(value) || value < 0 || value > highest)
    throw new RangeError(`A ${name} is a whole number from 0 to ${highest}`);
}

function numeralsOf(value: number, count: number): number[] {
  const numerals = new Array<number>(count);
  for (let place = count - 1; place >= 0; place -= 1) {
    numerals[place] = value % radix;
    value = Math.floor(value / radix);
  }
  return numerals;
}

function numberOf(numerals: number[]): number {
  return numerals.reduce((sum, numeral) => sum * radix + numeral, 0);
}
