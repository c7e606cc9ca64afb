import { expect } from 'chai';
import { amountIn, fitsWork, standingMoves, stockLines, stockOfMoves } from '../../src/materials/materials.rules.ts';
import type { MaterialMove, MaterialUnit } from '../../src/materials/materials.types.ts';

const aLine = (on: string, kind: MaterialMove['kind'], amount: number | undefined, minute = 0): MaterialMove => ({
  id: `${on}-${kind}-${minute}`,
  producerId: 'p',
  materialId: 'm',
  kind,
  amount,
  told: '',
  lot: '',
  supplier: '',
  on,
  batchId: undefined,
  receiptFileId: undefined,
  replaces: undefined,
  fromStep: false,
  byUserId: 'u',
  recordedAt: new Date(Date.UTC(2026, 8, 1, 0, minute)),
});

describe('the stock of a material', () => {
  it('is what came less what went, without the faults of binary fractions', () => {
    const moves = [aLine('2026-08-01', 'in', 0.3), aLine('2026-08-02', 'out', 0.1), aLine('2026-08-03', 'out', 0.2)];

    expect(stockOfMoves(standingMoves(moves, new Set()))).to.deep.equal({
      amount: 0,
      uncounted: 0,
      countedOn: undefined,
    });
  });

  it('may fall below nothing', () => {
    expect(stockOfMoves([aLine('2026-08-01', 'in', 2), aLine('2026-08-02', 'out', 5)]).amount).to.equal(-3);
  });

  it('begins anew with a count, which rules over earlier days also when they are written later', () => {
    const moves = [
      aLine('2026-08-01', 'in', 10),
      aLine('2026-08-05', 'count', 4, 1),
      aLine('2026-08-03', 'out', 3, 2),
      aLine('2026-08-06', 'out', 1, 3),
    ];

    expect(stockOfMoves(standingMoves(moves, new Set()))).to.deep.include({ amount: 3, countedOn: '2026-08-05' });
  });

  it('takes lines of one day in the order in which they were written', () => {
    const moves = [aLine('2026-08-01', 'out', 1, 2), aLine('2026-08-01', 'count', 5, 1)];

    expect(stockOfMoves(standingMoves(moves, new Set())).amount).to.equal(4);
  });

  it('leaves out lines that another took the place of', () => {
    const moves = [aLine('2026-08-01', 'in', 100, 1), aLine('2026-08-01', 'in', 10, 2)];

    expect(stockOfMoves(standingMoves(moves, new Set(['2026-08-01-in-1']))).amount).to.equal(10);
  });

  it('says how many uses since the last count are of an unknown amount', () => {
    const before = aLine('2026-08-01', 'out', undefined);
    const moves = [before, aLine('2026-08-02', 'count', 5), aLine('2026-08-03', 'out', undefined, 1)];

    expect(stockOfMoves([before]).uncounted).to.equal(1);
    expect(stockOfMoves(moves)).to.deep.equal({ amount: 5, uncounted: 1, countedOn: '2026-08-02' });
  });

  it('tells of a count by how much the book was wrong, not of the first line', () => {
    const lines = stockLines([
      aLine('2026-08-01', 'count', 8),
      aLine('2026-08-02', 'out', 1),
      aLine('2026-08-03', 'count', 6.5),
    ]);

    expect(lines.map(({ after, difference }) => [after, difference])).to.deep.equal([
      [8, undefined],
      [7, undefined],
      [6.5, -0.5],
    ]);
  });
});

describe('an amount told in a journal', () => {
  const cases: [number | undefined, string | undefined, MaterialUnit, number | undefined][] = [
    [2, 'kg', 'kg', 2],
    [250, 'g', 'kg', 0.25],
    [1.5, 'kg', 'g', 1500],
    [20, 'ml', 'l', 0.02],
    [0.4, 'ml', 'l', 0.0004],
    [3, 'lít', 'l', 3],
    [3, 'Lít', 'ml', 3000],
    [2, 'bao', 'bag', 2],
    [200, 'quả', 'piece', 200],
    [2, 'bình', 'l', undefined],
    [0.4, 'kg mỗi cây', 'kg', undefined],
    [2, 'kg', 'l', undefined],
    [2, 'bao', 'kg', undefined],
    [undefined, undefined, 'kg', undefined],
    [1, 'constructor', 'kg', undefined],
  ];
  for (const [amount, told, unit, expected] of cases)
    it(`of ${amount ?? 'nothing'} ${told ?? ''} is ${expected ?? 'unknown'} in ${unit}`, () => {
      expect(amountIn(unit, amount, told)).to.equal(expected);
    });
});

describe('a material', () => {
  it('fits the work by its kind: a pesticide is sprayed, never spread', () => {
    expect(fitsWork('spray', 'pesticide')).to.equal(true);
    expect(fitsWork('spray', 'fertiliser')).to.equal(true);
    expect(fitsWork('fertilise', 'fertiliser')).to.equal(true);
    expect(fitsWork('fertilise', 'pesticide')).to.equal(false);
    for (const kind of ['seed', 'feed', 'ingredient', 'packaging'] as const)
      expect([fitsWork('spray', kind), fitsWork('fertilise', kind)], kind).to.deep.equal([false, false]);
  });
});
