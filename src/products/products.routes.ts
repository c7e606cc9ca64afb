// Products through the API; their pictures are in products.pictures.routes.ts: signed in?, read input, call one service function, answer.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { historyAnswer, historyJson } from '../audit/history.ts';
import { changeProduct, productHistory } from './products.change.service.ts';
import { changedProduct, newProduct, productPage, sightPage } from './products.input.ts';
import { addPicturesApi } from './products.pictures.routes.ts';
import { createProduct, pageProducts, pageProductsInSight, prepareProducts, productFor } from './products.service.ts';
import { productAnswer, productJson, productListAnswer } from './products.view.ts';

export { productsPages } from './products.pages.ts';

const ofProducer = z.object({ producer: recordId });
const params = z.object({ product: recordId });

/** Products of a producer and in one's sight, one and its changes, and its pictures. */
export function addProductsApi(api: Api, deps: Deps): void {
  prepareProducts(deps.db);
  addMaking(api, deps);
  addLists(api, deps);
  addOne(api, deps);
  addPicturesApi(api, deps);
}

const addMaking = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'createProduct',
      method: 'post',
      path: '/producers/:producer/products',
      tag: 'products',
      summary: { vi: 'Ghi một sản phẩm của chủ thể mình', en: 'Describe a product of one’s own producer' },
      access: 'signed-in',
      params: ofProducer,
      body: newProduct,
      answers: { 201: productAnswer },
      errors: [
        'producer-not-found',
        'not-allowed',
        'gtin-taken',
        'internal-code-taken',
        'id-with-other-content',
        'fields-wrong',
      ],
    },
    async ({ actor, params: { producer }, body }) => {
      const product = await createProduct(deps.db, actor, producer, body, deps.clock());
      return { status: 201, json: productJson(product), location: `${apiBase}/products/${product.id}` };
    },
  );
};

const addLists = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'listProducts',
      method: 'get',
      path: '/producers/:producer/products',
      tag: 'products',
      summary: { vi: 'Các sản phẩm của một chủ thể', en: 'Products of a producer' },
      access: 'signed-in',
      params: ofProducer,
      query: productPage,
      answers: { 200: productListAnswer },
      errors: ['producer-not-found', 'fields-wrong'],
    },
    async ({ actor, params: { producer }, query }) => {
      const { items, next } = await pageProducts(deps.db, actor, producer, query);
      return { status: 200, json: { items: items.map(productJson), next } };
    },
  );

  addOperation(
    api,
    {
      id: 'listProductsInSight',
      method: 'get',
      path: '/products',
      tag: 'products',
      summary: { vi: 'Mọi sản phẩm trong phạm vi của mình', en: 'All products within one’s scope' },
      access: 'signed-in',
      query: sightPage,
      answers: { 200: productListAnswer },
      errors: ['producer-not-found', 'fields-wrong'],
    },
    async ({ actor, query }) => {
      const { items, next } = await pageProductsInSight(deps.db, actor, query);
      return { status: 200, json: { items: items.map(productJson), next } };
    },
  );
};

const addOne = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'readProduct',
      method: 'get',
      path: '/products/:product',
      tag: 'products',
      summary: { vi: 'Đọc một sản phẩm', en: 'Read a product' },
      access: 'signed-in',
      params,
      answers: { 200: productAnswer },
      errors: ['product-not-found'],
    },
    async ({ actor, params: { product } }) => ({
      status: 200,
      json: productJson(await productFor(deps.db, actor, product)),
    }),
  );

  addOperation(
    api,
    {
      id: 'changeProduct',
      method: 'put',
      path: '/products/:product',
      tag: 'products',
      summary: { vi: 'Sửa một sản phẩm của mình', en: 'Change a product of one’s own' },
      access: 'signed-in',
      params,
      body: changedProduct,
      answers: { 200: productAnswer },
      errors: [
        'product-not-found',
        'not-allowed',
        'changed-meanwhile',
        'gtin-taken',
        'internal-code-taken',
        'fields-wrong',
      ],
    },
    async ({ actor, params: { product }, body }) => {
      const changed = await changeProduct(deps.db, actor, product, body, deps.clock());
      return { status: 200, json: productJson(changed) };
    },
  );

  addOperation(
    api,
    {
      id: 'productHistory',
      method: 'get',
      path: '/products/:product/history',
      tag: 'products',
      summary: { vi: 'Lịch sử sửa của một sản phẩm', en: 'What was changed in a product' },
      access: 'signed-in',
      params,
      answers: { 200: historyAnswer },
      errors: ['product-not-found'],
    },
    async ({ actor, params: { product } }) => {
      const { notes } = await productHistory(deps.db, actor, product);
      return { status: 200, json: historyJson(notes) };
    },
  );
};
