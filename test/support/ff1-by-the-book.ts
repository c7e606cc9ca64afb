// FF1 written a second time, straight from the steps of NIST SP 800-38G (algorithm 7) with big integers and no regard
// for speed. Shares no code with src/codes, so that one checks the other.
import { createCipheriv } from 'node:crypto';

type BookFf1 = { key: Uint8Array; radix: number; tweak: Uint8Array };

const modulo = (value: bigint, modulus: bigint) => ((value % modulus) + modulus) % modulus;

const num = (numerals: readonly number[], radix: number) =>
  numerals.reduce((sum, numeral) => sum * BigInt(radix) + BigInt(numeral), 0n);

function str(value: bigint, radix: number, length: number): number[] {
  const numerals: number[] = [];
  for (let place = 0; place < length; place += 1) {
    numerals.unshift(Number(value % BigInt(radix)));
    value /= BigInt(radix);
  }
  return numerals;
}

function bytes(value: bigint, length: number): Buffer {
  const hex = value === 0n ? '' : value.toString(16);
  return Buffer.from(hex.padStart(length * 2, '0'), 'hex');
}

/** The last block of AES in CBC mode from a zero start: the function PRF of the standard. */
function prf(key: Uint8Array, message: Uint8Array): Buffer {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.alloc(16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(message), cipher.final()]).subarray(-16);
}

const xor = (one: Uint8Array, other: Uint8Array) => Buffer.from(one.map((byte, place) => byte ^ other[place]!));

/** Encrypts numerals, most significant first. */
export function bigIntFf1({ key, radix, tweak }: BookFf1, numerals: readonly number[]): number[] {
  const n = numerals.length;
  const t = tweak.length;
  const u = Math.floor(n / 2);
  const v = n - u;
  let a = numerals.slice(0, u);
  let b = numerals.slice(u);
  const bitsOfHalf = (BigInt(radix) ** BigInt(v) - 1n).toString(2).length;
  const byteCount = Math.ceil(bitsOfHalf / 8);
  const d = 4 * Math.ceil(byteCount / 4) + 4;
  const p = Buffer.concat([
    Buffer.from([1, 2, 1]),
    bytes(BigInt(radix), 3),
    Buffer.from([10, u % 256]),
    bytes(BigInt(n), 4),
    bytes(BigInt(t), 4),
  ]);

  for (let i = 0; i < 10; i += 1) {
    const padding = Number(modulo(BigInt(-t - byteCount - 1), 16n));
    const q = Buffer.concat([tweak, Buffer.alloc(padding), Buffer.from([i]), bytes(num(b, radix), byteCount)]);
    const r = prf(key, Buffer.concat([p, q]));
    let s = r;
    for (let j = 1; j < Math.ceil(d / 16); j += 1) s = Buffer.concat([s, prf(key, xor(r, bytes(BigInt(j), 16)))]);
    const y = BigInt(`0x${s.subarray(0, d).toString('hex')}`);
    const m = i % 2 === 0 ? u : v;
    const c = str(modulo(num(a, radix) + y, BigInt(radix) ** BigInt(m)), radix, m);
    a = b;
    b = c;
  }
  return [...a, ...b];
}
