// Label runs, their printings and what takes labels out of use: URL, signed in?, read input, call one service function, answer.
import type { Response } from 'express';
import { z } from 'zod';
import { isLocalAddress } from '../config.ts';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { sendPieces } from '../http/send-pieces.ts';
import { apiBase } from '../paths.ts';
import { checkSoon } from './labels.check.service.ts';
import type { CheckDeps } from './labels.check.service.ts';
import { csvPieces, pdfPieces } from './labels.files.ts';
import type { Printing } from './labels.files.ts';
import { newLabelRun, newPrint, newRunApproval, newVoiding, newWaste, sheetOptions } from './labels.input.ts';
import type { SheetOptions } from './labels.input.ts';
import { labelRunsOf, makeLabelRun, registerLabels } from './labels.service.ts';
import { labelEventAnswer, labelEventJson, labelRunAnswer, labelRunJson } from './labels.run.view.ts';
import {
  approveRun,
  notePrint,
  printingFor,
  runRecord,
  voidLabels,
  wasteLabels,
  wholePrinting,
} from './labels.run.service.ts';
import { sizeOfLetters } from './labels.text.ts';
import type { LabelRun, PrintFormat } from './labels.types.ts';
import { zplPieces } from './labels.zpl.ts';

const gateErrors = [
  'batch-not-found',
  'not-allowed',
  'batch-recalled',
  'batch-held',
  'batch-incomplete',
  'producer-not-approved',
] as const;
const drawErrors = ['label-text-too-long', 'label-glyph-missing', 'label-address-too-long'] as const;
const printErrors = ['label-run-unchecked', 'label-check-failed', 'label-run-unapproved', 'labels-voided'] as const;
const batchParams = z.object({ batch: recordId });
const runParams = z.object({ run: recordId });

/** What reading back needs of the app. */
export function checkDeps({ db, keys, clock, smallestLetterMm }: Deps): CheckDeps {
  return { db, codeKey: keys.codeKey, clock, minimumPt: sizeOfLetters(smallestLetterMm) };
}

/** Has the symbols of a run read back; the promise ends with the reading, and never fails. */
export function readBackSoon(deps: Deps, runId: string): Promise<void> {
  return checkSoon(checkDeps(deps), runId, (error) => {
    deps.log.error({ err: error, run: runId }, 'reading a run back failed; the sweep tries again');
  });
}

const mediaTypes: Record<PrintFormat, string> = {
  pdf: 'application/pdf',
  zpl: 'application/zpl',
  csv: 'text/csv; charset=utf-8',
};

/** Sends the file of a printing, made while it is sent. */
export async function sendPrinting(
  deps: Deps,
  res: Response,
  printing: Printing,
  asked: { format: PrintFormat; paper: SheetOptions },
): Promise<void> {
  const { format, paper } = asked;
  const name = `tem-${printing.run.id}-${printing.range.from + 1}-${printing.range.end}.${format}`;
  res.type(mediaTypes[format]).set('X-Content-Type-Options', 'nosniff');
  res.set('Content-Disposition', `${format === 'pdf' ? 'inline' : 'attachment'}; filename="${name}"`);
  // Compressed already, or read by a machine that would not undo it.
  res.set('Cache-Control', 'no-store, no-transform');
  const print = { paper, minimumPt: sizeOfLetters(deps.smallestLetterMm) };
  const { codeKey } = deps.keys;
  if (format === 'csv') return sendPieces(res, csvPieces(printing, codeKey));
  return sendPieces(res, format === 'pdf' ? pdfPieces(printing, codeKey, print) : zplPieces(printing, codeKey, print));
}

// A caller of the API waits for a short reading instead of asking again.
const waitsFor = 650;
const waitForReading = async (deps: Deps, run: LabelRun): Promise<void> => {
  if (run.quantity <= waitsFor) await readBackSoon(deps, run.id);
};

/** Runs of a batch, one run, its approval, printings, voiding and waste, and its sheet as PDF. */
export function addLabelsApi(api: Api, deps: Deps): void {
  registerLabels(deps.db);
  addRuns(api, deps);
  addPrinting(api, deps);
  addTakingOut(api, deps);
}

const addRuns = (api: Api, deps: Deps): void => {
  const making = () => ({
    baseUrl: deps.baseUrl,
    isLocal: isLocalAddress(deps.baseUrl),
    codeKey: deps.keys.codeKey,
    minimumPt: sizeOfLetters(deps.smallestLetterMm),
    now: deps.clock(),
  });

  addOperation(
    api,
    {
      id: 'makeLabelRun',
      method: 'post',
      path: '/batches/:batch/label-runs',
      tag: 'labels',
      summary: { vi: 'Lập một đợt in tem cho lô', en: 'Make a run of labels for a batch' },
      access: 'signed-in',
      params: batchParams,
      body: newLabelRun,
      answers: { 201: labelRunAnswer },
      errors: [...gateErrors, ...drawErrors, 'batch-closed', 'no-gtin', 'not-enough-units', 'id-with-other-content'],
    },
    async ({ actor, params, body }) => {
      const run = await makeLabelRun(deps.db, actor, params.batch, body, making());
      void readBackSoon(deps, run.id);
      const record = await runRecord(deps.db, actor, run.id);
      const json = labelRunJson(record, record.lotNumber, deps.keys.codeKey);
      return { status: 201, json, location: `${apiBase}/label-runs/${run.id}` };
    },
  );

  addOperation(
    api,
    {
      id: 'listLabelRuns',
      method: 'get',
      path: '/batches/:batch/label-runs',
      tag: 'labels',
      summary: { vi: 'Các đợt in tem của lô', en: 'Label runs of a batch' },
      access: 'signed-in',
      params: batchParams,
      answers: { 200: z.object({ items: z.array(labelRunAnswer) }) },
      errors: ['batch-not-found'],
    },
    async ({ actor, params }) => {
      const { lotNumber, runs } = await labelRunsOf(deps.db, actor, params.batch);
      return { status: 200, json: { items: runs.map((run) => labelRunJson(run, lotNumber, deps.keys.codeKey)) } };
    },
  );

  addOperation(
    api,
    {
      id: 'labelRun',
      method: 'get',
      path: '/label-runs/:run',
      tag: 'labels',
      summary: { vi: 'Một đợt in tem và những gì đã xảy ra với nó', en: 'A label run and what happened to it' },
      access: 'signed-in',
      params: runParams,
      answers: { 200: labelRunAnswer },
      errors: ['label-run-not-found'],
    },
    async ({ actor, params }) => {
      const record = await runRecord(deps.db, actor, params.run);
      return { status: 200, json: labelRunJson(record, record.lotNumber, deps.keys.codeKey) };
    },
  );
};

