// Labels that count no more, through the API.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { newVoiding, newWaste } from './labels.input.ts';
import { labelEventAnswer, labelEventJson } from './labels.run.view.ts';
import { voidLabels, wasteLabels } from './labels.voiding.service.ts';

const runParams = z.object({ run: recordId });

/** Voiding labels and booking spoiled ones. */
export function addVoidingApi(api: Api, deps: Deps): void {
  addOperation(
    api,
    {
      id: 'voidLabels',
      proof: 'password',
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
}
