// What people do with a run that was made: approve it, print it or a part of it again, take labels out of use.
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import { giveBackUnits } from '../batches/batches.service.ts';
import type { Db } from '../db/connect.ts';
import { AppError, fieldError } from '../errors.ts';
import { userNames } from '../accounts/accounts.service.ts';
import {
  cancelCheck,
  findCheck,
  findEvents,
  findReturnsSince,
  insertEvent,
  removeCheck,
} from './labels.events.model.ts';
import type { CheckProgress } from './labels.events.model.ts';
import {
  isReprint,
  requireApprovable,
  requirePrintableRun,
  runState,
  unitsBehind,
  wastable,
  wholeOf,
} from './labels.events.rules.ts';
import type { Range } from './labels.events.rules.ts';
import type { NewPrint, NewRunApproval, NewVoiding, NewWaste } from './labels.input.ts';
import { findRun } from './labels.model.ts';
import type { LabelFacts } from './labels.rules.ts';
import { ownRun, requireOpenGate } from './labels.service.ts';
import type { LabelRun, LabelRunEvent, RunState } from './labels.types.ts';

/** Everything about a run for its page: who did what by name, and how far the reading back is. */
export type RunRecord = {
  run: LabelRun;
  state: RunState;
  events: LabelRunEvent[];
  names: Map<string, string>;
  check: CheckProgress | undefined;
  lotNumber: string;
};

/** A run of one's own with its history. Throws 'label-run-not-found'. */
export async function runRecord(db: Db, actor: Actor, runId: string): Promise<RunRecord> {
  const { run, batch } = await ownRun(db, actor, runId);
  const [events, check] = await Promise.all([findEvents(db, run.producerId, run.id), findCheck(db, run.id)]);
  const people = [run.byUserId, ...events.map(({ byUserId }) => byUserId)].filter((id) => id !== '');
  const names = await userNames(db, [...new Set(people)]);
  return { run, state: runState(run, events), events, names, check, lotNumber: batch.lotNumber };
}

type Happening = Pick<LabelRunEvent, 'id' | 'kind'> & Partial<LabelRunEvent> & Range;

const note = async (db: Db, actor: Actor, run: LabelRun, told: Happening, now: Date): Promise<LabelRunEvent> => {
  const made: LabelRunEvent = {
    format: undefined,
    reason: '',
    unitsBack: 0,
    symbols: undefined,
    failedPlace: undefined,
    ...told,
    runId: run.id,
    producerId: run.producerId,
    byUserId: actor.userId,
    at: now,
  };
  const { event } = await insertEvent(db, made);
  if (isSameEvent(event, made)) return event;
  throw new AppError('id-with-other-content', event.producerId === run.producerId ? { existing: event } : {});
};

const isSameEvent = (one: LabelRunEvent, other: LabelRunEvent): boolean =>
  (['runId', 'kind', 'from', 'end', 'format', 'reason', 'byUserId'] as const).every(
    (name) => one[name] === other[name],
  );

/** The labels that a request names, within the run. Throws 'fields-wrong' for labels that the run has not. */
const rangeOf = (run: LabelRun, { first, last }: { first?: number | undefined; last?: number | undefined }): Range => {
  const range = { from: (first ?? 1) - 1, end: last ?? run.quantity };
  if (range.from >= run.quantity) throw fieldError('first', 'too-big', { maximum: run.quantity });
  if (range.end > run.quantity) throw fieldError('last', 'too-big', { maximum: run.quantity });
  return range;
};

/** Stands up for a run whose symbols were read back. The same again changes nothing. */
export async function approveRun(
  db: Db,
  actor: Actor,
  runId: string,
  { id }: NewRunApproval,
  now: Date,
): Promise<LabelRunEvent> {
  const { run, batch } = await ownRun(db, actor, runId);
  const events = await findEvents(db, run.producerId, run.id);
  const earlier = events.find(({ kind }) => kind === 'approved');
  if (earlier !== undefined) return earlier;
  requireApprovable(run, events);
  await requireOpenGate(db, batch);
  return note(db, actor, run, { id, kind: 'approved', ...wholeOf(run) }, now);
}

/** Notes a printing: recall, hold, approval and completeness are asked again. A reprint needs a reason ('fields-wrong'). */
export async function notePrint(
  db: Db,
  actor: Actor,
  runId: string,
  asked: Pick<NewPrint, 'id' | 'first' | 'last' | 'format' | 'reason'>,
  now: Date,
): Promise<LabelRunEvent> {
  const { run, batch } = await ownRun(db, actor, runId);
  const events = await findEvents(db, run.producerId, run.id);
  const range = rangeOf(run, asked);
  await requireOpenGate(db, batch);
  requirePrintableRun(run, events, range);
  const others = events.filter(({ id }) => id !== asked.id);
  const isAgain = isReprint(others, range);
  if (isAgain && asked.reason === '') throw fieldError('reason', 'reprint-reason');
  const { id, format, reason } = asked;
  return note(db, actor, run, { id, kind: isAgain ? 'reprinted' : 'printed', ...range, format, reason }, now);
}

