// The pictures of a product through the API.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { uploadErrors } from '../files/files.ts';
import { uploadLimitBytes, uploadTypes } from '../files/picture.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { arrangedPictures, pictureWords } from './products.input.ts';
import { addProductPicture, arrangePictures, setProductPicture } from './products.pictures.service.ts';
import { productAnswer, productJson } from './products.view.ts';

const params = z.object({ product: recordId });
const upload = { types: uploadTypes, limitBytes: uploadLimitBytes };
const errors = ['product-not-found', 'not-allowed', 'too-many-pictures', ...uploadErrors] as const;

export function addPicturesApi(api: Api, deps: Deps): void {
  addOperation(
    api,
    {
      id: 'addProductPicture',
      method: 'post',
      path: '/products/:product/pictures',
      tag: 'products',
      summary: { vi: 'Thêm một ảnh của sản phẩm', en: 'Add a further picture of a product' },
      access: 'signed-in',
      params,
      query: pictureWords,
      upload,
      answers: { 201: productAnswer },
      errors,
    },
    async ({ actor, params: { product }, query: { alt }, sent }) => {
      const changed = await addProductPicture(deps.db, actor, product, sent, alt, deps.clock());
      return { status: 201, json: productJson(changed), location: `${apiBase}/products/${product}` };
    },
  );

  addOperation(
    api,
    {
      id: 'setProductPicture',
      method: 'put',
      path: '/products/:product/picture',
      tag: 'products',
      summary: { vi: 'Gửi ảnh chính của sản phẩm', en: 'Send the main picture of a product' },
      access: 'signed-in',
      params,
      query: pictureWords,
      upload,
      answers: { 200: productAnswer },
      errors,
    },
    async ({ actor, params: { product }, query: { alt }, sent }) => {
      const changed = await setProductPicture(deps.db, actor, product, sent, alt, deps.clock());
      return { status: 200, json: productJson(changed) };
    },
  );
  addArranging(api, deps);
}

const addArranging = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'arrangeProductPictures',
      method: 'put',
      path: '/products/:product/pictures',
      tag: 'products',
      summary: {
        vi: 'Sắp lại ảnh của sản phẩm: ảnh nào giữ, thứ tự, lời tả; ảnh đầu là ảnh chính',
        en: 'Arrange the pictures of a product: which stay, their order and words; the first is the main one',
      },
      access: 'signed-in',
      params,
      body: arrangedPictures,
      answers: { 200: productAnswer },
      errors: ['product-not-found', 'not-allowed', 'changed-meanwhile', 'fields-wrong'],
    },
    async ({ actor, params: { product }, body }) => {
      const changed = await arrangePictures(deps.db, actor, product, body, deps.clock());
      return { status: 200, json: productJson(changed) };
    },
  );
};
