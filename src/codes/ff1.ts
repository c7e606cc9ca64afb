// FF1 of NIST SP 800-38G: format-preserving encryption of a fixed number of numerals in one radix.
// Works on digits and bytes only, so that every radix takes the same path and none needs big integers.
import { createCipheriv, type Cipheriv } from 'node:crypto';

const rounds = 10;
const blockBytes = 16;

/** A key with its schedule and all that stays the same from one number to the next. Not for two threads at once. */
export type Ff1 = {
  readonly radix: number;
  readonly length: number;
  readonly cipher: Cipheriv;
  /** Bytes that hold the longer half as a number (b in the standard). */
  readonly halfBytes: number;
  /** Pseudo-random bytes that a round adds (d in the standard). */
  readonly roundBytes: number;
  /** CBC-MAC state after the block P. */
  readonly afterHeader: Buffer;
  /** The block string Q: tweak and padding are set once, the round number and a half in every round. */
  readonly q: Buffer;
};

export type Ff1Options = { key: Uint8Array; radix: number; length: number; tweak?: Uint8Array };

/**
 * Prepares FF1 for numbers of `length` numerals, each 0 to `radix` - 1, most significant first.
 * Throws a RangeError for a key that is not 16, 24 or 32 bytes, a radix outside 2-65536 or fewer than 100 possible numbers.
 */
export function makeFf1({ key, radix, length, tweak = new Uint8Array(0) }: Ff1Options): Ff1 {
  if (![16, 24, 32].includes(key.length)) throw new RangeError('An AES key has 16, 24 or 32 bytes');
  if (!Number.isInteger(radix) || radix < 2 || radix > 65_536) throw new RangeError('The radix is a number from 2 to 65536');
  if (!Number.isInteger(length) || length < 2 || radix ** length < 100) throw new RangeError('Too few numerals for FF1');

  const firstHalf = Math.floor(length / 2);
  const halfBytes = bytesOfLargest(radix, length - firstHalf);
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);

  const header = Buffer.from([1, 2, 1, 0, 0, 0, rounds, firstHalf % 256, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUIntBE(radix, 3, 3);
  header.writeUInt32BE(length, 8);
  header.writeUInt32BE(tweak.length, 12);

  const q = Buffer.alloc(Math.ceil((tweak.length + 1 + halfBytes) / blockBytes) * blockBytes);
  q.set(tweak);
  const roundBytes = 4 * Math.ceil(halfBytes / 4) + 4;
  return { radix, length, cipher, halfBytes, roundBytes, afterHeader: cipher.update(header), q };
}

/** Encrypts `ff1.length` numerals into as many. Throws a RangeError for another count or a numeral outside the radix. */
export function encryptNumerals(ff1: Ff1, numerals: readonly number[]): number[] {
  let [left, right] = halves(ff1, numerals);
  for (let round = 0; round < rounds; round += 1) {
    const mixed = addRoundValue(ff1, left, roundValue(ff1, round, right), 1);
    left = right;
    right = mixed;
  }
  return [...left, ...right];
}

/** Reverses encryptNumerals; the same errors. */
export function decryptNumerals(ff1: Ff1, numerals: readonly number[]): number[] {
  let [left, right] = halves(ff1, numerals);
  for (let round = rounds - 1; round >= 0; round -= 1) {
    const mixed = addRoundValue(ff1, right, roundValue(ff1, round, left), -1);
    right = left;
    left = mixed;
  }
  return [...left, ...right];
}

function halves({ radix, length }: Ff1, numerals: readonly number[]): [number[], number[]] {
  if (numerals.length !== length) throw new RangeError(`Expected ${length} numerals`);
  if (!numerals.every((numeral) => Number.isInteger(numeral) && numeral >= 0 && numeral < radix)) {
    throw new RangeError(`A numeral is a whole number from 0 to ${radix - 1}`);
  }
  const middle = Math.floor(length / 2);
  return [numerals.slice(0, middle), numerals.slice(middle)];
}

/** Bytes needed for the largest number of so many numerals. */
function bytesOfLargest(radix: number, numerals: number): number {
  const bytes = new Uint8Array(numerals * 2);
  writeNumber(bytes, 0, new Array<number>(numerals).fill(radix - 1), radix);
  return bytes.length - bytes.findIndex((byte) => byte !== 0);
}

/** Writes numerals as one big-endian number from `start` to the end of `bytes`. */
function writeNumber(bytes: Uint8Array, start: number, numerals: readonly number[], radix: number): void {
  bytes.fill(0, start);
  for (const numeral of numerals) {
    let carry = numeral;
    for (let place = bytes.length - 1; place >= start; place -= 1) {
      carry += bytes[place]! * radix;
      bytes[place] = carry & 0xff;
      carry >>>= 8;
    }
  }
}

/** Steps 6 i to iii of the standard: the pseudo-random bytes S of a round. */
function roundValue(ff1: Ff1, round: number, half: readonly number[]): Buffer {
  const { cipher, q, halfBytes, roundBytes } = ff1;
  q[q.length - halfBytes - 1] = round;
  writeNumber(q, q.length - halfBytes, half, ff1.radix);

  let mac = ff1.afterHeader;
  for (let start = 0; start < q.length; start += blockBytes) mac = cipher.update(xored(mac, q, start));
  if (roundBytes <= blockBytes) return mac.subarray(0, roundBytes);

  const blocks = [mac];
  for (let count = 1; count * blockBytes < roundBytes; count += 1) {
    const counter = Buffer.alloc(blockBytes);
    counter.writeUInt32BE(count, blockBytes - 4);
    blocks.push(cipher.update(xored(mac, counter, 0)));
  }
  return Buffer.concat(blocks).subarray(0, roundBytes);
}

function xored(block: Uint8Array, other: Uint8Array, start: number): Uint8Array {
  const result = new Uint8Array(blockBytes);
  for (let place = 0; place < blockBytes; place += 1) result[place] = block[place]! ^ other[start + place]!;
  return result;
}

/** Adds (or with -1 subtracts) the number in `bytes` to the numerals, modulo radix ** numerals.length. Uses `bytes` up. */
function addRoundValue({ radix }: Ff1, numerals: readonly number[], bytes: Uint8Array, sign: 1 | -1): number[] {
  const sum = new Array<number>(numerals.length);
  let carry = 0;
  for (let place = numerals.length - 1; place >= 0; place -= 1) {
    const digit = numerals[place]! + sign * divideInPlace(bytes, radix) + carry;
    carry = Math.floor(digit / radix);
    sum[place] = digit - carry * radix;
  }
  return sum;
}

/** Divides a big-endian number by the radix where it lies; returns the remainder. */
function divideInPlace(bytes: Uint8Array, radix: number): number {
  let rest = 0;
  for (let place = 0; place < bytes.length; place += 1) {
    const dividend = rest * 256 + bytes[place]!;
    bytes[place] = Math.floor(dividend / radix);
    rest = dividend % radix;
  }
  return rest;
}