/** A run, the records behind it and what may be printed of it now. Throws what stands in the way. */
export type PrintableRun = { run: LabelRun; facts: LabelFacts; range: Range };

/** What a noted printing prints, asked again whether it may. Throws 'label-run-not-found' for a printing that was not noted. */
export async function printingFor(
  db: Db,
  actor: Actor,
  runId: string,
  printId: string,
): Promise<PrintableRun & { event: LabelRunEvent }> {
  const { run, batch } = await ownRun(db, actor, runId);
  const events = await findEvents(db, run.producerId, run.id);
  const event = events.find(({ id, format }) => id === printId && format !== undefined);
  if (event === undefined) throw new AppError('label-run-not-found');
  const range = { from: event.from, end: event.end };
  const facts = await requireOpenGate(db, batch);
  requirePrintableRun(run, events, range);
  return { run, facts, range, event };
}

/** The whole run as a file for whoever asks for it without having noted a printing: the first such request of a person notes it. */
export async function wholePrinting(
  db: Db,
  actor: Actor,
  runId: string,
  now: Date,
): Promise<PrintableRun & { event: LabelRunEvent }> {
  const { run } = await ownRun(db, actor, runId);
  const events = await findEvents(db, run.producerId, run.id);
  const isWhole = (one: LabelRunEvent): boolean =>
    one.format === 'pdf' && one.from === 0 && one.end === run.quantity && one.byUserId === actor.userId;
  const known = events.find(isWhole);
  const asked = { id: uuidv7(), format: 'pdf' as const, reason: isReprint(events, wholeOf(run)) ? 'API' : '' };
  const event = known ?? (await notePrint(db, actor, runId, asked, now));
  return printingFor(db, actor, runId, event.id);
}

/**
 * Takes labels out of use: whoever scans one reads so. All of a lot run's labels carry one code, so of it only the whole can be voided
 * ('fields-wrong'). Where the goods remain, their units may get other labels.
 */
export async function voidLabels(
  db: Db,
  actor: Actor,
  runId: string,
  asked: NewVoiding,
  now: Date,
): Promise<LabelRunEvent> {
  const { run } = await ownRun(db, actor, runId);
  const range = rangeOf(run, asked);
  const isWhole = range.from === 0 && range.end === run.quantity;
  if (run.kind === 'lot' && !isWhole) throw fieldError('first', 'whole-lot-run');
  const events = await findEvents(db, run.producerId, run.id);
  const earlier = events.find(({ id }) => id === asked.id);
  const others = events.filter(({ id }) => id !== asked.id);
  if (earlier === undefined && runState(run, events) === 'voided') throw new AppError('labels-voided');
  const unitsBack = asked.goods === 'gone' || run.sample ? 0 : unitsBehind(run, others, range);
  const told = { id: asked.id, kind: 'voided' as const, ...range, reason: asked.reason, unitsBack };
  const event = await note(db, actor, run, told, now);
  if (isWhole) await cancelCheck(db, run.id);
  await giveBack(db, run, event);
  if (isWhole) await removeCheck(db, run.id);
  return event;
}

/** Books spoiled copies of a lot label, whose goods get others. Throws 'fields-wrong' for more than the run has. */
export async function wasteLabels(
  db: Db,
  actor: Actor,
  runId: string,
  asked: NewWaste,
  now: Date,
): Promise<LabelRunEvent> {
  const { run } = await ownRun(db, actor, runId);
  if (run.kind === 'unit') throw fieldError('labels', 'void-instead');
  const others = (await findEvents(db, run.producerId, run.id)).filter(({ id }) => id !== asked.id);
  if (runState(run, others) === 'voided') throw new AppError('labels-voided');
  const left = wastable(run, others);
  if (asked.labels > left) throw fieldError('labels', 'too-big', { maximum: left });
  const unitsBack = run.sample ? 0 : asked.labels;
  const told = { id: asked.id, kind: 'wasted' as const, from: 0, end: asked.labels, reason: asked.reason, unitsBack };
  const event = await note(db, actor, run, told, now);
  await giveBack(db, run, event);
  return event;
}

const giveBack = async (db: Db, run: LabelRun, { id, unitsBack }: LabelRunEvent): Promise<void> => {
  if (unitsBack > 0) await giveBackUnits(db, run.batchId, id, unitsBack);
};

/** Gives back what a crash left between a voiding and the batch. Safe to run again. */
export async function finishReturns(db: Db, since: Date): Promise<void> {
  for (const event of await findReturnsSince(db, since)) {
    const run = await findRun(db, event.runId);
    if (run !== undefined) await giveBack(db, run, event);
  }
}
