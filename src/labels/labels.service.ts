// What people do with labels: make a run, print it, look one up by the number that its code holds.
import type { Actor } from '../actor.ts';
import { requireOwner } from '../actor.ts';
import { batchFor, finishTake, requireBatch, takeUnits } from '../batches/batches.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { approvalOf, requireProducer } from '../producers/producers.service.ts';
import { requireProduct } from '../products/products.service.ts';
import { openRecallsOf } from '../recalls/recalls.service.ts';
import { journalOf } from '../steps/steps.service.ts';
import type { NewLabelRun } from './labels.input.ts';
import { findRun, findRunByNumber, findRunsOfBatch, insertRun, nextRunNumber } from './labels.model.ts';
import { isSameRun, missingItems, requirePrintable } from './labels.rules.ts';
import type { LabelFacts } from './labels.rules.ts';
import type { LabelItem, LabelRun } from './labels.types.ts';

/** A run with everything its sheet says. */
export type PrintableRun = { run: LabelRun; facts: LabelFacts };

const factsOf = async (db: Db, batch: Batch): Promise<LabelFacts> => {
  const [product, producer, journal] = await Promise.all([
    requireProduct(db, batch.productId),
    requireProducer(db, batch.producerId),
    journalOf(db, batch.id),
  ]);
  return { batch, product, producer, isApproved: approvalOf(producer) === 'approved', stepCount: journal.length };
};

/** What the labels of a batch still lack, in the order of the completeness list. */
export async function labelGate(db: Db, batch: Batch): Promise<LabelItem[]> {
  return missingItems(await factsOf(db, batch));
}

const requireOpenGate = async (db: Db, batch: Batch): Promise<LabelFacts> => {
  const [facts, recalls] = await Promise.all([factsOf(db, batch), openRecallsOf(db, batch)]);
  requirePrintable(facts, recalls.length);
  return facts;
};

/**
 * Makes a run of labels for a batch of one's own. `isSample` says that nobody outside can open the printed address, or that the data are
 * samples: such a run takes nothing from the balance and stays a sample for ever. The same id again gives the same run.
 */
export async function makeLabelRun(
  db: Db,
  actor: Actor,
  batchId: string,
  newRun: NewLabelRun,
  made: { baseUrl: string; isLocal: boolean; now: Date },
): Promise<LabelRun> {
  const batch = await batchFor(db, actor, batchId);
  requireOwner(actor, batch, 'batch-not-found');
  const earlier = await findRun(db, newRun.id);
  if (earlier !== undefined) return sameRunOrConflict(earlier, batch, newRun);
  await requireOpenGate(db, batch);
  const sample = made.isLocal || batch.sample;
  if (!sample) await takeUnits(db, batch.id, newRun.id, newRun.quantity);
  const run: LabelRun = {
    ...newRun,
    runNumber: await nextRunNumber(db),
    producerId: batch.producerId,
    batchId: batch.id,
    sample,
    baseUrl: made.baseUrl,
    byUserId: actor.userId,
    createdAt: made.now,
  };
  const stored = await insertRun(db, run);
  if (!sample) await finishTake(db, batch.id, newRun.id);
  return stored.inserted ? run : sameRunOrConflict(stored.run, batch, newRun);
}

const sameRunOrConflict = (stored: LabelRun, batch: Batch, sent: NewLabelRun): LabelRun => {
  if (isSameRun(stored, batch.id, sent)) return stored;
  // Another producer's run is never shown: its id is simply taken.
  throw new AppError('id-with-other-content', stored.producerId === batch.producerId ? { existing: stored, sent } : {});
};

/** A run of one's own, ready to print: recall, hold, approval and completeness are asked again at every print. */
export async function labelRunFor(db: Db, actor: Actor, runId: string): Promise<PrintableRun> {
  const run = await findRun(db, runId);
  if (run === undefined) throw new AppError('label-run-not-found');
  const batch = await requireBatch(db, run.batchId);
  requireOwner(actor, batch, 'label-run-not-found');
  const facts = await requireOpenGate(db, batch);
  return { run, facts };
}

/** Runs of a batch that the asker may see, newest first. */
export async function labelRunsOf(db: Db, actor: Actor, batchId: string): Promise<LabelRun[]> {
  const batch = await batchFor(db, actor, batchId);
  return findRunsOfBatch(db, batch.producerId, batch.id);
}

/** The run that a code's number names, or undefined. For the public page: unscoped. */
export async function runByNumber(db: Db, runNumber: number): Promise<LabelRun | undefined> {
  return findRunByNumber(db, runNumber);
}
