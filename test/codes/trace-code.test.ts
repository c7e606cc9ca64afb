// Trace codes: known answers from a program that shares no code with ours, and how people's typing is read.
import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import {
  codeKeyCheckValue,
  formatCode,
  highestRun,
  highestUnit,
  issueCode,
  issueCodes,
  makeCodeKey,
  placeOfCode,
  readCode,
} from '../../src/codes/trace-code.ts';
import { bigIntFf1 } from '../support/ff1-by-the-book.ts';
import { makeRandom } from '../support/random.ts';

type Vector = { key: string; run: number; unit: number; code: string };
const { codes: vectors } = JSON.parse(
  readFileSync(new URL('../vectors/trace-codes.json', import.meta.url), 'utf8'),
) as { codes: Vector[] };

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const key = makeCodeKey(Buffer.from(Array.from({ length: 32 }, (_, place) => place)));
const code = '28W1HKS8TK8W';

/** The body of a code by the standard's own words: digits of run and unit, two zeros, FF1. */
function bodyByTheBook({ key: hex, run, unit }: Vector): string {
  const digits = (value: number, count: number) =>
    Array.from({ length: count }, (_, place) => (value >>> (5 * (count - 1 - place))) & 31);
  const plain = [...digits(run, 5), ...digits(unit, 4), 0, 0];
  const numerals = bigIntFf1({ key: Buffer.from(hex, 'hex'), radix: 32, tweak: Buffer.alloc(0) }, plain);
  return numerals.map((numeral) => symbols.charAt(numeral)).join('');
}

describe('trace code', () => {
  for (const vector of vectors) {
    const { key: hex, run, unit } = vector;
    it(`of run ${run}, unit ${unit} under the key ${hex.slice(0, 8)}… is ${vector.code}, and leads back`, () => {
      const vectorKey = makeCodeKey(Buffer.from(hex, 'hex'));

      expect(issueCode(vectorKey, { run, unit })).to.equal(vector.code);
      expect(vector.code.slice(0, 11)).to.equal(bodyByTheBook(vector));
      expect(placeOfCode(vectorKey, vector.code)).to.deep.equal({ run, unit });
      expect(readCode(formatCode(vector.code))).to.deep.equal({ ok: true, code: vector.code });
    });
  }

  it('leads back to its run and unit wherever these lie', () => {
    const random = makeRandom(800);
    for (let turn = 0; turn < 2000; turn += 1) {
      const place = { run: random.below(0, highestRun + 1), unit: random.below(0, highestUnit + 1) };

      const issued = issueCode(key, place);

      expect(issued).to.match(/^[0-9A-HJKMNP-TV-Z]{12}$/);
      expect(placeOfCode(key, issued)).to.deep.equal(place);
    }
  });

  it('is the same for a unit whether a run is issued at once or one by one, and never twice in a run', () => {
    const issued = [...issueCodes(key, 77, 98_500, 2500)];

    expect(issued).to.have.length(2500);
    expect(new Set(issued).size).to.equal(2500);
    expect(issued[1499])
      .to.equal(issueCode(key, { run: 77, unit: 99_999 }))
      .and.to.equal(code);
    expect([...issueCodes(key, 77, 5, 0)]).to.deep.equal([]);
  });

  it('shares with its neighbour no more symbols in place than chance would give', () => {
    const issued = [...issueCodes(key, 3, 0, 3000)];
    const shared = issued
      .slice(1)
      .map((next, place) => [...next].filter((symbol, at) => symbol === issued[place]?.charAt(at)).length);

    const average = shared.reduce((sum, count) => sum + count, 0) / shared.length;

    expect(average).to.be.within((12 / 32) * 0.85, (12 / 32) * 1.15);
  });

  it('does not count under another key, nor with a wrong check symbol, nor when it was made up', () => {
    const random = makeRandom(25);
    const otherKey = makeCodeKey(Buffer.alloc(32, 1));
    const madeUp = Array.from({ length: 3000 }, () =>
      Array.from({ length: 12 }, () => random.pick([...symbols])).join(''),
    );

    expect(placeOfCode(otherKey, code)).to.equal(undefined);
    expect(placeOfCode(key, '28W1HKS8TK8X')).to.equal(undefined);
    expect(placeOfCode(key, '28W1')).to.equal(undefined);
    expect(madeUp.filter((guess) => placeOfCode(key, guess) !== undefined)).to.deep.equal([]);
  });

  it('refuses runs and units that do not fit', () => {
    expect(() => issueCode(key, { run: highestRun + 1, unit: 0 })).to.throw(RangeError, 'run');
    expect(() => issueCode(key, { run: 1, unit: highestUnit + 1 })).to.throw(RangeError, 'unit');
    expect(() => issueCode(key, { run: -1, unit: 0 })).to.throw(RangeError, 'run');
    expect(() => issueCode(key, { run: 1, unit: 0.5 })).to.throw(RangeError, 'unit');
    expect(() => [...issueCodes(key, 1, highestUnit, 2)]).to.throw(RangeError, 'unit');
  });
});

