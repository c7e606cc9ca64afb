// Steps of the journal, their photos and confirmations: URL, signed in?, read input, call one service function, answer.
import { z } from 'zod';
import { batchFor } from '../batches/batches.service.ts';
import type { Deps } from '../deps.ts';
import { paging, recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { newConfirmation, newStep } from './steps.input.ts';
import { addStepPhotoOperations } from './steps.photos.routes.ts';
import { historyOf, journalOfBatch } from './steps.reading.service.ts';
import { confirmStep, gapsOf, recordStep, prepareSteps } from './steps.service.ts';
import {
  confirmationJson,
  confirmationShape,
  historyJson,
  historyShape,
  journalJson,
  journalShape,
  stepJson,
  stepShape,
} from './steps.view.ts';

const tag = 'steps';
const ofBatch = z.object({ batch: recordId });
const ofStep = z.object({ step: recordId });

const addRecording = (api: Api, { db, clock }: Deps): void => {
  addOperation(
    api,
    {
      id: 'recordStep',
      method: 'post',
      path: '/batches/:batch/steps',
      tag,
      summary: { vi: 'Ghi một việc vào nhật ký của lô', en: 'Record a step of a batch' },
      access: 'signed-in',
      params: ofBatch,
      body: newStep,
      answers: { 201: stepShape },
      errors: [
        'batch-not-found',
        'not-signed-in',
        'not-allowed',
        'fields-wrong',
        'step-in-future',
        'step-before-planting',
        'batch-recalled',
        'batch-closed',
        'harvest-too-soon',
        'waiting-time-unknown',
        'step-already-corrected',
        'id-with-other-content',
      ],
    },
    async ({ params, body, actor }) => {
      const step = await recordStep(db, actor, params.batch, body, clock());
      return { status: 201, json: stepJson(step), location: `${apiBase}/steps/${step.id}` };
    },
  );
};

const addReading = (api: Api, { db }: Deps): void => {
  addOperation(
    api,
    {
      id: 'readJournal',
      method: 'get',
      path: '/batches/:batch/steps',
      tag,
      summary: { vi: 'Nhật ký của một lô, việc mới trước', en: 'Journal of a batch, newest work first' },
      access: 'signed-in',
      params: ofBatch,
      query: z.strictObject(paging),
      answers: { 200: journalShape },
      errors: ['batch-not-found', 'not-signed-in', 'fields-wrong'],
    },
    async ({ params, query, actor }) => {
      const batch = await batchFor(db, actor, params.batch);
      const entries = await journalOfBatch(db, batch);
      const gaps = gapsOf(entries, { seasonEnd: batch.harvestedOn ?? batch.packedOn });
      return { status: 200, json: journalJson(entries, gaps, query) };
    },
  );
  addOperation(
    api,
    {
      id: 'readStep',
      method: 'get',
      path: '/steps/:step',
      tag,
      summary: { vi: 'Một việc với mọi bản đã ghi', en: 'A step with every version of it' },
      access: 'signed-in',
      params: ofStep,
      answers: { 200: historyShape },
      errors: ['step-not-found', 'not-signed-in'],
    },
    async ({ params, actor }) => ({ status: 200, json: historyJson(await historyOf(db, actor, params.step)) }),
  );
};

const addEvidence = (api: Api, { db, clock }: Deps): void => {
  addOperation(
    api,
    {
      id: 'confirmStep',
      method: 'post',
      path: '/steps/:step/confirmations',
      tag,
      summary: { vi: 'Xác nhận hoặc xác minh một việc', en: 'Confirm or verify a step' },
      access: 'signed-in',
      params: ofStep,
      body: newConfirmation,
      answers: { 201: confirmationShape },
      errors: [
        'step-not-found',
        'not-signed-in',
        'fields-wrong',
        'own-step',
        'step-already-corrected',
        'id-with-other-content',
      ],
    },
    async ({ params, body, actor }) => {
      const confirmation = await confirmStep(db, actor, params.step, body, clock());
      return { status: 201, json: confirmationJson(confirmation), location: `${apiBase}/steps/${params.step}` };
    },
  );
};

export function addStepsApi(api: Api, deps: Deps): void {
  prepareSteps(deps.db);
  addRecording(api, deps);
  addReading(api, deps);
  addStepPhotoOperations(api, deps);
  addEvidence(api, deps);
}
