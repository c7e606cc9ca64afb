// Printing a run: who had which labels printed, when and why, is noted before the file is made; a file that is fetched again notes nothing.
import { v5 as uuidv5 } from 'uuid';
import type { Actor } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { AppError, fieldError } from '../errors.ts';
import { noteDeed, rangeOf } from './labels.deeds.service.ts';
import { findEvents } from './labels.events.model.ts';
import { isPrinting, isReprint, requirePrintableRun } from './labels.events.rules.ts';
import type { Range } from './labels.events.rules.ts';
import type { NewPrint } from './labels.input.ts';
import type { LabelFacts } from './labels.rules.ts';
import { ownRun, requireOpenGate } from './labels.service.ts';
import type { LabelRun, LabelRunEvent } from './labels.types.ts';

const firstPrintings = '0198f0c2-6d5a-7a41-9d57-5f0b7b8f6a11';

/** Notes a printing: recall, hold, approval and completeness are asked again. A reprint needs a reason ('fields-wrong'). */
export async function notePrint(
  db: Db,
  actor: Actor,
  runId: string,
  asked: Pick<NewPrint, 'id' | 'first' | 'last' | 'format' | 'reason'>,
  now: Date,
): Promise<LabelRunEvent> {
  const { run, batch } = await ownRun(db, actor, runId);
  const range = rangeOf(run, asked);
  await requireOpenGate(db, batch);
  const { format, reason } = asked;
  return noteDeed(db, actor, run, asked.id, now, (before) => {
    requirePrintableRun(run, before, range);
    const isAgain = isReprint(before, range);
    if (isAgain && reason === '') throw fieldError('reason', 'reprint-reason');
    return { kind: isAgain ? 'reprinted' : 'printed', ...range, format, reason };
  });
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

/**
 * The whole run as PDF for whoever fetches it without having noted a printing. The first time that is the run's first printing; from then on
 * the file of that printing is fetched again, and nothing is noted. Where only a part was printed before, the whole would be a reprint, which
 * needs a reason: 'fields-wrong'.
 */
export async function wholePrinting(
  db: Db,
  actor: Actor,
  runId: string,
  now: Date,
): Promise<PrintableRun & { event: LabelRunEvent }> {
  const { run } = await ownRun(db, actor, runId);
  const events = await findEvents(db, run.producerId, run.id);
  const isWhole = (one: LabelRunEvent): boolean =>
    isPrinting(one) && one.format === 'pdf' && one.from === 0 && one.end === run.quantity;
  const known = events.find(isWhole);
  if (known !== undefined) return printingFor(db, actor, runId, known.id);
  // One id a run and person: whoever asks twice at the same moment notes it once.
  const id = uuidv5(`${run.id} ${actor.userId}`, firstPrintings);
  const asked = { id, format: 'pdf' as const, reason: '' };
  return printingFor(db, actor, runId, (await notePrint(db, actor, runId, asked, now)).id);
}
