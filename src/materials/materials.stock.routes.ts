// The stock book of a material and its receipts: URL, signed in?, read input, call one service function, answer.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { uploadErrors } from '../files/files.ts';
import { uploadLimitBytes, uploadTypes } from '../files/picture.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { movePage, newMove } from './materials.input.ts';
import { recordMove, stockBook, storeReceipt } from './materials.stock.service.ts';
import { moveJson, moveShape, receiptShape, stockBookJson, stockBookShape } from './materials.view.ts';

const tag = 'materials';
const ofMaterial = z.object({ material: recordId });

/** Lines of the book and the papers that they name. */
export function addStockBook(api: Api, { db, clock }: Deps): void {
  addOperation(
    api,
    {
      id: 'readStockBook',
      method: 'get',
      path: '/materials/:material/moves',
      tag,
      summary: { vi: 'Sổ kho của một vật tư, dòng mới trước', en: 'Stock book of a material, newest line first' },
      access: 'signed-in',
      params: ofMaterial,
      query: movePage,
      answers: { 200: stockBookShape },
      errors: ['material-not-found', 'not-signed-in', 'fields-wrong'],
    },
    async ({ params, query, actor }) => ({
      status: 200,
      json: stockBookJson(await stockBook(db, actor, params.material), query),
    }),
  );
  addOperation(
    api,
    {
      id: 'recordMaterialMove',
      method: 'post',
      path: '/materials/:material/moves',
      tag,
      summary: { vi: 'Ghi nhập, xuất hoặc số đếm được', en: 'Write down what came, went or was counted' },
      access: 'signed-in',
      params: ofMaterial,
      body: newMove,
      answers: { 201: moveShape },
      errors: [
        'material-not-found',
        'not-signed-in',
        'not-allowed',
        'fields-wrong',
        'move-already-corrected',
        'id-with-other-content',
      ],
    },
    async ({ params, body, actor }) => {
      const move = await recordMove(db, actor, params.material, body, clock());
      return { status: 201, json: moveJson(move), location: `${apiBase}/materials/${params.material}/moves` };
    },
  );
  addOperation(
    api,
    {
      id: 'storeReceipt',
      method: 'post',
      path: '/materials/:material/receipts',
      tag,
      summary: {
        vi: 'Gửi ảnh hoặc PDF hoá đơn, để một dòng kho nêu trong bảy ngày',
        en: 'Send a photo or PDF of a receipt, to be named by a line within seven days',
      },
      access: 'signed-in',
      params: ofMaterial,
      upload: { types: [...uploadTypes, 'application/pdf'], limitBytes: uploadLimitBytes },
      answers: { 201: receiptShape },
      errors: ['material-not-found', 'not-allowed', ...uploadErrors],
    },
    async ({ params, actor, sent }) => {
      const file = await storeReceipt(db, actor, params.material, { bytes: sent }, clock());
      return { status: 201, json: { fileId: file.id, kind: file.kind, bytes: file.bytes } };
    },
  );
}
