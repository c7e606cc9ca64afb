// What people do with labels: make a run, look one up by the number that its code holds. Printing and what follows is in labels.run.service.ts.
import type { Actor } from '../actor.ts';
import { batchFor, finishTake, finishTakes, listBatches, requireBatch, takeUnits } from '../batches/batches.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { approvalOf, mayShowOf, placeOf, producersOf, requireProducer } from '../producers/producers.service.ts';
import { requireProduct } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import { openRecallsOf } from '../recalls/recalls.service.ts';
import { journalOf } from '../steps/steps.service.ts';
import { labelCheckModel, putInLine } from './labels.checks.model.ts';
import { findEvents, findEventsOfRuns, labelRunEventModel } from './labels.events.model.ts';
import { runState } from './labels.events.rules.ts';
import { LabelGlyphError } from './labels.fonts.ts';
import type { NewLabelRun } from './labels.input.ts';
import { findRunGap, leaveRunGap, runGapModel } from './labels.gaps.model.ts';
import type { RunGap } from './labels.gaps.model.ts';
import {
  counterModel,
  findRun,
  findRunByNumber,
  findRunsOfBatch,
  insertRun,
  labelRunModel,
  nextRunNumber,
} from './labels.model.ts';
import { LabelTextError } from './labels.paragraphs.ts';
import { lotCode, ownLabels, sheetOf } from './labels.printing.rules.ts';
import { LabelSymbolError } from './labels.qr.ts';
import { checkPages, isSameRun, missingItems, requirePrintable } from './labels.rules.ts';
import type { LabelFacts } from './labels.rules.ts';
import { drawSheet } from './labels.sheet.ts';
import { smallestSize } from './labels.text.ts';
import type { LabelItem, LabelRun, LabelRunEvent, RunState } from './labels.types.ts';
import { requireMay } from '../powers.ts';

/** Makes the collections of this feature known, so that their indexes exist from the start. */
export function registerLabels(db: Db): void {
  for (const model of [labelRunModel, counterModel, runGapModel, labelRunEventModel, labelCheckModel]) model(db);
}

const factsOf = async (db: Db, batch: Batch): Promise<LabelFacts> => {
  const [product, producer, journal] = await Promise.all([
    requireProduct(db, batch.productId),
    requireProducer(db, batch.producerId),
    journalOf(db, batch.id),
  ]);
  return {
    batch,
    product,
    producer,
    isApproved: approvalOf(producer) === 'approved',
    mayPrintName: mayShowOf(producer, 'label-name'),
    stepCount: journal.length,
  };
};

/** What the labels of a batch still lack, in the order of the completeness list. */
export async function labelGate(db: Db, batch: Batch): Promise<LabelItem[]> {
  return missingItems(await factsOf(db, batch));
}

/** The records behind a batch's labels. Throws what stands in the way of printing: recall, hold, approval, completeness. */
export async function requireOpenGate(db: Db, batch: Batch): Promise<LabelFacts> {
  const [facts, recalls] = await Promise.all([factsOf(db, batch), openRecallsOf(db, batch)]);
  requirePrintable(facts, recalls.length);
  return facts;
}

/** What a run is made with. `minimumPt` is the size of the smallest letters. */
export type Making = { baseUrl: string; isLocal: boolean; codeKey: CodeKey; minimumPt?: number; now: Date };

/**
 * Makes a run of labels for a batch of one's own and puts it in the line of those whose symbols are read back. `isLocal` says that nobody
 * outside can open the printed address: such a run, as one of sample data, takes nothing from the balance and stays a sample for ever. The
 * same id again gives the same run. Throws 'no-gtin' for a Digital Link of a product without GTIN, and what labelGate names.
 */
