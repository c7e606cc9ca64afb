// Labels that count no more: voided, or spoiled in printing. Their units go back to the batch where the goods remain, once, whatever breaks.
import type { Actor } from '../actor.ts';
import { giveBackUnits } from '../batches/batches.service.ts';
import type { Db } from '../db/connect.ts';
import { AppError, fieldError } from '../errors.ts';
import { cancelCheck, removeCheck } from './labels.checks.model.ts';
import { noteDeed, rangeOf } from './labels.deeds.service.ts';
import { findReturnsSince } from './labels.events.model.ts';
import { runState, unitsBehind, wastable } from './labels.events.rules.ts';
import type { NewVoiding, NewWaste } from './labels.input.ts';
import { findRun } from './labels.model.ts';
import { ownRun } from './labels.service.ts';
import type { LabelRun, LabelRunEvent } from './labels.types.ts';

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
  const { reason, goods } = asked;
  const event = await noteDeed(db, actor, run, asked.id, now, (before) => {
    if (runState(run, before) === 'voided') throw new AppError('labels-voided');
    const unitsBack = goods === 'gone' || run.sample ? 0 : unitsBehind(run, before, range);
    return { kind: 'voided', ...range, reason, unitsBack };
  });
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
  { id, labels, reason }: NewWaste,
  now: Date,
): Promise<LabelRunEvent> {
  const { run } = await ownRun(db, actor, runId);
  if (run.kind === 'unit') throw fieldError('labels', 'void-instead');
  const event = await noteDeed(db, actor, run, id, now, (before) => {
    if (runState(run, before) === 'voided') throw new AppError('labels-voided');
    const left = wastable(run, before);
    if (labels > left) throw fieldError('labels', 'too-big', { maximum: left });
    return { kind: 'wasted', from: 0, end: labels, reason, unitsBack: run.sample ? 0 : labels };
  });
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