describe('code key', () => {
  it('has 32 bytes', () => {
    expect(() => makeCodeKey(Buffer.alloc(16))).to.throw(RangeError, '32 bytes');
  });

  it('is told apart from another by a check value that holds none of its bytes', () => {
    const bytes = Buffer.from('3f'.repeat(31) + '40', 'hex');
    const value = codeKeyCheckValue(makeCodeKey(bytes));

    expect(value)
      .to.match(/^[0-9a-f]{16}$/)
      .and.not.include('3f3f');
    expect(value).to.equal(codeKeyCheckValue(makeCodeKey(Buffer.from(bytes))));
    expect(value).to.not.equal(codeKeyCheckValue(makeCodeKey(Buffer.alloc(32, 0x3f))));
  });
});

describe('typed code', () => {
  const readable = [
    '28W1-HKS8-TK8W',
    '28w1hks8tk8w',
    ' 28W1 HKS8 TK8W ',
    '28W1\u00A0HKS8\u202FTK8W\n',
    '28W1–HKS8—TK8W',
    '28W1\u2011HKS8\u2212TK8W',
    '28W1\uFF0DHKS8\u30A0TK8W',
    '２８Ｗ１－ＨＫＳ８－ＴＫ８Ｗ',
    '28Wi-hks8-tk8w',
    '28WL-HKS8-TK8W',
    '28Wl-HKS8-TK8W',
    '2 8 W 1 H K S 8 T K 8 W',
    '28W1H-KS8-TK8W',
    '\uFEFF28W1\u200B-HKS8-TK8W\u200E',
  ];
  for (const typed of readable) {
    it(`reads ${JSON.stringify(typed)}`, () => {
      expect(readCode(typed)).to.deep.equal({ ok: true, code });
    });
  }

  it('reads O as 0', () => {
    expect(readCode('oNYJ-NPKV-M8QE')).to.deep.equal({ ok: true, code: '0NYJNPKVM8QE' });
    expect(readCode('ONYJ-NPKV-M8QE')).to.deep.equal({ ok: true, code: '0NYJNPKVM8QE' });
  });

  const refused: { typed: string; reason: string; groups?: number[] }[] = [
    { typed: '', reason: 'length' },
    { typed: ' - ', reason: 'length' },
    { typed: '28W1HKS8TK8', reason: 'length' },
    { typed: '28W1HKS8TK8WW', reason: 'length' },
    { typed: '28W1-HKS-TK8W', reason: 'length', groups: [2] },
    { typed: '28-HKS8-TK8', reason: 'length', groups: [1, 3] },
    { typed: '28W1H-KS-TK8W', reason: 'length' },
    { typed: '28W1-HKS8', reason: 'length' },
    { typed: '9'.repeat(65), reason: 'length' },
    { typed: '\uFDFA'.repeat(64), reason: 'symbol' },
    { typed: '28W1-HUS8-TK8W', reason: 'symbol', groups: [2] },
    { typed: '28w1hks8uk8w', reason: 'symbol', groups: [3] },
    { typed: 'U8W1-HKS8-TK8', reason: 'symbol', groups: [1] },
    { typed: '28W1-HKS8-TK8U9', reason: 'symbol', groups: [3] },
    { typed: 'U8W1HKS8TK8', reason: 'symbol' },
    { typed: 'Â8W1-HKS8-TK8Đ', reason: 'symbol', groups: [1, 3] },
    { typed: '28W1-HKS8-TK8🙂', reason: 'symbol', groups: [3] },
    { typed: '28W1-HKS8-TKıW', reason: 'symbol', groups: [3] },
    { typed: '28W1\u0000HKS8TK8W', reason: 'symbol' },
    { typed: '28W1-HKS8-TK8X', reason: 'check' },
    { typed: '28W1-HSK8-TK8W', reason: 'check' },
  ];
  for (const { typed, reason, groups } of refused) {
    const named = groups === undefined ? 'naming no group' : `naming group ${groups.join(' and ')}`;
    it(`refuses ${JSON.stringify(typed).slice(0, 30)} for its ${reason}, ${named}`, () => {
      expect(readCode(typed)).to.deep.equal(
        groups === undefined ? { ok: false, reason } : { ok: false, reason, groups },
      );
    });
  }
});
