// What a label will look like before anything is stored, and the symbol of one label of a run.
import type { Actor } from '../actor.ts';
import { batchFor } from '../batches/batches.service.ts';
import { isLocalAddress } from '../config.ts';
import { traceUrl } from '../codes/digital-link.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import type { Db } from '../db/connect.ts';
import { AppError, fieldError } from '../errors.ts';
import { placeOf, requireProducer } from '../producers/producers.service.ts';
import { requireProduct } from '../products/products.service.ts';
import type { PressSheet } from './labels.press.types.ts';
import { cellsPerPage, sheetLayouts } from './labels.layout.ts';
import { ownLabels, sheetOf } from './labels.printing.rules.ts';
import type { Paper } from './labels.printing.rules.ts';
import { qrSymbol } from './labels.qr.ts';
import { ownRun } from './labels.service.ts';
import type { LabelLayout, LabelRun } from './labels.types.ts';
import { requireMay } from '../powers.ts';

const paper = { startAt: 1, offsetX: 0, offsetY: 0, cutLines: '0' } as const;
// Twelve zeros are no code: their check symbol would be another.
const noCode = '000000000000';

/** The label of a batch of one's own in a layout, with a code that is none. Throws 'batch-not-found' and 'not-allowed'. */
export async function previewLabel(
  db: Db,
  actor: Actor,
  batchId: string,
  asked: { layout: LabelLayout; baseUrl: string; minimumPt: number; now: Date },
): Promise<{ sheet: PressSheet; own: [url: string, code: string] }> {
  const batch = await batchFor(db, actor, batchId);
  requireMay(actor, 'print-labels', await placeOf(db, actor, batch), 'batch-not-found');
  const [product, producer] = await Promise.all([
    requireProduct(db, batch.productId),
    requireProducer(db, batch.producerId),
  ]);
  const run: LabelRun = {
    id: '',
    runNumber: 0,
    producerId: batch.producerId,
    batchId,
    kind: 'lot',
    quantity: 1,
    layout: asked.layout,
    link: 'trace',
    gtin14: '',
    sample: isLocalAddress(asked.baseUrl) || batch.sample,
    baseUrl: asked.baseUrl,
    byUserId: actor.userId,
    createdAt: asked.now,
  };
  const sheet = sheetOf(run, { batch, product, producer }, { paper, count: 1, minimumPt: asked.minimumPt });
  return { sheet, own: [traceUrl(asked.baseUrl, noCode), noCode] };
}

/** Modules of the symbol that the short address of this host needs, quiet zone left out. */
export function modulesOfAddress(baseUrl: string): number {
  return qrSymbol(traceUrl(baseUrl, noCode)).modules;
}

/** Address and code of a label of one's own run; `place` counts from 1. Throws 'label-run-not-found' and 'fields-wrong'. */
export async function symbolOfRun(
  db: Db,
  codeKey: CodeKey,
  actor: Actor,
  runId: string,
  place: number,
): Promise<{ url: string; code: string }> {
  const { run, batch } = await ownRun(db, actor, runId);
  if (!Number.isInteger(place) || place < 1) throw new AppError('label-run-not-found');
  if (place > run.quantity) throw fieldError('place', 'too-big', { maximum: run.quantity });
  const [own] = ownLabels(run, batch.lotNumber, codeKey)(place - 1, place);
  if (own === undefined) throw new AppError('label-run-not-found');
  return { url: own[0], code: own[1] };
}

/** The first sheet of one's own run on a paper, with the labels that it will hold. Throws 'label-run-not-found' and 'fields-wrong'. */
export async function firstSheetOf(
  db: Db,
  codeKey: CodeKey,
  actor: Actor,
  runId: string,
  print: { paper: Paper; minimumPt: number },
): Promise<{ sheet: PressSheet; own: readonly [string, string][] }> {
  const { run, batch } = await ownRun(db, actor, runId);
  const cells = cellsPerPage(sheetLayouts[run.layout]);
  if (print.paper.startAt > cells) throw fieldError('startAt', 'too-big', { maximum: cells });
  const [product, producer] = await Promise.all([
    requireProduct(db, batch.productId),
    requireProducer(db, batch.producerId),
  ]);
  const count = Math.min(run.quantity, cells - print.paper.startAt + 1);
  const sheet = sheetOf(run, { batch, product, producer }, { ...print, count });
  return { sheet, own: ownLabels(run, batch.lotNumber, codeKey)(0, count) };
}