export async function makeLabelRun(
  db: Db,
  actor: Actor,
  batchId: string,
  newRun: NewLabelRun,
  made: Making,
): Promise<LabelRun> {
  const batch = await batchFor(db, actor, batchId);
  requireMay(actor, 'print-labels', await placeOf(db, actor, batch), 'batch-not-found');
  const earlier = await findRun(db, newRun.id);
  if (earlier !== undefined) return inLine(db, sameRunOrConflict(earlier, batch, newRun), newRun, actor);
  const facts = await requireOpenGate(db, batch);
  const { approve: _approve, logo: _logo, ...told } = newRun;
  if (told.link === 'digital-link' && facts.product.gtin14 === '') throw new AppError('no-gtin');
  const run: LabelRun = {
    ...told,
    runNumber: await nextRunNumber(db),
    producerId: batch.producerId,
    batchId: batch.id,
    gtin14: told.link === 'digital-link' ? facts.product.gtin14 : '',
    sample: made.isLocal || batch.sample,
    baseUrl: made.baseUrl,
    byUserId: actor.userId,
    createdAt: made.now,
  };
  // A label that cannot be drawn takes no units.
  await drawOne(run, facts, made);
  if (!run.sample) await takeUnits(db, batch.id, run.id, run.quantity);
  const stored = await insertRun(db, run);
  if (!run.sample) await finishTake(db, batch.id, run.id);
  return inLine(db, stored.inserted ? run : sameRunOrConflict(stored.run, batch, newRun), newRun, actor);
}

const sameRunOrConflict = (stored: LabelRun, batch: Batch, sent: NewLabelRun): LabelRun => {
  if (isSameRun(stored, batch.id, sent)) return stored;
  // Another producer's run is never shown: its id is simply taken.
  throw new AppError('id-with-other-content', stored.producerId === batch.producerId ? { existing: stored, sent } : {});
};

const inLine = async (db: Db, run: LabelRun, { approve }: NewLabelRun, actor: Actor): Promise<LabelRun> => {
  const events = await findEvents(db, run.producerId, run.id);
  if (runState(run, events) === 'checking') {
    const approveBy = approve ? actor.userId : '';
    await putInLine(db, { runId: run.id, producerId: run.producerId, pages: checkPages(run).length, approveBy });
  }
  return run;
};

const paperless = { startAt: 1, offsetX: 0, offsetY: 0, cutLines: '0' } as const;

/** Draws the first label of a run, so that what can't be printed is said before anything is stored. */
const drawOne = async (
  run: LabelRun,
  facts: LabelFacts,
  { codeKey, minimumPt = smallestSize }: Making,
): Promise<void> => {
  const { count: _count, shared, ...sheet } = sheetOf(run, facts, { paper: paperless, count: 1, minimumPt });
  const labels = ownLabels(run, facts.batch.lotNumber, codeKey)(0, 1).map(([url, code]) => ({ ...shared, url, code }));
  try {
    await drawSheet({ ...sheet, labels });
  } catch (error) {
    throw asRefusal(error, facts);
  }
};

/** A text that does not fit and a character without glyph become refusals that name them. */
export function asRefusal(error: unknown, facts: LabelFacts): unknown {
  if (error instanceof LabelTextError) {
    const { field, minimumPt } = error;
    return new AppError('label-text-too-long', { text: textOf(field, facts), minimumPt }, { cause: error });
  }
  if (error instanceof LabelGlyphError)
    return new AppError('label-glyph-missing', { character: error.character }, { cause: error });
  if (error instanceof LabelSymbolError)
    return new AppError('label-address-too-long', { smallestMm: error.smallestMm }, { cause: error });
  return error;
}

const textOf = (field: LabelTextError['field'], { product, batch, producer }: LabelFacts): string => {
  const texts: Partial<Record<typeof field, string>> = {
    productName: product.name,
    lotNumber: batch.lotNumber,
    origin: product.origin,
    ingredients: product.ingredients,
    allergens: product.allergens,
    responsibleParty: product.responsibleParty?.name ?? '',
    storage: product.storage,
    usage: product.usage,
    warnings: product.warnings,
  };
  return texts[field] ?? producer.legalName;
};

