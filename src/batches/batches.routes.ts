// Batches: URL, signed in?, read input, call one service function, answer.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { productFor } from '../products/products.service.ts';
import { batchList, batchPage, newBatch, newPacking, newSettlement } from './batches.input.ts';
import { setPacking, settleHold } from './batches.packing.service.ts';
import { batchFor, createBatch, listBatches, prepareBatches } from './batches.service.ts';
import { addChanging } from './batches.change.routes.ts';
import { batchJson, batchListShape, batchShape } from './batches.view.ts';

const tag = 'batches';
const ofProduct = z.object({ product: recordId });
const ofBatch = z.object({ batch: recordId });

const addReading = (api: Api, { db }: Deps): void => {
  addOperation(
    api,
    {
      id: 'listBatches',
      method: 'get',
      path: '/batches',
      tag,
      summary: { vi: 'Các lô hàng bạn xem được', en: 'Batches that you may see' },
      access: 'signed-in',
      query: batchList,
      answers: { 200: batchListShape },
      errors: ['not-signed-in', 'fields-wrong'],
    },
    async ({ query, actor }) => {
      const { items, next } = await listBatches(db, actor, query, query);
      return { status: 200, json: { items: items.map(batchJson), next } };
    },
  );
  addOperation(
    api,
    {
      id: 'listBatchesOfProduct',
      method: 'get',
      path: '/products/:product/batches',
      tag,
      summary: { vi: 'Các lô của một sản phẩm', en: 'Batches of a product' },
      access: 'signed-in',
      params: ofProduct,
      query: batchPage,
      answers: { 200: batchListShape },
      errors: ['product-not-found', 'not-signed-in', 'fields-wrong'],
    },
    async ({ params, query, actor }) => {
      const product = await productFor(db, actor, params.product);
      const { items, next } = await listBatches(db, actor, { ...query, productId: product.id }, query);
      return { status: 200, json: { items: items.map(batchJson), next } };
    },
  );
  addOperation(
    api,
    {
      id: 'readBatch',
      method: 'get',
      path: '/batches/:batch',
      tag,
      summary: { vi: 'Một lô hàng', en: 'One batch' },
      access: 'signed-in',
      params: ofBatch,
      answers: { 200: batchShape },
      errors: ['batch-not-found', 'not-signed-in'],
    },
    async ({ params, actor }) => ({ status: 200, json: batchJson(await batchFor(db, actor, params.batch)) }),
  );
};

const addWriting = (api: Api, { db, clock }: Deps): void => {
  addOperation(
    api,
    {
      id: 'createBatch',
      method: 'post',
      path: '/products/:product/batches',
      tag,
      summary: { vi: 'Lập lô hàng', en: 'Make a batch' },
      access: 'signed-in',
      params: ofProduct,
      body: newBatch,
      answers: { 201: batchShape },
      errors: [
        'product-not-found',
        'not-signed-in',
        'not-allowed',
        'fields-wrong',
        'site-of-other-producer',
        'lot-taken',
        'id-with-other-content',
      ],
    },
    async ({ params, body, actor }) => {
      const batch = await createBatch(db, actor, params.product, body, clock());
      return { status: 201, json: batchJson(batch), location: `${apiBase}/batches/${batch.id}` };
    },
  );
  addOperation(
    api,
    {
      id: 'setPacking',
      method: 'put',
      path: '/batches/:batch/packing',
      tag,
      summary: {
        vi: 'Ghi ngày đóng gói, hạn dùng, sản lượng và số đơn vị',
        en: 'Set packing day, use-by day, quantity and units',
      },
      access: 'signed-in',
      params: ofBatch,
      body: newPacking,
      answers: { 200: batchShape },
      errors: [
        'batch-not-found',
        'not-signed-in',
        'not-allowed',
        'fields-wrong',
        'batch-closed',
        'id-with-other-content',
      ],
    },
    async ({ params, body, actor }) => ({
      status: 200,
      json: batchJson(await setPacking(db, actor, params.batch, body, clock())),
    }),
  );
  addOperation(
    api,
    {
      id: 'settleHold',
      method: 'post',
      path: '/batches/:batch/holds/:hold/settlement',
      tag,
      summary: { vi: 'Xử lý việc giữ lô, kèm lý do', en: 'Settle what holds a batch, with a reason' },
      access: 'signed-in',
      params: z.object({ batch: recordId, hold: recordId }),
      body: newSettlement,
      answers: { 201: batchShape },
      errors: ['batch-not-found', 'hold-not-found', 'not-signed-in', 'fields-wrong', 'already-decided'],
    },
    async ({ params, body, actor }) => {
      const batch = await settleHold(db, actor, params.batch, params.hold, body, clock());
      return { status: 201, json: batchJson(batch), location: `${apiBase}/batches/${batch.id}` };
    },
  );
};

export function addBatchesApi(api: Api, deps: Deps): void {
  prepareBatches(deps.db);
  addReading(api, deps);
  addWriting(api, deps);
  addChanging(api, deps);
}
