import { expect } from 'chai';
import { AppError } from '../../src/errors.ts';
import { newStep } from '../../src/steps/steps.input.ts';
import { journalEntries, versionsOf } from '../../src/steps/steps.journal.rules.ts';
import {
  earlierVersions,
  evidenceGrade,
  gapsOf,
  isLateOffline,
  isSameStep,
  photoCount,
  photosOf,
  replacedStep,
  standingSteps,
} from '../../src/steps/steps.rules.ts';
import type { Attachment, Confirmation, Step } from '../../src/steps/steps.types.ts';
import { uuidv7 } from '../support/factories.ts';

const aRecord = (id: string, changes: Partial<Step> = {}): Step => ({
  id,
  producerId: 'p',
  batchId: 'b',
  siteIds: ['A'],
  kind: 'water',
  doneOn: '2026-08-01',
  doneUntil: undefined,
  recordedAt: new Date('2026-08-01T10:00:00Z'),
  byUserId: 'u',
  onBehalf: false,
  data: { amount: undefined, unit: undefined, material: undefined, waitDays: undefined, unitsPacked: undefined },
  noteHash: undefined,
  photoHashes: [],
  corrects: undefined,
  withdraws: undefined,
  queued: false,
  madeAt: undefined,
  marks: [],
  ...changes,
});

const aPhoto = (stepId: string, receivedSha256: string): Attachment => ({
  id: uuidv7(),
  stepId,
  producerId: 'p',
  receivedSha256,
  fileId: `file of ${receivedSha256}`,
  arrivedAt: new Date('2026-08-02T10:00:00Z'),
});

const aConfirmation = (level: Confirmation['level'], at: string): Confirmation => ({
  id: uuidv7(),
  stepId: 's',
  producerId: 'p',
  level,
  byUserId: `${level} person`,
  at: new Date(at),
});

describe('Versions of a step', () => {
  const first = aRecord('1');
  const second = aRecord('2', { corrects: '1' });
  const third = aRecord('3', { corrects: '2' });
  const other = aRecord('4');
  const gone = aRecord('5');
  const withdrawal = aRecord('6', { withdraws: '5' });
  const all = [first, second, third, other, gone, withdrawal];

  it('leaves standing what was neither corrected nor withdrawn', () => {
    expect(standingSteps(all).map(({ id }) => id)).to.deep.equal(['3', '4']);
  });

  it('finds the earlier ones, newest first', () => {
    expect(earlierVersions(third, all).map(({ id }) => id)).to.deep.equal(['2', '1']);
  });

  it('tells the whole history from any of them, and what took whose place', () => {
    const history = versionsOf(first, { steps: all, texts: new Map(), erased: new Map() });

    expect(history.map(({ step, replacedBy }) => [step.id, replacedBy])).to.deep.equal([
      ['3', undefined],
      ['2', '3'],
      ['1', '2'],
    ]);
  });

  const replace = (body: Record<string, unknown>): string => {
    try {
      const sent = newStep.parse({ id: uuidv7(), kind: 'water', doneOn: '2026-08-01', ...body });
      return replacedStep(sent, all)?.id ?? 'nothing';
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return Object.keys(error.fields).join();
    }
  };
  const absent = '0190a000-0000-7000-8000-000000000001';
  it('refuses to correct or withdraw what is not in the batch', () => {
    expect(replace({ corrects: absent })).to.equal('corrects');
    expect(replace({ withdraws: absent })).to.equal('withdraws');
    expect(replace({})).to.equal('nothing');
  });
});

describe('The same record', () => {
  it('is one that says the same, whoever sends it and whenever', () => {
    const sent = aRecord('1', { recordedAt: new Date(), byUserId: 'other', marks: ['batch-recalled'] });

    expect(isSameStep(aRecord('1'), sent)).to.equal(true);
  });

  const changes: Partial<Step>[] = [
    { kind: 'weed' },
    { doneOn: '2026-08-02' },
    { doneUntil: '2026-08-02' },
    { siteIds: ['B'] },
    { batchId: 'c' },
    { photoHashes: ['x'] },
    { corrects: '0' },
    { withdraws: '0' },
    { queued: true },
    { data: { amount: 2, unit: 'kg', material: undefined, waitDays: undefined, unitsPacked: undefined } },
    { data: { amount: undefined, unit: undefined, material: undefined, waitDays: 0, unitsPacked: undefined } },
  ];
  for (const change of changes)
    it(`is another one with ${JSON.stringify(change)}`, () => {
      expect(isSameStep(aRecord('1'), aRecord('1', change))).to.equal(false);
    });
});