const addPrinting = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'approveLabelRun',
      method: 'post',
      path: '/label-runs/:run/approval',
      tag: 'labels',
      summary: { vi: 'Duyệt một đợt in tem', en: 'Approve a label run' },
      access: 'signed-in',
      params: runParams,
      body: newRunApproval,
      answers: { 201: labelEventAnswer },
      errors: ['label-run-not-found', ...gateErrors.slice(1), ...printErrors],
    },
    async ({ actor, params, body }) => {
      await waitForReading(deps, (await runRecord(deps.db, actor, params.run)).run);
      const event = await approveRun(deps.db, actor, params.run, body, deps.clock());
      return { status: 201, json: labelEventJson(event) };
    },
  );

  addOperation(
    api,
    {
      id: 'printLabels',
      method: 'post',
      path: '/label-runs/:run/prints',
      tag: 'labels',
      summary: { vi: 'In tem hoặc in lại một khoảng', en: 'Print labels, or a range of them again' },
      access: 'signed-in',
      params: runParams,
      body: newPrint,
      answers: { 201: labelEventAnswer },
      errors: ['label-run-not-found', ...gateErrors.slice(1), ...printErrors, 'id-with-other-content'],
    },
    async ({ actor, params, body }) => {
      await waitForReading(deps, (await runRecord(deps.db, actor, params.run)).run);
      const event = await notePrint(deps.db, actor, params.run, body, deps.clock());
      return {
        status: 201,
        json: labelEventJson(event),
        location: `${apiBase}/label-runs/${params.run}/prints/${event.id}`,
      };
    },
  );

  addOperation(
    api,
    {
      id: 'printedLabels',
      method: 'get',
      path: '/label-runs/:run/prints/:print',
      tag: 'labels',
      summary: { vi: 'Tệp của một lần in: PDF, ZPL hoặc CSV', en: 'The file of a printing: PDF, ZPL or CSV' },
      access: 'signed-in',
      params: z.object({ run: recordId, print: recordId }),
      query: sheetOptions,
      answers: { 200: 'application/pdf' },
      errors: ['label-run-not-found', ...gateErrors.slice(1), ...printErrors],
    },
    async ({ actor, params, query, res }) => {
      const printing = await printingFor(deps.db, actor, params.run, params.print);
      await sendPrinting(deps, res, printing, { format: printing.event.format ?? 'pdf', paper: query });
      return undefined;
    },
  );

  addOperation(
    api,
    {
      id: 'labelSheet',
      method: 'get',
      path: '/label-runs/:run/sheet',
      tag: 'labels',
      summary: { vi: 'Cả đợt tem là một tệp PDF', en: 'A whole run as PDF' },
      access: 'signed-in',
      params: runParams,
      query: sheetOptions,
      answers: { 200: 'application/pdf' },
      errors: ['label-run-not-found', ...gateErrors.slice(1), ...printErrors],
    },
    async ({ actor, params, query, res }) => {
      await waitForReading(deps, (await runRecord(deps.db, actor, params.run)).run);
      const printing = await wholePrinting(deps.db, actor, params.run, deps.clock());
      await sendPrinting(deps, res, printing, { format: 'pdf', paper: query });
      return undefined;
    },
  );
};

const addTakingOut = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'voidLabels',
      method: 'post',
      path: '/label-runs/:run/voidings',
      tag: 'labels',
      summary: { vi: 'Huỷ một khoảng tem hoặc cả đợt', en: 'Void a range of labels or a whole run' },
      access: 'signed-in',
      params: runParams,
      body: newVoiding,
      answers: { 201: labelEventAnswer },
      errors: ['label-run-not-found', 'labels-voided', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, params, body }) => {
      const event = await voidLabels(deps.db, actor, params.run, body, deps.clock());
      return { status: 201, json: labelEventJson(event) };
    },
  );

  addOperation(
    api,
    {
      id: 'wasteLabels',
      method: 'post',
      path: '/label-runs/:run/waste',
      tag: 'labels',
      summary: { vi: 'Ghi tem chung bị hỏng khi in', en: 'Book copies of a lot label that were spoiled in printing' },
      access: 'signed-in',
      params: runParams,
      body: newWaste,
      answers: { 201: labelEventAnswer },
      errors: ['label-run-not-found', 'labels-voided', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, params, body }) => {
      const event = await wasteLabels(deps.db, actor, params.run, body, deps.clock());
      return { status: 201, json: labelEventJson(event) };
    },
  );
};
