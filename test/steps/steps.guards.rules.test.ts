import { expect } from 'chai';
import {
  dayBreach,
  harvestBreach,
  recallBreach,
  refusal,
  waitingBreach,
  waitingBreaches,
} from '../../src/steps/steps.guards.rules.ts';
import type { Step, StepKind } from '../../src/steps/steps.types.ts';

type Changes = { id?: string; until?: string; sites?: string[]; waitDays?: number | undefined };

const aWork = (kind: StepKind, doneOn: string, changes: Changes = {}) => ({
  id: changes.id ?? `${kind} ${doneOn}`,
  kind,
  doneOn,
  doneUntil: changes.until,
  siteIds: changes.sites ?? ['A'],
  data: {
    amount: undefined,
    unit: undefined,
    material: 'Bt',
    waitDays: 'waitDays' in changes ? changes.waitDays : 7,
    unitsPacked: undefined,
  } satisfies Step['data'],
});
const spray = (doneOn: string, changes: Changes = {}) => aWork('spray', doneOn, changes);
const harvest = (doneOn: string, changes: Changes = {}) => aWork('harvest', doneOn, changes);

describe('Waiting time between a spray and a harvest', () => {
  const first = spray('2026-08-01');
  const cases: [string, ReturnType<typeof spray>, ReturnType<typeof harvest>, string][] = [
    ['the day before it is over', first, harvest('2026-08-07'), 'harvest-too-soon 2026-08-08'],
    ['the day it is over', first, harvest('2026-08-08'), ''],
    ['the day of the spray', first, harvest('2026-08-01'), 'harvest-too-soon 2026-08-08'],
    ['the day before the spray', first, harvest('2026-07-31'), ''],
    ['another plot', first, harvest('2026-08-02', { sites: ['B'] }), ''],
    [
      'two plots, one of them sprayed',
      first,
      harvest('2026-08-05', { sites: ['B', 'A'] }),
      'harvest-too-soon 2026-08-08',
    ],
    ['no plot named', first, harvest('2026-08-05', { sites: [] }), 'harvest-too-soon 2026-08-08'],
    ['an interval of 0 days', spray('2026-08-01', { waitDays: 0 }), harvest('2026-08-01'), ''],
    ['no interval known', spray('2026-08-01', { waitDays: undefined }), harvest('2026-12-01'), 'waiting-time-unknown '],
    ['no interval known, but before it', spray('2026-08-01', { waitDays: undefined }), harvest('2026-07-31'), ''],
    [
      'spraying that went on for days counts from its last day',
      spray('2026-08-01', { until: '2026-08-03' }),
      harvest('2026-08-09'),
      'harvest-too-soon 2026-08-10',
    ],
    [
      'picking that went on into the spray',
      first,
      harvest('2026-07-30', { until: '2026-08-02' }),
      'harvest-too-soon 2026-08-08',
    ],
    ['a leap day', spray('2028-02-27', { waitDays: 3 }), harvest('2028-03-01'), ''],
    ['the turn of the year', spray('2026-12-28'), harvest('2027-01-03'), 'harvest-too-soon 2027-01-04'],
  ];
  for (const [what, sprayed, picked, expected] of cases)
    it(`${expected === '' ? 'allows' : 'forbids'} harvest: ${what}`, () => {
      const breach = waitingBreach(sprayed, picked);

      expect(breach === undefined ? '' : `${breach.mark} ${breach.allowedFrom ?? ''}`).to.equal(expected);
    });

  it('names the sprayed plots only', () => {
    const breach = waitingBreach(spray('2026-08-01'), harvest('2026-08-05', { sites: ['A', 'B'] }));

    expect(breach?.siteIds).to.deep.equal(['A']);
  });

  it('tells the latest day that several sprays allow, with all their plots', () => {
    const sprays = [
      spray('2026-08-01'),
      spray('2026-08-03', { sites: ['B'], waitDays: 14 }),
      spray('2026-07-01', { sites: ['C'] }),
    ];

    const breach = harvestBreach(harvest('2026-08-05', { sites: ['A', 'B', 'C'] }), sprays);

    expect(breach?.allowedFrom).to.equal('2026-08-17');
    expect(breach?.siteIds).to.have.members(['A', 'B']);
  });

  it('promises no day while one interval is not known', () => {
    const sprays = [spray('2026-08-01'), spray('2026-08-02', { waitDays: undefined })];

    const breach = harvestBreach(harvest('2026-08-05'), sprays);

    expect(breach).to.deep.include({ mark: 'waiting-time-unknown', sprayedOn: '2026-08-02' });
  });

  const told = (work: ReturnType<typeof harvest>, recordedAt: string): Step => ({
    ...work,
    producerId: 'p',
    batchId: `lot of ${work.id}`,
    recordedAt: new Date(recordedAt),
    byUserId: 'u',
    onBehalf: false,
    noteHash: undefined,
    photoHashes: [],
    corrects: undefined,
    withdraws: undefined,
    queued: false,
    madeAt: undefined,
    marks: [],
  });

  it('finds every harvest that a late spray makes too early', () => {
    const harvests = [
      harvest('2026-07-31'),
      harvest('2026-08-02', { sites: ['B'] }),
      harvest('2026-08-03'),
      harvest('2026-08-07'),
      harvest('2026-08-08'),
    ].map((one) => told(one, '2026-08-09T10:00:00Z'));

    const breaches = waitingBreaches(told(spray('2026-08-01'), '2026-08-10T10:00:00Z'), harvests);

    expect(breaches.map(({ batchId }) => batchId)).to.deep.equal([
      'lot of harvest 2026-08-03',
      'lot of harvest 2026-08-07',
    ]);
  });

  it('names the one that was told later as the cause, from whichever side it looks', () => {
    const sprayed = told(spray('2026-08-01'), '2026-08-10T10:00:00Z');
    const picked = told(harvest('2026-08-03'), '2026-08-09T10:00:00Z');
    const atOnce = told(harvest('2026-08-03', { id: 'a' }), '2026-08-10T10:00:00Z');

    expect(waitingBreaches(sprayed, [picked])).to.deep.equal(waitingBreaches(picked, [sprayed]));
    expect(waitingBreaches(sprayed, [picked])[0]?.causeId).to.equal(sprayed.id);
    expect(waitingBreaches(sprayed, [atOnce])).to.deep.equal(waitingBreaches(atOnce, [sprayed]));
  });
});

