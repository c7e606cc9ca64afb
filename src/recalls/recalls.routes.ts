// Recalls: URL, signed in?, read input, call one service function, answer.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { newRecall, newRecallClosing } from './recalls.input.ts';
import { closeRecall, openRecall, recallFor, prepareRecalls } from './recalls.service.ts';
import {
  closingJson,
  closingShape,
  recallJson,
  recallShape,
  recallStateJson,
  recallStateShape,
} from './recalls.view.ts';

const tag = 'recalls';
const ofRecall = z.object({ recall: recordId });

export function addRecallsApi(api: Api, { db, clock }: Deps): void {
  prepareRecalls(db);
  addOperation(
    api,
    {
      id: 'openRecall',
      proof: 'password',
      method: 'post',
      path: '/batches/:batch/recalls',
      tag,
      summary: { vi: 'Ra lệnh thu hồi một lô', en: 'Order the recall of a batch' },
      access: 'signed-in',
      params: z.object({ batch: recordId }),
      body: newRecall,
      answers: { 201: recallShape },
      errors: ['batch-not-found', 'not-signed-in', 'fields-wrong', 'id-with-other-content'],
    },
    async ({ params, body, actor }) => {
      const recall = await openRecall(db, actor, params.batch, body, clock());
      return { status: 201, json: recallJson(recall), location: `${apiBase}/recalls/${recall.id}` };
    },
  );
  addOperation(
    api,
    {
      id: 'readRecall',
      method: 'get',
      path: '/recalls/:recall',
      tag,
      summary: { vi: 'Một lệnh thu hồi', en: 'One recall' },
      access: 'signed-in',
      params: ofRecall,
      answers: { 200: recallStateShape },
      errors: ['recall-not-found', 'not-signed-in'],
    },
    async ({ params, actor }) => ({
      status: 200,
      json: recallStateJson(await recallFor(db, actor, params.recall)),
    }),
  );
  addOperation(
    api,
    {
      id: 'closeRecall',
      proof: 'password',
      method: 'post',
      path: '/recalls/:recall/closing',
      tag,
      summary: { vi: 'Kết thúc một lệnh thu hồi', en: 'Close a recall' },
      access: 'signed-in',
      params: ofRecall,
      body: newRecallClosing,
      answers: { 201: closingShape },
      errors: [
        'recall-not-found',
        'not-signed-in',
        'not-allowed',
        'fields-wrong',
        'recall-already-closed',
        'id-with-other-content',
      ],
    },
    async ({ params, body, actor }) => {
      const closing = await closeRecall(db, actor, params.recall, body, clock());
      return { status: 201, json: closingJson(closing), location: `${apiBase}/recalls/${params.recall}` };
    },
  );
}
