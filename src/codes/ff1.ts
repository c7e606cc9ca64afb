// FF1 of NIST SP 800-38G: format-preserving encryption of a fixed number of numerals in one radix.
// Works on digits and bytes, so that no radix needs big integers; halves that a double holds exactly are reckoned as one number, which is
// several times as fast and gives the same.
import { createCipheriv, type Cipher } from 'node:crypto';
import { blockBytes, cryptShort, largestShort, rounds } from './ff1-short.ts';

/** A key with its schedule and all that stays the same from one number to the next. Not for two threads at once. */
export type Ff1 = {
  readonly radix: number;
  readonly length: number;
  readonly cipher: Cipher;
  /** Bytes that hold the longer half as a number (b in the standard). */
  readonly halfBytes: number;
  /** Pseudo-random bytes that a round adds (d in the standard). */
  readonly roundBytes: number;
  /** CBC-MAC state after the block P. */
  readonly afterHeader: Buffer;
  /** The only block of a round, header mixed in, round number and half still 0; undefined where halves are too large to be one number. */
  readonly block: Buffer | undefined;
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
  if (!Number.isInteger(radix) || radix < 2 || radix > 65_536)
    throw new RangeError('The radix is a number from 2 to 65536');
  if (!Number.isInteger(length) || length < 2 || radix ** length < 100)
    throw new RangeError('Too few numerals for FF1');

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
  const afterHeader = cipher.update(header);
  const isShort = q.length === blockBytes && roundBytes <= blockBytes && radix ** (length - firstHalf) <= largestShort;
  const block = isShort ? Buffer.from(xoredBlocks(afterHeader, q, 0, blockBytes)) : undefined;
  return { radix, length, cipher, halfBytes, roundBytes, afterHeader, block, q };
}

/** Encrypts `ff1.length` numerals into as many. Throws a RangeError for another count or a numeral outside the radix. */
export function encryptNumerals(ff1: Ff1, numerals: readonly number[]): number[] {
  return encryptAll(ff1, [numerals])[0]!;
}

/** Reverses encryptNumerals; the same errors. */
export function decryptNumerals(ff1: Ff1, numerals: readonly number[]): number[] {
  let [left, right] = halves(ff1, [numerals]);
  if (ff1.block !== undefined) return cryptShort(ff1, ff1.block, [left, right], -1)[0]!;
  for (let round = rounds - 1; round >= 0; round -= 1) {
    [left, right] = [addRoundValues(ff1, right, roundValues(ff1, round, left), -1), left];
  }
  return [...left[0]!, ...right[0]!];
}

/** Encrypts many numbers; several times as fast as one by one, because each round asks the cipher once for all of them. */
export function encryptAll(ff1: Ff1, numbers: readonly (readonly number[])[]): number[][] {
  let [left, right] = halves(ff1, numbers);
  if (ff1.block !== undefined) return cryptShort(ff1, ff1.block, [left, right], 1);
  for (let round = 0; round < rounds; round += 1) {
    [left, right] = [right, addRoundValues(ff1, left, roundValues(ff1, round, right), 1)];
  }
  return left.map((half, at) => half.concat(right[at]!));
}

function halves({ radix, length }: Ff1, numbers: readonly (readonly number[])[]): [number[][], number[][]] {
  for (const numerals of numbers) {
    if (numerals.length !== length) throw new RangeError(`Expected ${length} numerals`);
    if (!numerals.every((numeral) => Number.isInteger(numeral) && numeral >= 0 && numeral < radix)) {
      throw new RangeError(`A numeral is a whole number from 0 to ${radix - 1}`);
    }
  }
  const middle = Math.floor(length / 2);
  return [numbers.map((numerals) => numerals.slice(0, middle)), numbers.map((numerals) => numerals.slice(middle))];
}

/** Bytes needed for the largest number of so many numerals. */
function bytesOfLargest(radix: number, numerals: number): number {
  const bytes = new Uint8Array(numerals * 2);
  writeNumber(bytes, 0, bytes.length, new Array<number>(numerals).fill(radix - 1), radix);
  return bytes.length - bytes.findIndex((byte) => byte !== 0);
}

