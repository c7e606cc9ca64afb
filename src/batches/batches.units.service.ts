// Units of a batch for labels: taken once for a run, given back once for a cause.
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { findPendingTakes, hasTaken, pullTake, pushTake, returnTake, returnUnits } from './batches.balance.model.ts';
import { findBatch } from './batches.model.ts';
import { refusalOfTake } from './batches.rules.ts';

/** Takes units for a label run, once for a run. Errors: 'batch-not-found', 'batch-closed', 'batch-held', 'not-enough-units'. */
export async function takeUnits(db: Db, batchId: string, runId: string, units: number): Promise<void> {
  // The machine's own time: it only tells a sweep how long ago a take began.
  if (await pushTake(db, batchId, { id: runId, units, at: new Date() })) return;
  if (await hasTaken(db, batchId, runId)) return;
  const batch = await findBatch(db, batchId);
  throw batch === undefined ? new AppError('batch-not-found') : refusalOfTake(batch, units);
}

/** The run is there: its take is no longer pending. */
export async function finishTake(db: Db, batchId: string, runId: string): Promise<void> {
  await pullTake(db, batchId, runId);
}

/** Gives units back whose labels count no more, once for a cause (its id); harmless again. */
export async function giveBackUnits(db: Db, batchId: string, causeId: string, units: number): Promise<void> {
  await returnUnits(db, batchId, causeId, units);
}

/**
 * Finishes what a crash left: takes begun before `before` whose run exists are ended, the others give their units back.
 * `before` must lie further back than a request can last.
 */
export async function finishTakes(db: Db, runExists: (runId: string) => Promise<boolean>, before: Date): Promise<void> {
  for (const { batchId, take } of await findPendingTakes(db, before)) {
    if (await runExists(take.id)) await pullTake(db, batchId, take.id);
    else await returnTake(db, batchId, take);
  }
}
