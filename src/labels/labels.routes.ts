// Label runs and their sheets: URL, signed in?, read input, call one service function, answer.
import { z } from 'zod';
import { isLocalAddress } from '../config.ts';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { newLabelRun, sheetOptions } from './labels.input.ts';
import { labelRunsOf, labelSheetPdf, makeLabelRun, registerLabels } from './labels.service.ts';
import { labelRunAnswer, labelRunJson } from './labels.run.view.ts';

const gateErrors = [
  'batch-not-found',
  'not-allowed',
  'batch-recalled',
  'batch-held',
  'batch-incomplete',
  'producer-not-approved',
] as const;
const drawErrors = ['label-text-too-long', 'label-glyph-missing', 'label-address-too-long'] as const;
const batchParams = z.object({ batch: recordId });

/** POST and GET runs of a batch, GET the PDF sheet of a run. */
export function addLabelsApi(api: Api, deps: Deps): void {
  registerLabels(deps.db);
  const made = () => ({
    baseUrl: deps.baseUrl,
    isLocal: isLocalAddress(deps.baseUrl),
    codeKey: deps.keys.codeKey,
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
      errors: [...gateErrors, ...drawErrors, 'not-enough-units', 'id-with-other-content'],
    },
    async ({ actor, params, body }) => {
      const run = await makeLabelRun(deps.db, actor, params.batch, body, made());
      const json = labelRunJson(run, deps.keys.codeKey);
      return { status: 201, json, location: json.sheet };
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
      const runs = await labelRunsOf(deps.db, actor, params.batch);
      return { status: 200, json: { items: runs.map((run) => labelRunJson(run, deps.keys.codeKey)) } };
    },
  );

  addOperation(
    api,
    {
      id: 'labelSheet',
      method: 'get',
      path: '/label-runs/:run/sheet',
      tag: 'labels',
      summary: { vi: 'Tờ tem A4 (PDF) của một đợt in', en: 'A4 label sheets (PDF) of a run' },
      access: 'signed-in',
      params: z.object({ run: recordId }),
      query: sheetOptions,
      answers: { 200: 'application/pdf' },
      errors: ['label-run-not-found', ...gateErrors.slice(1), ...drawErrors],
    },
    async ({ actor, params, query, res }) => {
      const pdf = await labelSheetPdf(deps.db, deps.keys.codeKey, actor, params.run, query);
      res.type('application/pdf').set('Cache-Control', 'no-store');
      res.set('Content-Disposition', `inline; filename="tem-${params.run}.pdf"`).send(pdf);
      return undefined;
    },
  );
}
