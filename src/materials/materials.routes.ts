// Materials: URL, signed in?, read input, call one service function, answer.
import { z } from 'zod';
import { historyAnswer, historyJson } from '../audit/history.ts';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { uploadErrors } from '../files/files.ts';
import { uploadLimitBytes, uploadTypes } from '../files/picture.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { changedMaterial, materialPage, newMaterial } from './materials.input.ts';
import {
  changeMaterial,
  createMaterial,
  materialFor,
  materialHistory,
  pageMaterials,
  prepareMaterials,
  setLabelPicture,
} from './materials.service.ts';
import { addStockBook } from './materials.stock.routes.ts';
import { stockOf } from './materials.stock.service.ts';
import type { Material } from './materials.types.ts';
import { materialJson, materialListShape, materialShape } from './materials.view.ts';

const tag = 'materials';
const ofProducer = z.object({ producer: recordId });
const ofMaterial = z.object({ material: recordId });
const notKept = { amount: 0, uncounted: 0, countedOn: undefined };

const shown = async ({ db }: Deps, material: Material) => {
  const { stock } = await stockOf(db, material.producerId, [material.id]);
  return materialJson(material, stock.get(material.id) ?? notKept);
};

const addReading = (api: Api, deps: Deps): void => {
  const { db } = deps;
  addOperation(
    api,
    {
      id: 'listMaterials',
      method: 'get',
      path: '/producers/:producer/materials',
      tag,
      summary: { vi: 'Vật tư của một chủ thể, kèm số trong kho', en: 'Materials of a producer, with their stock' },
      access: 'signed-in',
      params: ofProducer,
      query: materialPage,
      answers: { 200: materialListShape },
      errors: ['producer-not-found', 'not-signed-in', 'fields-wrong'],
    },
    async ({ params, query, actor }) => {
      const { items, next } = await pageMaterials(db, actor, params.producer, query);
      const ids = items.map(({ id }) => id);
      const { stock } = await stockOf(db, params.producer, ids);
      return {
        status: 200,
        json: { items: items.map((one) => materialJson(one, stock.get(one.id) ?? notKept)), next },
      };
    },
  );
  addOperation(
    api,
    {
      id: 'readMaterial',
      method: 'get',
      path: '/materials/:material',
      tag,
      summary: { vi: 'Một vật tư', en: 'One material' },
      access: 'signed-in',
      params: ofMaterial,
      answers: { 200: materialShape },
      errors: ['material-not-found', 'not-signed-in'],
    },
    async ({ params, actor }) => ({
      status: 200,
      json: await shown(deps, await materialFor(db, actor, params.material)),
    }),
  );
  addOperation(
    api,
    {
      id: 'readMaterialHistory',
      method: 'get',
      path: '/materials/:material/history',
      tag,
      summary: { vi: 'Lịch sử sửa một vật tư', en: 'Changes of a material' },
      access: 'signed-in',
      params: ofMaterial,
      answers: { 200: historyAnswer },
      errors: ['material-not-found', 'not-signed-in'],
    },
    async ({ params, actor }) => ({
      status: 200,
      json: historyJson((await materialHistory(db, actor, params.material)).notes),
    }),
  );
};

const addWriting = (api: Api, deps: Deps): void => {
  const { db, clock } = deps;
  addOperation(
    api,
    {
      id: 'createMaterial',
      method: 'post',
      path: '/producers/:producer/materials',
      tag,
      summary: { vi: 'Thêm một vật tư', en: 'Add a material' },
      access: 'signed-in',
      params: ofProducer,
      body: newMaterial,
      answers: { 201: materialShape },
      errors: ['producer-not-found', 'not-signed-in', 'not-allowed', 'fields-wrong', 'id-with-other-content'],
    },
    async ({ params, body, actor }) => {
      const material = await createMaterial(db, actor, params.producer, body, clock());
      return { status: 201, json: await shown(deps, material), location: `${apiBase}/materials/${material.id}` };
    },
  );
  addOperation(
    api,
    {
      id: 'changeMaterial',
      method: 'put',
      path: '/materials/:material',
      tag,
      summary: {
        vi: 'Sửa một vật tư; các việc đã ghi giữ thời gian cách ly lúc ghi',
        en: 'Change a material; recorded steps keep their waiting time',
      },
      access: 'signed-in',
      params: ofMaterial,
      body: changedMaterial,
      answers: { 200: materialShape },
      errors: ['material-not-found', 'not-signed-in', 'not-allowed', 'fields-wrong', 'changed-meanwhile'],
    },
    async ({ params, body, actor }) => ({
      status: 200,
      json: await shown(deps, await changeMaterial(db, actor, params.material, body, clock())),
    }),
  );
  addOperation(
    api,
    {
      id: 'setMaterialLabelPicture',
      method: 'put',
      path: '/materials/:material/label-picture',
      tag,
      summary: { vi: 'Ảnh nhãn của vật tư', en: 'Photo of a material’s label' },
      access: 'signed-in',
      params: ofMaterial,
      upload: { types: uploadTypes, limitBytes: uploadLimitBytes },
      answers: { 200: materialShape },
      errors: ['material-not-found', 'not-allowed', ...uploadErrors],
    },
    async ({ params, actor, sent }) => {
      const material = await setLabelPicture(db, actor, params.material, { bytes: sent }, clock());
      return { status: 200, json: await shown(deps, material) };
    },
  );
};

/** Materials of a producer, their labels and their stock book. */
export function addMaterialsApi(api: Api, deps: Deps): void {
  prepareMaterials(deps.db);
  addReading(api, deps);
  addWriting(api, deps);
  addStockBook(api, deps);
}