/** Writes numerals as one big-endian number into the zeros from `start` up to `end`. */
function writeNumber(bytes: Uint8Array, start: number, end: number, numerals: readonly number[], radix: number): void {
  for (const numeral of numerals) {
    let carry = numeral;
    for (let place = end - 1; place >= start; place -= 1) {
      carry += bytes[place]! * radix;
      bytes[place] = carry & 0xff;
      carry >>>= 8;
    }
  }
}

/** Steps 6 i to iii of the standard: for each half, whole blocks of which the first `roundBytes` bytes are its S. */
function roundValues(ff1: Ff1, round: number, numbers: readonly (readonly number[])[]): Uint8Array {
  const { cipher, q, halfBytes, roundBytes } = ff1;
  const messages = new Uint8Array(q.length * numbers.length);
  numbers.forEach((numerals, at) => {
    const end = (at + 1) * q.length;
    messages.set(q, at * q.length);
    messages[end - halfBytes - 1] = round;
    writeNumber(messages, end - halfBytes, end, numerals, ff1.radix);
  });

  let macs = ff1.afterHeader;
  for (let start = 0; start < q.length; start += blockBytes) {
    macs = cipher.update(xoredBlocks(macs, messages, start, q.length));
  }
  return roundBytes <= blockBytes ? macs : lengthened(ff1, macs);
}

/** The block at `start` of every message, each mixed with its own block of `macs` or with the only one there is. */
function xoredBlocks(macs: Uint8Array, messages: Uint8Array, start: number, messageBytes: number): Uint8Array {
  const count = messages.length / messageBytes;
  const result = new Uint8Array(count * blockBytes);
  const macStep = macs.length > blockBytes ? blockBytes : 0;
  for (let at = 0; at < count; at += 1) {
    for (let place = 0; place < blockBytes; place += 1) {
      result[at * blockBytes + place] = macs[at * macStep + place]! ^ messages[at * messageBytes + start + place]!;
    }
  }
  return result;
}

/** Step 6 iii where one block is too short: R, then R mixed with 1, 2 and so on and encrypted. */
function lengthened({ cipher, roundBytes }: Ff1, macs: Uint8Array): Uint8Array {
  const blocks = Math.ceil(roundBytes / blockBytes);
  const result = Buffer.alloc(macs.length * blocks);
  for (let at = 0; at * blockBytes < macs.length; at += 1) {
    const mac = Buffer.from(macs.subarray(at * blockBytes, (at + 1) * blockBytes));
    const last = mac.readUInt32BE(blockBytes - 4);
    result.set(mac, at * blocks * blockBytes);
    for (let count = 1; count < blocks; count += 1) {
      mac.writeUInt32BE((last ^ count) >>> 0, blockBytes - 4);
      result.set(cipher.update(mac), (at * blocks + count) * blockBytes);
    }
  }
  return result;
}

/** Step 6 iv to vii: adds (or with -1 subtracts) to each half its S, modulo radix ** half.length. Uses the values up. */
function addRoundValues(ff1: Ff1, numbers: number[][], values: Uint8Array, sign: 1 | -1): number[][] {
  const stride = Math.ceil(ff1.roundBytes / blockBytes) * blockBytes;
  return numbers.map((numerals, at) => {
    const sum = new Array<number>(numerals.length);
    let carry = 0;
    for (let place = numerals.length - 1; place >= 0; place -= 1) {
      const start = at * stride;
      const digit = numerals[place]! + sign * divideInPlace(values, start, start + ff1.roundBytes, ff1.radix) + carry;
      carry = Math.floor(digit / ff1.radix);
      sum[place] = digit - carry * ff1.radix;
    }
    return sum;
  });
}

/** Divides the big-endian number from `start` up to `end` by the radix where it lies; returns the remainder. */
function divideInPlace(bytes: Uint8Array, start: number, end: number, radix: number): number {
  let rest = 0;
  for (let place = start; place < end; place += 1) {
    const dividend = (rest << 8) | bytes[place]!;
    const quotient = (dividend / radix) | 0;
    bytes[place] = quotient;
    rest = dividend - quotient * radix;
  }
  return rest;
}
