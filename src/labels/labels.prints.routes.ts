// Printing labels through the API: a printing is noted by POST, its file fetched by GET as often as is needed.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { newPrint, sheetOptions } from './labels.input.ts';
import { notePrint, printingFor, wholePrinting } from './labels.prints.service.ts';
import { waitForReading } from './labels.readback.ts';
import { runRecord } from './labels.run.service.ts';
import { labelEventAnswer, labelEventJson } from './labels.run.view.ts';
import { sendPrinting } from './labels.files.routes.ts';

const printErrors = [
  'not-allowed',
  'batch-recalled',
  'batch-held',
  'batch-incomplete',
  'producer-not-approved',
  'label-run-unchecked',
  'label-check-failed',
  'label-run-unapproved',
  'labels-voided',
] as const;
const runParams = z.object({ run: recordId });

/** Noting a printing, its file, and the whole run as a file. */
export function addPrintsApi(api: Api, deps: Deps): void {
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
      errors: ['label-run-not-found', ...printErrors, 'id-with-other-content'],
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

  addFiles(api, deps);
}

const addFiles = (api: Api, deps: Deps): void => {
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
      errors: ['label-run-not-found', ...printErrors],
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
      errors: ['label-run-not-found', ...printErrors],
    },
    async ({ actor, params, query, res }) => {
      await waitForReading(deps, (await runRecord(deps.db, actor, params.run)).run);
      const printing = await wholePrinting(deps.db, actor, params.run, deps.clock());
      await sendPrinting(deps, res, printing, { format: 'pdf', paper: query });
      return undefined;
    },
  );
};
