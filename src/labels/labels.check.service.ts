// The print gate: before a run is released its pages are drawn, turned into pixels and every symbol read by two independent decoders. The line of
// runs is in the store, so that a reading that was cut off goes on at the next start or sweep.
import { v5 as uuidv5 } from 'uuid';
import { requireBatch } from '../batches/batches.service.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import type { Db } from '../db/connect.ts';
import { requireProducer } from '../producers/producers.service.ts';
import { requireProduct } from '../products/products.service.ts';
import {
  findCheck,
  findWaitingChecks,
  insertEvent,
  noteProgress,
  removeCheck,
  takeLease,
} from './labels.events.model.ts';
import { cellsPerPage, sheetLayouts } from './labels.layout.ts';
import { findRun } from './labels.model.ts';
import { ownLabels, sheetOf } from './labels.printing.rules.ts';
import { readPage } from './labels.reader.ts';
import { checkPages } from './labels.rules.ts';
import { smallestSize } from './labels.text.ts';
import type { LabelRun, LabelRunEvent } from './labels.types.ts';

export type CheckDeps = { db: Db; codeKey: CodeKey; clock: () => Date; minimumPt?: number };

/** A reading is somebody else's again when nothing was heard of it for so long. */
const leaseSeconds = 120;
// Office printers print 300 dots an inch and more, thermal printers of labels 203.
const dpiOf = (run: LabelRun): number => (run.layout.startsWith('a4-') ? 300 : 203);
const eventNamespace = '0198f0c2-6d5a-7a41-9d57-5f0b7b8f6a10';
const paper = { startAt: 1, offsetX: 0, offsetY: 0, cutLines: '0' } as const;

/** One event of its kind a run: two readers of one run write the same. */
const eventOf = (run: LabelRun, kind: 'checked' | 'check-failed' | 'approved', at: Date): LabelRunEvent => ({
  id: uuidv5(`${run.id} ${kind}`, eventNamespace),
  runId: run.id,
  producerId: run.producerId,
  kind,
  from: 0,
  end: run.quantity,
  format: undefined,
  reason: '',
  unitsBack: 0,
  symbols: undefined,
  failedPlace: undefined,
  byUserId: '',
  at,
});

type Reading = { ok: true; symbols: number } | { ok: false; place: number; why: string } | 'cancelled';

const readRun = async (
  { db, codeKey, clock, minimumPt = smallestSize }: CheckDeps,
  run: LabelRun,
): Promise<Reading> => {
  const batch = await requireBatch(db, run.batchId);
  const [product, producer] = await Promise.all([
    requireProduct(db, batch.productId),
    requireProducer(db, batch.producerId),
  ]);
  const ownOf = ownLabels(run, batch.lotNumber, codeKey);
  const perPage = cellsPerPage(sheetLayouts[run.layout]);
  let symbols = 0;
  for (const [turn, page] of checkPages(run).entries()) {
    const [from, end] = [page * perPage, Math.min(run.quantity, (page + 1) * perPage)];
    const sheet = sheetOf(run, { batch, product, producer }, { paper, count: end - from, minimumPt });
    const read = await readPage(sheet, ownOf(from, end), dpiOf(run));
    if (!read.ok) return { ok: false, place: from + read.place, why: `zxing "${read.zxing}", jsqr "${read.jsqr}"` };
    symbols += read.symbols;
    if (!(await noteProgress(db, run.id, turn + 1, clock(), leaseSeconds))) return 'cancelled';
  }
  return { ok: true, symbols };
};

/** Reads a run back to the end, unless somebody else is at it. What comes of it is an event of the run. */
export async function checkRun(deps: CheckDeps, runId: string): Promise<void> {
  const { db, clock } = deps;
  if (!(await takeLease(db, runId, clock(), leaseSeconds))) return;
  const [run, line] = await Promise.all([findRun(db, runId), findCheck(db, runId)]);
  if (run === undefined || line === undefined) return;
  const reading = await readRun(deps, run);
  if (reading === 'cancelled') return;
  if (reading.ok) {
    await insertEvent(db, { ...eventOf(run, 'checked', clock()), symbols: reading.symbols });
    if (line.approveBy !== '')
      await insertEvent(db, { ...eventOf(run, 'approved', clock()), byUserId: line.approveBy });
  } else {
    await insertEvent(db, {
      ...eventOf(run, 'check-failed', clock()),
      failedPlace: reading.place,
      reason: reading.why,
    });
  }
  await removeCheck(db, runId);
}

/** Reads back every run that waits, one after the other. */
export async function checkWaitingRuns(deps: CheckDeps): Promise<void> {
  for (const runId of await findWaitingChecks(deps.db, deps.clock())) await checkRun(deps, runId);
}

let last: Promise<void> = Promise.resolve();

/** Ends with the readings that this process has begun. */
export function checksDone(): Promise<void> {
  return last;
}

/** Has a run read back soon, beside everything else; one run at a time in this process. `onError` hears of a failure; the sweep tries again. */
export function checkSoon(deps: CheckDeps, runId: string, onError: (error: unknown) => void): Promise<void> {
  last = last.then(() => checkRun(deps, runId)).catch(onError);
  return last;
}
