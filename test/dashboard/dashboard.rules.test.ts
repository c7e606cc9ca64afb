// What the home page asks and shows of a batch, as a table of cases.
import { expect } from 'chai';
import type { Batch } from '../../src/batches/batches.types.ts';
import { isInProgress, silenceOf, threadOf } from '../../src/dashboard/dashboard.rules.ts';
import type { JournalEntry, StepKind } from '../../src/steps/steps.types.ts';

const today = '2026-09-04';
const aBatch = (parts: Partial<Batch> = {}): Batch =>
  ({ startedOn: '2026-01-05', packedOn: undefined, useBy: undefined, ...parts }) as Batch;
const entry = (kind: StepKind, doneOn: string, doneUntil?: string): JournalEntry =>
  ({ step: { kind, doneOn, doneUntil } }) as JournalEntry;

describe('a batch in progress', () => {
  it('is one that is neither shipped nor past its use-by day', () => {
    expect(isInProgress(aBatch(), [], today)).to.equal(true);
    expect(isInProgress(aBatch({ useBy: today }), [], today)).to.equal(true);
    expect(isInProgress(aBatch({ useBy: '2026-09-03' }), [], today)).to.equal(false);
    expect(isInProgress(aBatch(), [entry('ship', today)], today)).to.equal(false);
  });
});

describe('the silence of a batch', () => {
  it('is asked about from the fourteenth day', () => {
    expect(silenceOf(aBatch(), [entry('weed', '2026-08-22')], today)).to.equal(undefined);
    expect(silenceOf(aBatch(), [entry('weed', '2026-08-21')], today)).to.deep.equal({ since: '2026-08-21', days: 14 });
  });

  it('counts from the last day of work that took several, and from the start where nothing is recorded', () => {
    const long = entry('prune', '2026-07-01', '2026-08-15');

    expect(silenceOf(aBatch(), [long], today)?.since).to.equal('2026-08-15');
    expect(silenceOf(aBatch({ startedOn: '2026-08-01' }), [], today)?.since).to.equal('2026-08-01');
  });

  it('is nothing to ask about after packing', () => {
    expect(silenceOf(aBatch({ packedOn: '2026-08-01' }), [entry('harvest', '2026-07-30')], today)).to.equal(undefined);
    expect(silenceOf(aBatch(), [entry('pack', '2026-08-01')], today)).to.equal(undefined);
  });
});

describe('the thread of a batch', () => {
  const shown = (entries: JournalEntry[]): string[] => threadOf(entries).map(({ kind, state }) => `${kind}:${state}`);

  it('begins with what is to come', () => {
    expect(shown([])).to.deep.equal(['harvest:coming', 'pack:coming']);
  });

  it('shows each kind once, the latest in gold, and no more than six stitches', () => {
    const kinds: StepKind[] = ['bag-fruit', 'spray', 'weed', 'pollinate', 'spray', 'fertilise', 'prune'];

    const thread = shown(kinds.map((kind, place) => entry(kind, `2026-08-${20 - place}`)));

    expect(thread).to.deep.equal([
      'pollinate:done',
      'weed:done',
      'spray:done',
      'bag-fruit:now',
      'harvest:coming',
      'pack:coming',
    ]);
  });

  it('leaves out days without work and ends with shipping', () => {
    const entries = [entry('nothing-done', '2026-08-30'), entry('pack', '2026-08-20'), entry('harvest', '2026-08-19')];

    expect(shown(entries)).to.deep.equal(['harvest:done', 'pack:now', 'ship:coming']);
  });
});