/** A run of one's own with its batch, printable or not. Throws 'label-run-not-found'. */
export async function ownRun(db: Db, actor: Actor, runId: string): Promise<{ run: LabelRun; batch: Batch }> {
  const run = await findRun(db, runId);
  if (run === undefined) throw new AppError('label-run-not-found');
  const batch = await requireBatch(db, run.batchId);
  requireMay(actor, 'print-labels', await placeOf(db, actor, batch), 'label-run-not-found');
  return { run, batch };
}

/** A run of one's own, printable or not. Throws 'label-run-not-found'. */
export async function labelRun(db: Db, actor: Actor, runId: string): Promise<LabelRun> {
  return (await ownRun(db, actor, runId)).run;
}

/** A run with how far it is. */
export type RunWithState = { run: LabelRun; state: RunState; events: LabelRunEvent[] };

/** Runs of a batch that the asker may see, newest first. */
export async function labelRunsOf(
  db: Db,
  actor: Actor,
  batchId: string,
): Promise<{ lotNumber: string; runs: RunWithState[] }> {
  const batch = await batchFor(db, actor, batchId);
  const runs = await findRunsOfBatch(db, batch.producerId, batch.id);
  const ids = runs.map(({ id }) => id);
  const events = await findEventsOfRuns(db, batch.producerId, ids);
  const withState = runs.map((run) => {
    const own = events.filter(({ runId }) => runId === run.id);
    return { run, state: runState(run, own), events: own };
  });
  return { lotNumber: batch.lotNumber, runs: withState };
}

/** What stands between a batch and its labels, for the pages of its owner. */
export type LabelDesk = { batch: Batch; product: Product; missing: LabelItem[]; isRecalled: boolean };

const deskOf = async (db: Db, batch: Batch): Promise<LabelDesk> => {
  const [facts, recalls] = await Promise.all([factsOf(db, batch), openRecallsOf(db, batch)]);
  return { batch, product: facts.product, missing: missingItems(facts), isRecalled: recalls.length > 0 };
};

/** The desk of one batch of one's own. Throws 'batch-not-found', or 'not-allowed' for an officer, who prints nothing. */
export async function labelDesk(db: Db, actor: Actor, batchId: string): Promise<LabelDesk> {
  const batch = await batchFor(db, actor, batchId);
  requireMay(actor, 'print-labels', await placeOf(db, actor, batch), 'batch-not-found');
  return deskOf(db, batch);
}

const desksShown = 20;

/** The newest batches of the person's organisations, each with its desk. */
export async function labelDesks(db: Db, actor: Actor): Promise<LabelDesk[]> {
  const producers = await producersOf(db, actor);
  const pages = await Promise.all(
    producers.map(({ id }) => listBatches(db, actor, { producerId: id }, { limit: desksShown, after: undefined })),
  );
  return Promise.all(pages.flatMap((page) => page.items).map((batch) => deskOf(db, batch)));
}

/** The run that a code's number names, or undefined. For the public page: unscoped. */
export async function runByNumber(db: Db, runNumber: number): Promise<LabelRun | undefined> {
  return findRunByNumber(db, runNumber);
}

/** The gap of a restore that a number without a run lies in: its labels were printed before an incident, and no record of them is here. */
export async function runGapOf(db: Db, runNumber: number): Promise<RunGap | undefined> {
  return findRunGap(db, runNumber);
}

/** The code of the newest lot run of a batch, which every lot label of it leads to; undefined when it has none. Unscoped. */
export async function lotCodeOf(db: Db, codeKey: CodeKey, batch: Batch): Promise<string | undefined> {
  const runs = await findRunsOfBatch(db, batch.producerId, batch.id);
  const run = runs.find(({ kind }) => kind === 'lot');
  return run === undefined ? undefined : lotCode(run, codeKey);
}

/** Ends the takes of units that a crash left half done: those begun before `before`. Safe to run again. */
export async function finishLabelTakes(db: Db, before: Date): Promise<void> {
  await finishTakes(db, async (runId) => (await findRun(db, runId)) !== undefined, before);
}

/** After a restore: raises the run numbers over all that may have been printed since the backup. */
export async function leaveGap(db: Db, now: Date): Promise<RunGap> {
  return leaveRunGap(db, now);
}