describe('Days of a step', () => {
  const cases: [string, string, string | undefined, string][] = [
    ['today', '2026-09-04', undefined, ''],
    ['tomorrow', '2026-09-05', undefined, 'step-in-future'],
    ['work that ends tomorrow', '2026-09-01', '2026-09-05', 'step-in-future'],
    ['the first day of the batch', '2026-01-05', undefined, ''],
    ['the day before it', '2026-01-04', undefined, 'step-before-planting'],
    ['work that began before it', '2026-01-04', '2026-01-06', 'step-before-planting'],
  ];
  for (const [what, doneOn, doneUntil, mark] of cases)
    it(`${mark === '' ? 'accepts' : 'refuses'} ${what}`, () => {
      expect(dayBreach({ doneOn, doneUntil }, '2026-01-05', '2026-09-04')?.mark ?? '').to.equal(mark);
    });
});

describe('A lot under recall', () => {
  it('takes no new work', () => {
    expect(recallBreach({ corrects: undefined, withdraws: undefined }, true)?.mark).to.equal('batch-recalled');
    expect(recallBreach({ corrects: undefined, withdraws: undefined }, false)).to.equal(undefined);
  });
  it('takes what makes its record truer', () => {
    expect(recallBreach({ corrects: 'x', withdraws: undefined }, true)).to.equal(undefined);
    expect(recallBreach({ corrects: undefined, withdraws: 'x' }, true)).to.equal(undefined);
  });
});

describe('A refusal', () => {
  it('carries the day, the plots and their names', () => {
    const breach = { mark: 'harvest-too-soon', allowedFrom: '2026-08-08', siteIds: ['A', 'B'] } as const;

    const error = refusal({ ...breach, siteIds: [...breach.siteIds] }, ['Na sườn đồi', 'Na ven suối']);

    expect(error.code).to.equal('harvest-too-soon');
    expect(error.facts).to.deep.equal({
      allowedFrom: '2026-08-08',
      siteIds: ['A', 'B'],
      sites: 'Na sườn đồi, Na ven suối',
    });
  });
});
