import { expect } from 'chai';
import { exchangeToken } from '../../src/accounts/accounts.rules.ts';
import type { RefreshTokens } from '../../src/accounts/accounts.types.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 8, 4) + seconds * 1000);
const day = 24 * 3600;

describe('the exchange of a refresh token', () => {
  // What is presented, when (seconds), for which successor -> whether it counts.
  type Turn = [presented: string, second: number, successor: string, counts: boolean];
  const cases: [string, Turn[]][] = [
    [
      'a chain, each used once',
      [
        ['a', 0, 'b', true],
        ['b', 900, 'c', true],
        ['c', 1800, 'd', true],
      ],
    ],
    [
      'a predecessor while its successor is unused, days later',
      [
        ['a', 0, 'b', true],
        ['a', 5 * day, 'c', true],
        ['c', 6 * day, 'd', true],
      ],
    ],
    [
      'the lost successor that turns up instead',
      [
        ['a', 0, 'b', true],
        ['a', 100, 'c', true],
        ['b', 900, 'd', true],
      ],
    ],
    [
      'a predecessor within 60 seconds of its use, its successor used',
      [
        ['a', 0, 'b', true],
        ['b', 10, 'c', true],
        ['a', 60, 'd', true],
      ],
    ],
    [
      'a predecessor after 61 seconds, its successor used',
      [
        ['a', 0, 'b', true],
        ['b', 10, 'c', true],
        ['a', 61, 'd', false],
      ],
    ],
    [
      'the sibling of a successor that was used',
      [
        ['a', 0, 'b', true],
        ['a', 1, 'c', true],
        ['b', 900, 'd', true],
        ['c', 901, 'e', false],
      ],
    ],
    [
      'one that came late in the grace joins the line and is put out with its siblings',
      [
        ['a', 0, 'b', true],
        ['b', 10, 'c', true],
        ['a', 20, 'd', true],
        ['c', 900, 'e', true],
        ['d', 901, 'f', false],
      ],
    ],
    ['one that was never given out', [['x', 0, 'b', false]]],
    [
      'one of three generations ago',
      [
        ['a', 0, 'b', true],
        ['b', 900, 'c', true],
        ['c', 1800, 'd', true],
        ['a', 1801, 'e', false],
      ],
    ],
  ];

  for (const [name, turns] of cases) {
    it(`reads ${name}`, () => {
      let tokens: RefreshTokens = { open: ['a'], used: [] };
      const counted: boolean[] = [];

      for (const [presented, second, successor] of turns) {
        const next = exchangeToken(tokens, presented, successor, at(second));
        counted.push(next !== undefined);
        tokens = next ?? tokens;
      }

      expect(counted).to.deep.equal(turns.map(([, , , counts]) => counts));
    });
  }

  it('keeps a bounded number of tokens, however often an answer is lost', () => {
    let tokens: RefreshTokens = { open: ['a'], used: [] };

    for (let turn = 0; turn < 100; turn += 1) tokens = exchangeToken(tokens, 'a', `b${turn}`, at(turn)) ?? tokens;

    expect(tokens.open).to.have.lengthOf(20).and.include('b99');
    expect(tokens.used).to.have.lengthOf(1);
  });
});
