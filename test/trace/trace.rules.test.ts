import { expect } from 'chai';
import { packingOf, waitingBefore } from '../../src/trace/trace.rules.ts';
import { anEntry } from '../support/factories.trace.ts';

const spray = (doneOn: string, waitDays: number | undefined, siteIds: string[] = []) =>
  anEntry('spray', doneOn, { data: { waitDays }, siteIds }).step;
const harvest = (doneOn: string, siteIds: string[] = []) => anEntry('harvest', doneOn, { siteIds }).step;

describe('the waiting time that a page spells out', () => {
  it('counts days since the last spray against what its label asks for', () => {
    const waiting = waitingBefore(harvest('2026-09-02'), [spray('2026-08-05', 3)]);

    expect(waiting).to.deep.equal({ sprayedOn: '2026-08-05', isLastSpray: true, days: 28, needed: 3, isMet: true });
  });

  it('is met on the very day on which the waiting time is over, and not the day before', () => {
    expect(waitingBefore(harvest('2026-08-08'), [spray('2026-08-01', 7)])?.isMet).to.equal(true);
    expect(waitingBefore(harvest('2026-08-07'), [spray('2026-08-01', 7)])?.isMet).to.equal(false);
  });

  it('lets an earlier spray with a longer waiting time decide', () => {
    const waiting = waitingBefore(harvest('2026-08-20'), [spray('2026-08-15', 3), spray('2026-08-01', 21)]);

    expect(waiting).to.include({ sprayedOn: '2026-08-01', isLastSpray: false, isMet: false });
  });

  it('never reads a missing waiting time as 0', () => {
    const waiting = waitingBefore(harvest('2026-09-02'), [spray('2026-08-05', 3), spray('2026-01-05', undefined)]);

    expect(waiting).to.include({ sprayedOn: '2026-01-05', needed: undefined, isMet: undefined });
  });

  it('leaves out sprays of other sites and later ones', () => {
    const others = [spray('2026-08-30', 7, ['B']), spray('2026-09-03', 7, ['A'])];

    expect(waitingBefore(harvest('2026-09-02', ['A']), others)).to.equal(undefined);
  });
});

describe('packed against harvested', () => {
  const net = { amount: 0.5, unit: 'kg' } as const;
  const pack = anEntry('pack', '2026-09-02', { data: { unitsPacked: 804 } }).step;
  const picked = (amount: number, unit: string) => anEntry('harvest', '2026-09-02', { data: { amount, unit } }).step;

  it('fits when no more was packed than picked', () => {
    const packing = packingOf(pack, [pack, picked(420, 'kg')], net);

    expect(packing).to.deep.equal({
      units: 804,
      total: { amount: 402, unit: 'kg' },
      harvested: { amount: 420, unit: 'kg' },
      fits: true,
    });
  });

  it('does not fit when all packings together are more than was picked', () => {
    expect(packingOf(pack, [pack, pack, picked(420, 'kg')], net)?.fits).to.equal(false);
  });

  it('says nothing about the harvest when one is on record in an unlike unit', () => {
    const packing = packingOf(pack, [pack, picked(420, 'kg'), picked(12, 'bao')], net);

    expect(packing).to.include({ harvested: undefined, fits: undefined });
  });
});
