// The public page of a product: /p/{slug}, as a page or as data, and GET /api/v1/public/products/:slug.
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { languageOf } from '../http/language.ts';
import { sendPage } from '../http/pages.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { slugOf } from '../products/products.service.ts';
import { productMeta } from './trace.meta.view.ts';
import { findProductPage } from './trace.product.service.ts';
import { productPageAnswer, productPageJson, productPageView, productTitle } from './trace.product.view.ts';

/** GET what is known about a product as JSON. */
export function addProductPageApi(api: Api, deps: Deps): void {
  addOperation(
    api,
    {
      id: 'publicProduct',
      method: 'get',
      path: '/public/products/:slug',
      tag: 'trace',
      summary: { vi: 'Tra một sản phẩm', en: 'Look up a product' },
      access: 'public',
      params: z.object({ slug: z.string().min(1).max(200) }),
      answers: { 200: productPageAnswer },
      errors: ['product-not-found'],
    },
    async ({ params, language }) => {
      const facts = await findProductPage(deps.db, params.slug, deps.clock());
      if (facts === undefined) throw new AppError('product-not-found');
      const url = `${deps.baseUrl}${paths.product(slugOf(facts.product))}`;
      return { status: 200, json: productPageJson(language, facts, url) };
    },
  );
}

const sendUnknown = (req: Request, res: Response): void => {
  const title = t(languageOf(res), 'trace.product.unknownTitle');
  sendPage(req, res, 'trace/product-unknown', {}, { title, layout: 'public', status: 404 });
};

/** Adds the page. An address with another name part leads to the one that the product has now: names change, keys do not. */
export function addProductPage(pages: Router, deps: Deps): void {
  pages.get(/^\/p\/[^/]{1,200}\/?$/, async (req, res) => {
    res.set('Cache-Control', 'no-cache');
    res.vary('Accept, Accept-Language, Accept-Encoding, Cookie, Save-Data');
    const asked = req.path.replace(/^\/p\//, '').replace(/\/$/, '');
    const wantsJson = req.accepts(['html', 'json']) === 'json';
    const facts = await findProductPage(deps.db, asked, deps.clock());
    if (facts === undefined) {
      if (wantsJson) throw new AppError('product-not-found');
      sendUnknown(req, res);
      return;
    }
    const path = paths.product(slugOf(facts.product));
    const url = `${deps.baseUrl}${path}`;
    const language = languageOf(res);
    if (wantsJson) {
      res.json(productPageJson(language, facts, url));
      return;
    }
    if (path !== `/p/${asked}`) {
      const query = req.url.includes('?') ? req.url.slice(req.url.indexOf('?')) : '';
      res.redirect(301, `${path}${query}`);
      return;
    }
    const view = productPageView(language, facts, { url, saveData: req.get('save-data') === 'on' });
    sendPage(req, res, 'trace/product', view, {
      title: productTitle(language, facts),
      layout: 'scan',
      meta: productMeta(language, facts, deps.baseUrl),
    });
  });
}
