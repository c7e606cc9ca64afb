// FF1 against the sample values that NIST publishes for SP 800-38G, and its properties over random input.
import { expect } from 'chai';

import { decryptNumerals, encryptNumerals, makeFf1 } from '../../src/codes/ff1.ts';
import { bigIntFf1 } from '../support/ff1-by-the-book.ts';
import { makeRandom } from '../support/random.ts';

const keys = {
  128: '2B7E151628AED2A6ABF7158809CF4F3C',
  192: '2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F',
  256: '2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94',
} as const;
const decimal = '0123456789';
const base36 = '0123456789abcdefghi';
const ten = '39383736353433323130';
const eleven = '3737373770717273373737';

// NIST, Examples with Intermediate Values, FF1 samples 1 to 9.
const samples = [
  { sample: 1, bits: 128, radix: 10, tweak: '', plain: decimal, cipher: '2433477484' },
  { sample: 2, bits: 128, radix: 10, tweak: ten, plain: decimal, cipher: '6124200773' },
  { sample: 3, bits: 128, radix: 36, tweak: eleven, plain: base36, cipher: 'a9tv40mll9kdu509eum' },
  { sample: 4, bits: 192, radix: 10, tweak: '', plain: decimal, cipher: '2830668132' },
  { sample: 5, bits: 192, radix: 10, tweak: ten, plain: decimal, cipher: '2496655549' },
  { sample: 6, bits: 192, radix: 36, tweak: eleven, plain: base36, cipher: 'xbj3kv35jrawxv32ysr' },
  { sample: 7, bits: 256, radix: 10, tweak: '', plain: decimal, cipher: '6657667009' },
  { sample: 8, bits: 256, radix: 10, tweak: ten, plain: decimal, cipher: '1001623463' },
  { sample: 9, bits: 256, radix: 36, tweak: eleven, plain: base36, cipher: 'xs8a0azh2avyalyzuwd' },
] as const;

const numeralsOf = (text: string) => Array.from(text, (symbol) => parseInt(symbol, 36));
const textOf = (numerals: number[]) => numerals.map((numeral) => numeral.toString(36)).join('');

describe('FF1', () => {
  for (const { sample, bits, radix, tweak, plain, cipher } of samples) {
    it(`gives the published result of sample ${sample} (AES-${bits}, radix ${radix}) in both directions`, () => {
      const key = Buffer.from(keys[bits], 'hex');
      const ff1 = makeFf1({ key, radix, length: plain.length, tweak: Buffer.from(tweak, 'hex') });

      expect(textOf(encryptNumerals(ff1, numeralsOf(plain)))).to.equal(cipher);
      expect(textOf(decryptNumerals(ff1, numeralsOf(cipher)))).to.equal(plain);
    });
  }

  it('agrees with a plain reading of the standard for random keys, radices, lengths and tweaks, and decrypts back', () => {
    const random = makeRandom(38);
    for (let turn = 0; turn < 300; turn += 1) {
      const radix = turn % 10 === 0 ? 65_536 : random.below(2, 65_537);
      const length = random.below(Math.max(2, Math.ceil(Math.log(100) / Math.log(radix)) + 1), 60);
      const key = random.bytes([16, 24, 32][turn % 3]!);
      const tweak = random.bytes(random.below(0, 40));
      const plain = Array.from({ length }, () => random.below(0, radix));

      const ff1 = makeFf1({ key, radix, length, tweak });
      const encrypted = encryptNumerals(ff1, plain);

      expect(encrypted).to.deep.equal(bigIntFf1({ key, radix, tweak }, plain));
      expect(decryptNumerals(ff1, encrypted)).to.deep.equal(plain);
    }
  });

  it('is a permutation of a small domain', () => {
    const ff1 = makeFf1({ key: Buffer.alloc(32, 7), radix: 5, length: 3 });
    const all = Array.from({ length: 125 }, (_, place) => [
      Math.floor(place / 25),
      Math.floor(place / 5) % 5,
      place % 5,
    ]);

    const images = new Set(all.map((numerals) => encryptNumerals(ff1, numerals).join()));

    expect(images.size).to.equal(125);
  });

  it('leaves the numerals it was given as they were', () => {
    const ff1 = makeFf1({ key: Buffer.alloc(16), radix: 10, length: 6 });
    const plain = [1, 2, 3, 4, 5, 6];

    encryptNumerals(ff1, plain);
    decryptNumerals(ff1, plain);

    expect(plain).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('refuses keys, radices, lengths and numerals that the standard does not allow', () => {
    const key = Buffer.alloc(16);
    const ff1 = makeFf1({ key, radix: 10, length: 3 });

    expect(() => makeFf1({ key: Buffer.alloc(15), radix: 10, length: 6 })).to.throw(RangeError, 'AES key');
    expect(() => makeFf1({ key, radix: 1, length: 60 })).to.throw(RangeError, 'radix');
    expect(() => makeFf1({ key, radix: 65_537, length: 6 })).to.throw(RangeError, 'radix');
    expect(() => makeFf1({ key, radix: 2, length: 6 })).to.throw(RangeError, 'Too few');
    expect(() => makeFf1({ key, radix: 65_536, length: 1 })).to.throw(RangeError, 'Too few');
    expect(() => encryptNumerals(ff1, [1, 2])).to.throw(RangeError, 'Expected 3');
    expect(() => encryptNumerals(ff1, [1, 2, 10])).to.throw(RangeError, '0 to 9');
    expect(() => decryptNumerals(ff1, [1, -1, 0])).to.throw(RangeError, '0 to 9');
    expect(() => decryptNumerals(ff1, [1, 0.5, 0])).to.throw(RangeError, '0 to 9');
  });
});
