// The guards asked of the store: which work on the same sites, in whatever batch, a step breaks; and what follows from a kept break.
import { holdBatch, raiseBatchVersion, requireBatch } from '../batches/batches.service.ts';
import type { Batch, HoldReason } from '../batches/batches.types.ts';
import { addDays } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { harvestBreach, harvestsBroken, longestWaitDays } from './steps.guards.rules.ts';
import type { Breach } from './steps.guards.rules.ts';
import { findReplaced, findStepsSince, findWorkOnSites } from './steps.model.ts';
import { lastDayOf, replacedIdOf } from './steps.rules.ts';
import type { Step } from './steps.types.ts';

/** A break of the waiting time and the batch whose harvest it concerns. */
export type WaitingBreach = { batchId: string; breach: Breach };

/**
 * Breaks of the waiting time that a harvest or a spray causes, from the records that stand (without the version that the step replaces).
 * Plots are shared by lots, so all batches of the producer count.
 */
export async function waitingBreaches(db: Db, step: Step): Promise<WaitingBreach[]> {
  const isOther = (one: Step) => one.id !== step.id && one.id !== replacedIdOf(step);
  const sites = { producerId: step.producerId, siteIds: step.siteIds };
  if (step.kind === 'harvest') {
    const from = addDays(step.doneOn, -longestWaitDays);
    const sprays = await findWorkOnSites(db, { ...sites, kind: 'spray', from, to: lastDayOf(step) });
    const breach = harvestBreach(step, sprays.filter(isOther));
    return breach === undefined ? [] : [{ batchId: step.batchId, breach }];
  }
  if (step.kind === 'spray') {
    const to = addDays(lastDayOf(step), step.data.waitDays ?? longestWaitDays);
    const harvests = await findWorkOnSites(db, { ...sites, kind: 'harvest', from: step.doneOn, to });
    return harvestsBroken(step, harvests.filter(isOther)).map(({ harvest, breach }) => ({
      batchId: harvest.batchId,
      breach,
    }));
  }
  return [];
}

/**
 * What follows from a stored step: guards are asked once more, for two may have come at once; every break that is found holds the labels
 * of the batch that it concerns; the batch shows its new state. Running it twice changes nothing.
 */
export async function followUp(db: Db, batch: Batch, step: Step, now: Date): Promise<void> {
  const holdFor = (batchId: string, reason: HoldReason) =>
    holdBatch(db, batchId, { id: step.id, reason, stepId: step.id, at: now, settled: undefined });
  if (step.withdraws === undefined) {
    for (const mark of step.marks)
      if (mark === 'step-in-future' || mark === 'step-before-planting') await holdFor(batch.id, mark);
    for (const { batchId, breach } of await waitingBreaches(db, step))
      if (breach.mark === 'harvest-too-soon' || breach.mark === 'waiting-time-unknown')
        await holdFor(batchId, breach.mark);
  }
  await raiseBatchVersion(db, batch.id);
}

/** Runs again what follows from the steps that arrived since a moment: for the start after a crash. */
export async function followUpSince(db: Db, since: Date, now: Date): Promise<void> {
  for (const step of await findStepsSince(db, since)) {
    const replaced = await findReplaced(db, step.producerId, [step.id]);
    if (replaced.size === 0) await followUp(db, await requireBatch(db, step.batchId), step, now);
  }
}
