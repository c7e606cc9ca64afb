// What the producer's home asks and shows of a batch: is it still in progress, how long is it silent, which stitches has its thread. Pure.
import type { Batch } from '../batches/batches.types.ts';
import { daysBetween } from '../days.ts';
import type { Day } from '../days.ts';
import type { JournalEntry, StepKind } from '../steps/steps.types.ts';
import type { Stitch } from './dashboard.types.ts';

/** After this many days without an entry the home page asks whether anything was done (design, section 5). */
export const askAfterDays = 14;

/** Kinds that end the season's thread, in the order in which they come. */
const comingKinds: readonly StepKind[] = ['harvest', 'pack', 'ship'];

/** A narrow phone has room for six stitches. */
const longestThread = 6;

const lastDayOf = ({ step }: JournalEntry): Day => step.doneUntil ?? step.doneOn;

/** In progress until it is closed, shipped or past its use-by day. */
export function isInProgress(batch: Batch, entries: readonly JournalEntry[], today: Day): boolean {
  const isPast = batch.useBy !== undefined && batch.useBy < today;
  return batch.closed === undefined && !isPast && !entries.some(({ step }) => step.kind === 'ship');
}

/** The day of the last entry (of the batch's start when there is none) and the days since, when it is time to ask; nothing is expected after packing. */
export function silenceOf(
  batch: Batch,
  entries: readonly JournalEntry[],
  today: Day,
): { since: Day; days: number } | undefined {
  if (batch.packedOn !== undefined || entries.some(({ step }) => step.kind === 'pack')) return undefined;
  const since = entries.map(lastDayOf).reduce((latest, day) => (day > latest ? day : latest), batch.startedOn);
  const days = daysBetween(since, today);
  return days >= askAfterDays ? { since, days } : undefined;
}

/** The kinds of work done, each once and in the order of its last time, then what is still to come. `entries` newest first. */
export function threadOf(entries: readonly JournalEntry[]): Stitch[] {
  const kinds = entries.map(({ step }) => step.kind).filter((kind) => kind !== 'nothing-done' && kind !== 'other');
  const done = [...new Set(kinds)].reverse();
  const furthest = Math.max(-1, ...done.map((kind) => comingKinds.indexOf(kind)));
  const coming = comingKinds.slice(furthest + 1).slice(0, 2);
  const shown = done.slice(-(longestThread - coming.length));
  return [
    ...shown.map((kind, place): Stitch => ({ kind, state: place === shown.length - 1 ? 'now' : 'done' })),
    ...coming.map((kind): Stitch => ({ kind, state: 'coming' })),
  ];
}

/** Order for labels: what is packed comes before what still grows. */
export function packedFirst(one: { batch: Batch }, other: { batch: Batch }): number {
  return Number(one.batch.packedOn === undefined) - Number(other.batch.packedOn === undefined);
}
