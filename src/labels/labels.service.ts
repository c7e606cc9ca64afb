// What people do with labels: make a run, print it, look one up by the number that its code holds.
import type { Actor } from '../actor.ts';
import { requireOwner } from '../actor.ts';
import { batchFor, finishTake, finishTakes, listBatches, requireBatch, takeUnits } from '../batches/batches.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { approvalOf, producersOf, requireProducer } from '../producers/producers.service.ts';
import { requireProduct } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import { openRecallsOf } from '../recalls/recalls.service.ts';
import { journalOf } from '../steps/steps.service.ts';
import { LabelGlyphError } from './labels.fonts.ts';
import type { NewLabelRun, SheetOptions } from './labels.input.ts';
import {
  counterModel,
  findRun,
  findRunByNumber,
  findRunsOfBatch,
  insertRun,
  labelRunModel,
  nextRunNumber,
} from './labels.model.ts';
import { sheetOf } from './labels.printing.rules.ts';
import { isSameRun, missingItems, requirePrintable } from './labels.rules.ts';
import type { LabelFacts } from './labels.rules.ts';
import { LabelSymbolError } from './labels.qr.ts';
import { drawSheet } from './labels.sheet.ts';
import type { LabelSheet } from './labels.sheet.types.ts';
import { LabelTextError } from './labels.text.ts';
import type { LabelItem, LabelRun } from './labels.types.ts';

/** Makes the collections of this feature known, so that their indexes exist from the start. */
export function registerLabels(db: Db): void {
  for (const model of [labelRunModel, counterModel]) model(db);
}

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
  made: { baseUrl: string; isLocal: boolean; codeKey: CodeKey; now: Date },
): Promise<LabelRun> {
  const batch = await batchFor(db, actor, batchId);
  requireOwner(actor, batch, 'batch-not-found');
  const earlier = await findRun(db, newRun.id);
  if (earlier !== undefined) return sameRunOrConflict(earlier, batch, newRun);
  const facts = await requireOpenGate(db, batch);
  const sample = made.isLocal || batch.sample;
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
  // A label that cannot be drawn takes no units.
  await draw(sheetOf({ run: { ...run, quantity: 1 }, facts }, made.codeKey, plainPaper), facts);
  if (!sample) await takeUnits(db, batch.id, newRun.id, newRun.quantity);
  const stored = await insertRun(db, run);
  if (!sample) await finishTake(db, batch.id, newRun.id);
  return stored.inserted ? run : sameRunOrConflict(stored.run, batch, newRun);
}

const sameRunOrConflict = (stored: LabelRun, batch: Batch, sent: NewLabelRun): LabelRun => {
  if (isSameRun(stored, batch.id, sent)) return stored;
  // Another producer's run is never shown: its id is simply taken.
  throw new AppError('id-with-other-content', stored.producerId === batch.producerId ? { existing: stored, sent } : {});
};

const plainPaper: SheetOptions = { startAt: 1, offsetX: 0, offsetY: 0, cutLines: '0' };

/** Draws a sheet; a text that does not fit and a character without glyph become refusals that name them. */
const draw = async (sheet: LabelSheet, facts: LabelFacts): Promise<Buffer> => {
  try {
    return await drawSheet(sheet);
  } catch (error) {
    if (error instanceof LabelTextError) {
      const texts: Partial<Record<typeof error.field, string>> = {
        productName: facts.product.name,
        lotNumber: facts.batch.lotNumber,
      };
      const text = texts[error.field] ?? facts.producer.legalName;
      throw new AppError('label-text-too-long', { text, minimumPt: error.minimumPt }, { cause: error });
    }
    if (error instanceof LabelGlyphError)
      throw new AppError('label-glyph-missing', { character: error.character }, { cause: error });
    if (error instanceof LabelSymbolError)
      throw new AppError('label-address-too-long', { smallestMm: error.smallestMm }, { cause: error });
    throw error;
  }
};

/** The PDF sheets of a run of one's own. Throws what labelRunFor throws, 'label-text-too-long', 'label-glyph-missing' and 'label-address-too-long'. */
export async function labelSheetPdf(
  db: Db,
  codeKey: CodeKey,
  actor: Actor,
  runId: string,
  paper: SheetOptions = plainPaper,
): Promise<Buffer> {
  const printable = await labelRunFor(db, actor, runId);
  return draw(sheetOf(printable, codeKey, paper), printable.facts);
}

const ownRun = async (db: Db, actor: Actor, runId: string): Promise<{ run: LabelRun; batch: Batch }> => {
  const run = await findRun(db, runId);
  if (run === undefined) throw new AppError('label-run-not-found');
  const batch = await requireBatch(db, run.batchId);
  requireOwner(actor, batch, 'label-run-not-found');
  return { run, batch };
};

/** A run of one's own, printable or not. Throws 'label-run-not-found'. */
export async function labelRun(db: Db, actor: Actor, runId: string): Promise<LabelRun> {
  return (await ownRun(db, actor, runId)).run;
}

/** A run of one's own, ready to print: recall, hold, approval and completeness are asked again at every print. */
export async function labelRunFor(db: Db, actor: Actor, runId: string): Promise<PrintableRun> {
  const { run, batch } = await ownRun(db, actor, runId);
  return { run, facts: await requireOpenGate(db, batch) };
}

/** Runs of a batch that the asker may see, newest first. */
export async function labelRunsOf(db: Db, actor: Actor, batchId: string): Promise<LabelRun[]> {
  const batch = await batchFor(db, actor, batchId);
  return findRunsOfBatch(db, batch.producerId, batch.id);
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
  requireOwner(actor, batch, 'batch-not-found');
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

/** Ends the takes of units that a crash left half done: those begun before `before`. Safe to run again. */
export async function finishLabelTakes(db: Db, before: Date): Promise<void> {
  await finishTakes(db, async (runId) => (await findRun(db, runId)) !== undefined, before);
}
