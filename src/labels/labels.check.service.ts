// The print gate: before a run is released its pages are drawn, turned into pixels and every symbol read by two independent decoders. The line of
// runs is in the store, so that a reading that was cut off goes on at the next start or sweep.
import { v4 as uuidv4, v5 as uuidv5 } from 'uuid';
import { requireBatch } from '../batches/batches.service.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import type { Db } from '../db/connect.ts';
import { requireProducer } from '../producers/producers.service.ts';
import { requireProduct } from '../products/products.service.ts';
import { dropLease, findWaitingChecks, noteProgress, removeCheck, takeLease } from './labels.checks.model.ts';
import type { CheckProgress } from './labels.checks.model.ts';
import { insertEvent } from './labels.events.model.ts';
import { cellsPerPage, sheetLayouts } from './labels.layout.ts';
import { findRun } from './labels.model.ts';
import { ownLabels, sheetOf } from './labels.printing.rules.ts';
import { readPage } from './labels.reader.ts';
import { checkPages } from './labels.rules.ts';
import { smallestSize } from './labels.text.ts';
import type { LabelRun, LabelRunEvent } from './labels.types.ts';

export type CheckDeps = { db: Db; codeKey: CodeKey; clock: () => Date; minimumPt?: number };

/** A reading is anybody's again when nothing was heard of it for so long: its process has died or hangs. A page takes a few seconds. */
const leaseSeconds = 60;
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
  turn: undefined,
  byUserId: '',
  at,
});

type Reading = { ok: true; symbols: number } | { ok: false; place: number; why: string } | 'left';

/** Reads on from the page where an earlier reader stopped. 'left': cancelled, or another reader has it. */
const readRun = async (
  { db, codeKey, clock, minimumPt = smallestSize }: CheckDeps,
  run: LabelRun,
  line: CheckProgress,
): Promise<Reading> => {
  const batch = await requireBatch(db, run.batchId);
  const [product, producer] = await Promise.all([
    requireProduct(db, batch.productId),
    requireProducer(db, batch.producerId),
  ]);
  const ownOf = ownLabels(run, batch.lotNumber, codeKey);
  const perPage = cellsPerPage(sheetLayouts[run.layout]);
  let { done, symbols } = line;
  for (const page of checkPages(run).slice(done)) {
    const [from, end] = [page * perPage, Math.min(run.quantity, (page + 1) * perPage)];
    const sheet = sheetOf(run, { batch, product, producer }, { paper, count: end - from, minimumPt });
    const read = await readPage(sheet, ownOf(from, end), dpiOf(run));
    if (!read.ok) return { ok: false, place: from + read.place, why: `zxing "${read.zxing}", jsqr "${read.jsqr}"` };
    symbols += read.symbols;
    done += 1;
    const until = { now: clock(), seconds: leaseSeconds };
    if (!(await noteProgress(db, run.id, line.readerId, { done, symbols }, until))) return 'left';
  }
  return { ok: true, symbols };
};

/** Reads a run back to the end, unless somebody else is at it, in this process or another. What comes of it is an event of the run. */
export async function checkRun(deps: CheckDeps, runId: string): Promise<void> {
  const { db, clock } = deps;
  const readerId = uuidv4();
  const line = await takeLease(db, runId, readerId, { now: clock(), seconds: leaseSeconds });
  const run = line === undefined ? undefined : await findRun(db, runId);
  if (line === undefined || run === undefined) return;
  try {
    const reading = await readRun(deps, run, line);
    if (reading !== 'left') await noteReading(deps, run, line, reading);
  } catch (error) {
    await dropLease(db, runId, readerId);
    throw error;
  }
}

const noteReading = async (
  { db, clock }: CheckDeps,
  run: LabelRun,
  { approveBy }: CheckProgress,
  reading: Exclude<Reading, 'left'>,
): Promise<void> => {
  if (reading.ok) {
    await insertEvent(db, { ...eventOf(run, 'checked', clock()), symbols: reading.symbols });
    if (approveBy !== '') await insertEvent(db, { ...eventOf(run, 'approved', clock()), byUserId: approveBy });
  } else {
    const failed = { failedPlace: reading.place, reason: reading.why };
    await insertEvent(db, { ...eventOf(run, 'check-failed', clock()), ...failed });
  }
  await removeCheck(db, run.id);
};

/** Reads back every run that waits, one after the other. What fails is thrown when all had their turn. */
export async function checkWaitingRuns(deps: CheckDeps): Promise<void> {
  const failures: unknown[] = [];
  for (const runId of await findWaitingChecks(deps.db, deps.clock()))
    await checkRun(deps, runId).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} runs could not be read back`);
}

let last: Promise<void> = Promise.resolve();
const asked = new Set<string>();

/** Ends with the readings that this process has begun. */
export function checksDone(): Promise<void> {
  return last;
}

/**
 * Has a run read back soon, beside everything else; one run at a time in this process. Ends with the reading. `onError` hears of a failure;
 * whoever asks next, or the sweep, tries again.
 */
export function checkSoon(deps: CheckDeps, runId: string, onError: (error: unknown) => void): Promise<void> {
  if (asked.has(runId)) return last;
  asked.add(runId);
  last = last
    .then(() => checkRun(deps, runId))
    .catch(onError)
    .finally(() => asked.delete(runId));
  return last;
}
