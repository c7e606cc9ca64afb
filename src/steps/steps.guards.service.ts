// The guards asked of the store: which work on the same sites, in whatever batch, a step breaks; and what follows from a kept break.
import { holdBatch, raiseBatchVersion, requireBatch } from '../batches/batches.service.ts';
import type { Batch, HoldReason } from '../batches/batches.types.ts';
import { addDays } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { longestWaitDays, waitingBreaches } from './steps.guards.rules.ts';
import type { WaitingBreach } from './steps.guards.rules.ts';
import { bookStep } from './steps.materials.service.ts';
import { findReplaced, findStepsSince, findWorkOnSites } from './steps.model.ts';
import { lastDayOf, replacedIdOf } from './steps.rules.ts';
import type { Step } from './steps.types.ts';

/**
 * Breaks of the waiting time that a harvest or a spray has part in, from the records that stand (without the version that the step
 * replaces). Plots are shared by lots, so all batches of the producer count.
 */
export async function findWaitingBreaches(db: Db, step: Step): Promise<WaitingBreach[]> {
  const sites = { producerId: step.producerId, siteIds: step.siteIds };
  const isOther = (one: Step) => one.id !== step.id && one.id !== replacedIdOf(step);
  if (step.kind === 'harvest') {
    const from = addDays(step.doneOn, -longestWaitDays);
    const sprays = await findWorkOnSites(db, { ...sites, kind: 'spray', from, to: lastDayOf(step) });
    return waitingBreaches(step, sprays.filter(isOther));
  }
  if (step.kind === 'spray') {
    const to = addDays(lastDayOf(step), step.data.waitDays ?? longestWaitDays);
    const harvests = await findWorkOnSites(db, { ...sites, kind: 'harvest', from: step.doneOn, to });
    return waitingBreaches(step, harvests.filter(isOther));
  }
  return [];
}

/**
 * What follows from a stored step: what it used goes off the stock; guards are asked once more, for two may have come at once; every break that is found holds the labels
 * of the batch that it concerns; the batch shows its new state. Running it twice changes nothing.
 */
export async function followUp(db: Db, batch: Batch, step: Step, now: Date): Promise<void> {
  const holdFor = (batchId: string, stepId: string, reason: HoldReason) =>
    holdBatch(db, batchId, { id: stepId, reason, stepId, at: now, settled: undefined });
  await bookStep(db, step);
  if (await isGuarded(db, step)) {
    for (const mark of step.marks)
      if (mark === 'step-in-future' || mark === 'step-before-planting') await holdFor(batch.id, step.id, mark);
    for (const { batchId, causeId, breach } of await findWaitingBreaches(db, step))
      if (breach.mark === 'harvest-too-soon' || breach.mark === 'waiting-time-unknown')
        await holdFor(batchId, causeId, breach.mark);
  }
  await raiseBatchVersion(db, batch.id);
}

/** Whether a guard can have anything to say: a version that was replaced breaks nothing any more. */
const isGuarded = async (db: Db, step: Step): Promise<boolean> => {
  const mayBreak = step.kind === 'spray' || step.kind === 'harvest' || step.marks.length > 0;
  if (step.withdraws !== undefined || !mayBreak) return false;
  return (await findReplaced(db, step.producerId, [step.id])).size === 0;
};

/** Runs again what follows from the steps that arrived since a moment: for the start after a crash. */
export async function followUpSince(db: Db, since: Date, now: Date): Promise<void> {
  for (const step of await findStepsSince(db, since))
    await followUp(db, await requireBatch(db, step.batchId), step, now);
}
