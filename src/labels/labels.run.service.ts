// A run that was made: its whole record, and approving it.
import type { Actor } from '../actor.ts';
import { userNames } from '../accounts/accounts.service.ts';
import type { Db } from '../db/connect.ts';
import { findCheck } from './labels.checks.model.ts';
import type { CheckProgress } from './labels.checks.model.ts';
import { noteDeed } from './labels.deeds.service.ts';
import { findEvents } from './labels.events.model.ts';
import { requireApprovable, runState, wholeOf } from './labels.events.rules.ts';
import type { NewRunApproval } from './labels.input.ts';
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
  return noteDeed(db, actor, run, id, now, (before) => {
    requireApprovable(run, before);
    return { kind: 'approved', ...wholeOf(run) };
  });
}