describe('Made offline', () => {
  const now = new Date('2026-09-04T09:41:00+07:00');
  const cases: [string, { queued: boolean; madeAt: string | undefined }, boolean][] = [
    ['eleven minutes ago', { queued: true, madeAt: '2026-09-04T09:30:00+07:00' }, true],
    ['ten minutes ago', { queued: true, madeAt: '2026-09-04T09:31:00+07:00' }, false],
    ['yesterday, told in another zone', { queued: true, madeAt: '2026-09-03T00:00:00Z' }, true],
    ['yesterday but not queued', { queued: false, madeAt: '2026-09-03T00:00:00Z' }, false],
    ['at a moment that was not told', { queued: true, madeAt: undefined }, false],
    ['in the future of a wrong clock', { queued: true, madeAt: '2027-01-01T00:00:00Z' }, false],
  ];
  for (const [what, sent, expected] of cases)
    it(`${expected ? 'counts' : 'does not count'} for an entry made ${what}`, () => {
      expect(isLateOffline(sent, now)).to.equal(expected);
    });
});

describe('Evidence grade', () => {
  const cooperative = aConfirmation('cooperative', '2026-08-02T18:30:00Z');
  const official = aConfirmation('official', '2026-08-05T02:00:00Z');

  it('rises from own word over photo and cooperative to official', () => {
    expect(evidenceGrade(0, []).grade).to.equal('self-declared');
    expect(evidenceGrade(1, []).grade).to.equal('with-photo');
    expect(evidenceGrade(1, [cooperative]).grade).to.equal('cooperative-confirmed');
    expect(evidenceGrade(0, [cooperative, official]).grade).to.equal('official-verified');
  });

  it('tells who gave it and on which day in Viet Nam', () => {
    expect(evidenceGrade(0, [cooperative])).to.deep.equal({
      grade: 'cooperative-confirmed',
      confirmedOn: '2026-08-03',
      confirmedBy: 'cooperative person',
    });
  });
});

describe('Photos of an entry', () => {
  it('are those that arrived, each once, and those of earlier versions that it still names', () => {
    const before = aRecord('1', { photoHashes: ['a', 'b'] });
    const now = aRecord('2', { corrects: '1', photoHashes: ['a', 'c'] });

    const photos = photosOf(now, [before], [aPhoto('1', 'a'), aPhoto('1', 'b'), aPhoto('2', 'a'), aPhoto('9', 'c')]);

    expect(photos.map(({ stepId, receivedSha256 }) => stepId + receivedSha256)).to.deep.equal(['1a']);
    expect(photoCount({ step: now, photos, erasedPhotos: [] })).to.deep.equal({ arrived: 1, expected: 2 });
  });
});

describe('Gaps of a journal', () => {
  const work = (doneOn: string, doneUntil?: string) => ({ step: { doneOn, doneUntil } });

  it('are silences longer than three weeks, first and last day included', () => {
    const gaps = gapsOf([work('2026-07-19'), work('2026-05-30', '2026-06-24'), work('2026-05-20')]);

    expect(gaps).to.deep.equal([{ fromDay: '2026-06-25', toDay: '2026-07-18', days: 24 }]);
  });

  it('begin with the twenty-second day', () => {
    expect(gapsOf([work('2026-05-01'), work('2026-05-23')])).to.deep.equal([]);
    expect(gapsOf([work('2026-05-01'), work('2026-05-24')])).to.have.length(1);
  });

  it('are filled by a record that nothing was done', () => {
    expect(gapsOf([work('2026-05-01'), work('2026-05-02', '2026-06-10'), work('2026-06-20')])).to.deep.equal([]);
  });

  it('do not hide inside a longer work that began before', () => {
    expect(gapsOf([work('2026-05-01', '2026-07-01'), work('2026-05-10'), work('2026-07-10')])).to.deep.equal([]);
  });

  it('end with the season: a lot in store needs no tending', () => {
    const entries = [work('2026-01-01'), work('2026-02-01'), work('2026-04-01')];

    expect(gapsOf(entries, { seasonEnd: '2026-02-01' })).to.deep.equal([
      { fromDay: '2026-01-02', toDay: '2026-01-31', days: 30 },
    ]);
  });

  it('need two entries', () => {
    expect(gapsOf([])).to.deep.equal([]);
    expect(gapsOf([work('2026-05-01')])).to.deep.equal([]);
  });
});

describe('Journal entries', () => {
  it('come newest work first with note, marks found later and corrections counted', () => {
    const steps = [
      aRecord('1', { doneOn: '2026-08-01', noteHash: 'gone' }),
      aRecord('2', { doneOn: '2026-08-03', noteHash: 'there' }),
      aRecord('3', { doneOn: '2026-08-02', corrects: '4', marks: ['step-in-future'] }),
      aRecord('4', { doneOn: '2026-08-09' }),
    ];
    const hold = { id: '3', stepId: '3', reason: 'harvest-too-soon', at: new Date(), settled: undefined } as const;

    const entries = journalEntries(
      { holds: [hold] },
      { steps, attachments: [], confirmations: [], texts: new Map([['there', 'Mưa nhỏ.']]), erased: new Map() },
    );

    expect(entries.map(({ step }) => step.id)).to.deep.equal(['2', '3', '1']);
    expect(entries.map(({ note }) => note)).to.deep.equal(['Mưa nhỏ.', '', undefined]);
    expect(entries[1]?.marks).to.deep.equal(['step-in-future', 'harvest-too-soon']);
    expect(entries[1]?.correctionCount).to.equal(1);
  });
});
