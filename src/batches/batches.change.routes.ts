// Changes of batches, closing and reopening: URL, signed in?, read input, call one service function, answer.
import { z } from 'zod';
import { historyAnswer, historyJson } from '../audit/history.ts';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { batchHistory, changeBatch, closeBatch, reopenBatch } from './batches.change.service.ts';
import { changedBatch, newClosing, newReopening } from './batches.input.ts';
import { batchJson, batchShape } from './batches.view.ts';

const tag = 'batches';
const ofBatch = z.object({ batch: recordId });

/** PUT a batch, its history, and its end. */
export function addChanging(api: Api, { db, clock }: Deps): void {
  addOperation(
    api,
    {
      id: 'changeBatch',
      method: 'put',
      path: '/batches/:batch',
      tag,
      summary: {
        vi: 'Sửa lô: vùng, ngày, sản lượng, nguyên liệu, lô nguồn',
        en: 'Change a batch: sites, days, quantity, inputs, batches it was made from',
      },
      access: 'signed-in',
      params: ofBatch,
      body: changedBatch,
      answers: { 200: batchShape },
      errors: [
        'batch-not-found',
        'not-signed-in',
        'not-allowed',
        'fields-wrong',
        'site-of-other-producer',
        'batch-closed',
        'changed-meanwhile',
      ],
    },
    async ({ params, body, actor }) => ({
      status: 200,
      json: batchJson(await changeBatch(db, actor, params.batch, body, clock())),
    }),
  );
  addOperation(
    api,
    {
      id: 'readBatchHistory',
      method: 'get',
      path: '/batches/:batch/history',
      tag,
      summary: { vi: 'Lịch sử sửa một lô', en: 'Changes of a batch' },
      access: 'signed-in',
      params: ofBatch,
      answers: { 200: historyAnswer },
      errors: ['batch-not-found', 'not-signed-in'],
    },
    async ({ params, actor }) => ({
      status: 200,
      json: historyJson((await batchHistory(db, actor, params.batch)).notes),
    }),
  );
  addOperation(
    api,
    {
      id: 'closeBatch',
      method: 'post',
      path: '/batches/:batch/closing',
      tag,
      summary: { vi: 'Đóng lô', en: 'Close a batch' },
      access: 'signed-in',
      params: ofBatch,
      body: newClosing,
      answers: { 201: batchShape },
      errors: [
        'batch-not-found',
        'not-signed-in',
        'not-allowed',
        'fields-wrong',
        'batch-closed',
        'id-with-other-content',
      ],
    },
    async ({ params, body, actor }) => {
      const batch = await closeBatch(db, actor, params.batch, body, clock());
      return { status: 201, json: batchJson(batch), location: `${apiBase}/batches/${batch.id}` };
    },
  );
  addOperation(
    api,
    {
      id: 'reopenBatch',
      method: 'post',
      path: '/batches/:batch/reopening',
      tag,
      summary: { vi: 'Mở lại lô đã đóng, kèm lý do', en: 'Reopen a closed batch, with a reason' },
      access: 'signed-in',
      params: ofBatch,
      body: newReopening,
      answers: { 201: batchShape },
      errors: [
        'batch-not-found',
        'not-signed-in',
        'not-allowed',
        'fields-wrong',
        'batch-open',
        'id-with-other-content',
      ],
    },
    async ({ params, body, actor }) => {
      const batch = await reopenBatch(db, actor, params.batch, body, clock());
      return { status: 201, json: batchJson(batch), location: `${apiBase}/batches/${batch.id}` };
    },
  );
}
