// The hybrid check symbols of ISO/IEC 7064: published numbers for the systems of the standard, promises measured for ours.
import { expect } from 'chai';

import {
  alphanumeric,
  checkSymbol,
  crockford,
  hasCheckSymbol,
  makeAlphabet,
  type Alphabet,
} from '../../src/codes/check-symbol.ts';
import { makeRandom } from '../support/random.ts';

const random = makeRandom(7064);
const sampleBodies = Array.from({ length: 40 }, () =>
  Array.from({ length: 11 }, () => random.pick([...crockford.symbols])).join(''),
);
const withCheck = (body: string) => body + checkSymbol(body, crockford);
const replaceAt = (text: string, place: number, symbol: string) =>
  text.slice(0, place) + symbol + text.slice(place + 1);
const exchangeAt = (text: string, place: number) =>
  text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2);

/** Exchanges of two different neighbours that end in the same state, tried for every state that may come before. */
function missedExchanges(size: number): { missed: number; of: number } {
  const step = (state: number, value: number) => (((state + value) % size || size) * 2) % (size + 1);
  let missed = 0;
  let of = 0;
  for (let state = 1; state <= size; state += 1) {
    for (let one = 0; one < size; one += 1) {
      for (let other = one + 1; other < size; other += 1) {
        of += 1;
        if (step(step(state, one), other) === step(step(state, other), one)) missed += 1;
      }
    }
  }
  return { missed, of };
}

describe('check symbol', () => {
  const published: { what: string; body: string; check: string; alphabet: Alphabet }[] = [
    { what: 'the GRid A1-2425G-ABC1234002-M', body: 'A12425GABC1234002', check: 'M', alphabet: alphanumeric },
    {
      what: 'the first check of ISAN 0000-3BAB-9352-0000-G',
      body: '00003BAB93520000',
      check: 'G',
      alphabet: alphanumeric,
    },
    {
      what: 'the second check of that ISAN with version 0000-0000-Q',
      body: '00003BAB9352000000000000',
      check: 'Q',
      alphabet: alphanumeric,
    },
    {
      what: 'the first check of ISAN 0000-0000-3A8D-0000-Z',
      body: '000000003A8D0000',
      check: 'Z',
      alphabet: alphanumeric,
    },
    {
      what: 'the second check of that ISAN with version 0000-0000-6',
      body: '000000003A8D000000000000',
      check: '6',
      alphabet: alphanumeric,
    },
    { what: 'the MOD 11,10 example 0794', body: '0794', check: '5', alphabet: makeAlphabet('0123456789') },
  ];
  for (const { what, body, check, alphabet } of published) {
    it(`agrees with ${what}`, () => {
      expect(checkSymbol(body, alphabet)).to.equal(check);
      expect(hasCheckSymbol(body + check, alphabet)).to.equal(true);
    });
  }

  it('finds every single wrong symbol, in the check symbol too', () => {
    for (const code of sampleBodies.map(withCheck)) {
      for (let place = 0; place < code.length; place += 1) {
        for (const symbol of crockford.symbols) {
          const isSame = symbol === code.charAt(place);
          expect(hasCheckSymbol(replaceAt(code, place, symbol), crockford), `${code} ${place} ${symbol}`).to.equal(
            isSame,
          );
        }
      }
    }
  });

  it('finds all exchanges of two neighbours but 32 of 15,872 that are possible inside a code', () => {
    expect(missedExchanges(32)).to.deep.equal({ missed: 32, of: 15_872 });
    expect(missedExchanges(36)).to.deep.equal({ missed: 36, of: 22_680 });
  });

  it('finds the exchange of the last symbol with the check symbol but for one pair in 32 states', () => {
    let missed = 0;
    for (let state = 0; state < 32; state += 1) {
      for (const last of crockford.symbols) {
        // One symbol reaches every state, so a prefix of one stands for any prefix.
        const code = withCheck(crockford.symbols.charAt(state) + last);
        if (code.at(-1) !== last && hasCheckSymbol(exchangeAt(code, 1), crockford)) missed += 1;
      }
    }

    expect(missed).to.equal(2);
  });

  it('finds the exchanges in the sample codes as often as promised', () => {
    const exchanges = sampleBodies
      .map(withCheck)
      .flatMap((code) =>
        Array.from({ length: code.length - 1 }, (_, place) => ({ code, exchanged: exchangeAt(code, place) })),
      )
      .filter(({ code, exchanged }) => code !== exchanged);

    const missed = exchanges.filter(({ exchanged }) => hasCheckSymbol(exchanged, crockford));

    expect(exchanges.length).to.be.greaterThan(400);
    expect(missed.length / exchanges.length).to.be.at.most(0.01);
  });

  it('says no to an empty text, a lone symbol and symbols outside the alphabet', () => {
    expect(hasCheckSymbol('', crockford)).to.equal(false);
    expect(hasCheckSymbol('1', crockford)).to.equal(false);
    expect(hasCheckSymbol('UU', crockford)).to.equal(false);
    expect(() => checkSymbol('7U', crockford)).to.throw(RangeError, 'outside the alphabet');
  });

  it('refuses an alphabet that is odd in number or repeats a symbol', () => {
    expect(() => makeAlphabet('ABC')).to.throw(RangeError);
    expect(() => makeAlphabet('ABCA')).to.throw(RangeError);
    expect(() => makeAlphabet('')).to.throw(RangeError);
  });
});
