// What may be done to a run in which state, and which of its labels still count. Pure: worked out from its facts and events.
import { AppError } from '../errors.ts';
import type { LabelRun, LabelRunEvent, RunEventKind, RunState } from './labels.types.ts';

/** Labels from `from` to before `end`, counted from 0. */
export type Range = { from: number; end: number };

export const wholeOf = ({ quantity }: Pick<LabelRun, 'quantity'>): Range => ({ from: 0, end: quantity });

const has = (events: readonly LabelRunEvent[], kind: RunEventKind): boolean => events.some((one) => one.kind === kind);

const covers = (outer: Range, inner: Range): boolean => outer.from <= inner.from && outer.end >= inner.end;

const overlaps = (one: Range, other: Range): boolean => one.from < other.end && other.from < one.end;

/** How far the run is. Voiding the whole ends everything; a failed check can only be followed by another run. */
export function runState(run: LabelRun, events: readonly LabelRunEvent[]): RunState {
  if (events.some((one) => one.kind === 'voided' && covers(one, wholeOf(run)))) return 'voided';
  if (has(events, 'check-failed')) return 'check-failed';
  if (!has(events, 'checked')) return 'checking';
  return has(events, 'approved') ? 'approved' : 'checked';
}

/** The voiding that reaches a unit, or undefined. Every label of a lot run is unit 0: only voiding the whole run reaches it. */
export function voidingOf(run: LabelRun, events: readonly LabelRunEvent[], unit: number): LabelRunEvent | undefined {
  const reach = run.kind === 'lot' ? wholeOf(run) : { from: unit, end: unit + 1 };
  return events.find((one) => one.kind === 'voided' && covers(one, reach));
}

/** Throws 'label-run-unchecked', 'label-check-failed' (facts.place, from 1), 'label-run-unapproved' or 'labels-voided'. */
export function requirePrintableRun(run: LabelRun, events: readonly LabelRunEvent[], range: Range): void {
  const state = runState(run, events);
  if (state === 'checking') throw new AppError('label-run-unchecked');
  if (state === 'check-failed') throw checkFailure(events);
  if (state === 'checked') throw new AppError('label-run-unapproved');
  if (state === 'voided' || events.some((one) => one.kind === 'voided' && overlaps(one, range)))
    throw new AppError('labels-voided');
}

/** Throws 'label-run-unchecked', 'label-check-failed' or 'labels-voided' for a run that can't be approved (any more). */
export function requireApprovable(run: LabelRun, events: readonly LabelRunEvent[]): void {
  const state = runState(run, events);
  if (state === 'checking') throw new AppError('label-run-unchecked');
  if (state === 'check-failed') throw checkFailure(events);
  if (state === 'voided') throw new AppError('labels-voided');
}

const checkFailure = (events: readonly LabelRunEvent[]): AppError => {
  const place = events.find((one) => one.kind === 'check-failed')?.failedPlace ?? 0;
  return new AppError('label-check-failed', { place: place + 1 });
};

export const isPrinting = ({ kind }: LabelRunEvent): boolean => kind === 'printed' || kind === 'reprinted';

/** Whether some of these labels were printed before: then it is a reprint, which needs a reason. */
export function isReprint(events: readonly LabelRunEvent[], range: Range): boolean {
  return events.some((one) => isPrinting(one) && overlaps(one, range));
}

const wastedOf = (events: readonly LabelRunEvent[]): number =>
  events.filter((one) => one.kind === 'wasted').reduce((sum, one) => sum + one.end - one.from, 0);

/** How many copies of a lot label may still be called spoiled: no more than the run has. */
export function wastable(run: LabelRun, events: readonly LabelRunEvent[]): number {
  return run.kind === 'lot' ? run.quantity - wastedOf(events) : 0;
}

/** Units of the batch that stand behind these labels: those not void yet; of a lot run, all copies that were not spoiled. */
export function unitsBehind(run: LabelRun, events: readonly LabelRunEvent[], range: Range): number {
  if (run.kind === 'lot') return run.quantity - wastedOf(events);
  const voided = events.filter((one) => one.kind === 'voided');
  let count = 0;
  for (let unit = range.from; unit < range.end; unit += 1) {
    if (!voided.some((one) => one.from <= unit && unit < one.end)) count += 1;
  }
  return count;
}

/** Whether a stored event is the one that is asked for again. */
export function sameDeed(stored: LabelRunEvent, made: LabelRunEvent): boolean {
  return (['runId', 'kind', 'from', 'end', 'format', 'reason', 'byUserId'] as const).every(
    (name) => stored[name] === made[name],
  );
}
