// How a deed is written into a run's history: once under its id, and one after the other, so that two people who act at the same moment never
// both work from what was before.
import type { Actor } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { AppError, fieldError } from '../errors.ts';
import { findEvents, insertDeed } from './labels.events.model.ts';
import { sameDeed } from './labels.events.rules.ts';
import type { Range } from './labels.events.rules.ts';
import type { LabelRun, LabelRunEvent } from './labels.types.ts';

export type Deed = Pick<LabelRunEvent, 'kind'> & Partial<LabelRunEvent> & Range;

const attempts = 20;

/**
 * Notes what somebody does to a run. `decide` sees all that happened before and says what is done, or throws why not; when somebody else was
 * faster it is asked again. The same id again gives the stored event, with other content it is 'id-with-other-content'.
 */
export async function noteDeed(
  db: Db,
  actor: Actor,
  run: LabelRun,
  id: string,
  now: Date,
  decide: (events: readonly LabelRunEvent[]) => Deed,
): Promise<LabelRunEvent> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const events = await findEvents(db, run.producerId, run.id);
    const earlier = events.find((one) => one.id === id);
    const made = eventOf(actor, run, { ...decide(before(events, earlier)), id }, now);
    if (earlier !== undefined) return sameOrConflict(earlier, made);
    const turn = Math.max(0, ...events.map((one) => one.turn ?? 0)) + 1;
    const stored = await insertDeed(db, { ...made, turn });
    if (stored !== undefined) return sameOrConflict(stored, made);
  }
  throw new AppError('store-away');
}

/** What had happened when an event was noted; everything where it is new. */
const before = (events: readonly LabelRunEvent[], noted: LabelRunEvent | undefined): LabelRunEvent[] => {
  const turn = noted?.turn ?? Infinity;
  return events.filter((one) => one.id !== noted?.id && (one.turn ?? 0) < turn);
};

const eventOf = (actor: Actor, run: LabelRun, deed: Deed & { id: string }, now: Date): LabelRunEvent => ({
  format: undefined,
  reason: '',
  unitsBack: 0,
  symbols: undefined,
  failedPlace: undefined,
  turn: undefined,
  ...deed,
  runId: run.id,
  producerId: run.producerId,
  byUserId: actor.userId,
  at: now,
});

const sameOrConflict = (stored: LabelRunEvent, made: LabelRunEvent): LabelRunEvent => {
  if (sameDeed(stored, made)) return stored;
  throw new AppError('id-with-other-content', stored.producerId === made.producerId ? { existing: stored } : {});
};

/** The labels that a request names, within the run. Throws 'fields-wrong' for labels that the run has not. */
export function rangeOf(
  run: LabelRun,
  { first, last }: { first?: number | undefined; last?: number | undefined },
): Range {
  const range = { from: (first ?? 1) - 1, end: last ?? run.quantity };
  if (range.from >= run.quantity) throw fieldError('first', 'too-big', { maximum: run.quantity });
  if (range.end > run.quantity) throw fieldError('last', 'too-big', { maximum: run.quantity });
  return range;
}
