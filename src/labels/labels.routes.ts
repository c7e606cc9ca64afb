// Label runs through the API: making one, looking at it, approving it.
import { z } from 'zod';
import { isLocalAddress } from '../config.ts';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { newLabelRun, newRunApproval } from './labels.input.ts';
import { addPrintsApi } from './labels.prints.routes.ts';
import { readBackSoon, waitForReading } from './labels.readback.ts';
import { approveRun, runRecord } from './labels.run.service.ts';
import { labelEventAnswer, labelEventJson, labelRunAnswer, labelRunJson } from './labels.run.view.ts';
import { labelRunsOf, makeLabelRun, registerLabels } from './labels.service.ts';
import { sizeOfLetters } from './labels.text.ts';
import { addVoidingApi } from './labels.voiding.routes.ts';

const gateErrors = [
  'batch-not-found',
  'not-allowed',
  'batch-recalled',
  'batch-held',
  'batch-incomplete',
  'producer-not-approved',
] as const;
const drawErrors = ['label-text-too-long', 'label-glyph-missing', 'label-address-too-long'] as const;
const readErrors = ['label-run-unchecked', 'label-check-failed', 'labels-voided'] as const;
const batchParams = z.object({ batch: recordId });
const runParams = z.object({ run: recordId });

/** Runs of a batch, one run, its approval, printings, voiding and waste, and its sheet as PDF. */
export function addLabelsApi(api: Api, deps: Deps): void {
  registerLabels(deps.db);
  addMaking(api, deps);
  addReading(api, deps);
  addPrintsApi(api, deps);
  addVoidingApi(api, deps);
}

const addMaking = (api: Api, deps: Deps): void => {
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
      proof: 'password',
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
};

const addReading = (api: Api, deps: Deps): void => {
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

  addOperation(
    api,
    {
      id: 'approveLabelRun',
      proof: 'password',
      method: 'post',
      path: '/label-runs/:run/approval',
      tag: 'labels',
      summary: { vi: 'Duyệt một đợt in tem', en: 'Approve a label run' },
      access: 'signed-in',
      params: runParams,
      body: newRunApproval,
      answers: { 201: labelEventAnswer },
      errors: ['label-run-not-found', ...gateErrors.slice(1), ...readErrors],
    },
    async ({ actor, params, body }) => {
      await waitForReading(deps, (await runRecord(deps.db, actor, params.run)).run);
      const event = await approveRun(deps.db, actor, params.run, body, deps.clock());
      return { status: 201, json: labelEventJson(event) };
    },
  );
};
