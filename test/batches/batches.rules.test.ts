import { expect } from 'chai';
import {
  ancestorsOf,
  isRecalled,
  refusalOfTake,
  requireDaysInOrder,
  requireUnitsWithinQuantity,
  unitsPossible,
  useByOf,
} from '../../src/batches/batches.rules.ts';
import type { PackingDays } from '../../src/batches/batches.rules.ts';
import { AppError } from '../../src/errors.ts';

const today = '2026-09-04';
const days = (changes: Partial<PackingDays> = {}): PackingDays => ({
  startedOn: '2026-01-05',
  harvestedOn: undefined,
  packedOn: undefined,
  useBy: undefined,
  ...changes,
});

const faultOf = (run: () => void): string => {
  try {
    run();
    return '';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return Object.entries(error.fields)
      .map(([field, fault]) => `${field}: ${fault.code}`)
      .join();
  }
};

describe('Days of a batch', () => {
  const cases: [string, Partial<PackingDays>, string][] = [
    ['only a first day', {}, ''],
    ['all on one day', { startedOn: today, harvestedOn: today, packedOn: today }, ''],
    ['a first day after today', { startedOn: '2026-09-05' }, 'startedOn: not-after-today'],
    ['a harvest after today', { harvestedOn: '2026-09-05' }, 'harvestedOn: not-after-today'],
    ['packing after today', { packedOn: '2026-09-05' }, 'packedOn: not-after-today'],
    ['a harvest before the start', { harvestedOn: '2026-01-04' }, 'harvestedOn: before-start'],
    ['packing before the start', { packedOn: '2026-01-04' }, 'packedOn: before-start'],
    ['packing before the harvest', { harvestedOn: '2026-09-02', packedOn: '2026-09-01' }, 'packedOn: before-harvest'],
    ['use-by on the packing day', { packedOn: '2026-09-02', useBy: '2026-09-02' }, 'useBy: before-production'],
    ['use-by the day after packing', { packedOn: '2026-09-02', useBy: '2026-09-03' }, ''],
    ['use-by after today', { harvestedOn: '2026-09-02', useBy: '2027-09-02' }, ''],
    ['use-by on the first day, nothing else known', { useBy: '2026-01-05' }, 'useBy: before-production'],
  ];
  for (const [what, given, fault] of cases)
    it(`${fault === '' ? 'accepts' : 'refuses'} ${what}`, () => {
      expect(faultOf(() => requireDaysInOrder(days(given), today))).to.equal(fault);
    });
});

describe('Use-by day', () => {
  it('is the one that was given', () => {
    expect(useByOf({ packedOn: '2026-09-02', useBy: '2026-09-20' }, 7)).to.equal('2026-09-20');
  });
  it('is the packed day plus the shelf life when none was given', () => {
    expect(useByOf({ packedOn: '2026-09-02', useBy: undefined }, 7)).to.equal('2026-09-09');
  });
  it('is not known without a packed day or a shelf life', () => {
    expect(useByOf({ packedOn: undefined, useBy: undefined }, 7)).to.equal(undefined);
    expect(useByOf({ packedOn: '2026-09-02', useBy: undefined }, undefined)).to.equal(undefined);
  });
});

describe('Units within the quantity', () => {
  const cases: [number, 'kg' | 'l' | 'piece', number, 'g' | 'kg' | 'ml' | 'l' | 'piece', number | undefined][] = [
    [402, 'kg', 0.5, 'kg', 804],
    [402, 'kg', 500, 'g', 804],
    [0.3, 'kg', 0.1, 'kg', 3],
    [10, 'l', 330, 'ml', 30],
    [12, 'piece', 6, 'piece', 2],
    [1, 'kg', 2, 'kg', 0],
    [100, 'l', 700, 'g', undefined],
  ];
  for (const [amount, unit, net, netUnit, possible] of cases)
    it(`gives ${possible ?? 'no limit'} for ${amount} ${unit} in units of ${net} ${netUnit}`, () => {
      expect(unitsPossible({ amount, unit }, { amount: net, unit: netUnit })).to.equal(possible);
    });

  it('refuses one unit more than the quantity holds', () => {
    const content = { amount: 0.5, unit: 'kg' } as const;
    expect(faultOf(() => requireUnitsWithinQuantity(804, { amount: 402, unit: 'kg' }, content))).to.equal('');
    expect(faultOf(() => requireUnitsWithinQuantity(805, { amount: 402, unit: 'kg' }, content))).to.equal(
      'unitsMade: more-than-quantity',
    );
  });
});

describe('Lineage and marks', () => {
  it('names itself first and every batch above once', () => {
    const parents = [{ ancestors: ['b', 'a'] }, { ancestors: ['c', 'a'] }];

    expect(ancestorsOf('d', parents)).to.deep.equal(['d', 'b', 'a', 'c']);
  });

  it('is recalled while one of its recalls is open', () => {
    expect(isRecalled({ recallIds: [], closedRecallIds: [] })).to.equal(false);
    expect(isRecalled({ recallIds: ['one', 'two'], closedRecallIds: ['one'] })).to.equal(true);
    expect(isRecalled({ recallIds: ['one'], closedRecallIds: ['one'] })).to.equal(false);
  });

  it('says why units are not given: closed or held first, then the rest, never a negative one', () => {
    const closed = { on: '2026-09-01', reason: '', byUserId: 'u', at: new Date() };
    const open = { closed: undefined };
    expect(refusalOfTake({ held: true, unitsLeft: 9, closed }, 5).code).to.equal('batch-closed');
    expect(refusalOfTake({ ...open, held: true, unitsLeft: 0 }, 5).code).to.equal('batch-held');
    expect(refusalOfTake({ ...open, held: false, unitsLeft: 3 }, 5).facts).to.deep.equal({ unitsLeft: 3, units: 5 });
    expect(refusalOfTake({ ...open, held: false, unitsLeft: -3 }, 5).facts['unitsLeft']).to.equal(0);
  });
});
