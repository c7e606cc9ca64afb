import { expect } from 'chai';
import { doubtNumbers, doubtOf, placesTooFar } from '../../src/scans/scans.rules.ts';
import { addHistories, daysBeyond, noScans, oneScan } from '../../src/scans/scans.tally.rules.ts';
import type { ScanHistory } from '../../src/scans/scans.types.ts';

const at = (hours: number): Date => new Date(Date.UTC(2026, 8, 4) + hours * 3_600_000);
const scans = (...all: (readonly [number, string])[]): ScanHistory =>
  all.map(([hours, place]) => oneScan(at(hours), place)).reduce(addHistories, noScans);
const times = (count: number, place: string): ScanHistory =>
  scans(...Array.from({ length: count }, (_, hour) => [hour, place] as const));

describe('the doubt about a unit code', () => {
  it('does not come up for what a household does, in one province and in two that it travelled between', () => {
    expect(doubtOf(noScans)).to.equal(undefined);
    expect(doubtOf(scans([0, '19']))).to.equal(undefined);
    expect(doubtOf(times(3, '19'))).to.equal(undefined);
    expect(doubtOf(scans([0, '19'], [1, '19'], [48, '79']))).to.equal(undefined);
  });

  it('comes up when provinces lie too far apart for the time between, with all provinces counted', () => {
    const within = scans([0, '01'], [0.2, '48'], [0.4, '79'], [0.6, '96'], [0.8, '19']);

    expect(doubtOf(within)).to.deep.equal({ reason: 'places', places: 5, count: 5, days: 1 });
  });

  it('forgives one slip of a place, as the exchanges of mobile networks make them', () => {
    const slip = scans([0, '19'], [0.1, '79'], [1, '19']);

    expect(placesTooFar(slip)).to.have.members(['19', '79']);
    expect(doubtOf(slip)).to.equal(undefined);
  });

  it('takes neighbours for near at any speed, and unknown places for no places', () => {
    expect(placesTooFar(scans([0, '19'], [0, '24'], [0, '20']))).to.deep.equal([]);
    expect(placesTooFar(scans([0, ''], [0, '79'], [0, 'zz']))).to.deep.equal([]);
  });

  it('comes up at the number of scans that the simulation chose, and not one before', () => {
    const { manyScans } = doubtNumbers;

    expect(doubtOf(times(manyScans - 1, ''))).to.equal(undefined);
    expect(doubtOf(times(manyScans, ''))).to.include({ reason: 'many', count: manyScans });
    expect(doubtOf(times(4000, '19'))).to.include({ reason: 'many', count: 4000 });
  });
});

describe('adding up scans', () => {
  it('gives the same in any order and any grouping', () => {
    const parts = [scans([5, '19']), scans([1, '01'], [9, '19']), scans([30, '']), scans([2, '01'])];

    const forth = parts.reduce(addHistories, noScans);
    const back = [...parts].reverse().reduce(addHistories, noScans);
    const grouped = addHistories(addHistories(parts[0]!, parts[1]!), addHistories(parts[2]!, parts[3]!));

    expect(back).to.deep.equal(forth);
    expect(grouped).to.deep.equal(forth);
    expect(forth.first).to.deep.equal({ at: at(1), place: '01' });
    expect(forth.count).to.equal(5);
  });

  it('counts days as they are in Viet Nam', () => {
    const night = addHistories(
      oneScan(new Date('2026-09-04T23:59:00+07:00'), '19'),
      oneScan(new Date('2026-09-05T00:01:00+07:00'), '19'),
    );

    expect(night.days).to.deep.equal({ '2026-09-04': { '19': 1 }, '2026-09-05': { '19': 1 } });
  });

  it('names the days that need no longer be told apart', () => {
    expect(daysBeyond(scans([0, ''], [24, ''], [48, '']), 2)).to.deep.equal(['2026-09-04']);
  });
});
