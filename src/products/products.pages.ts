// Product pages of a producer and of the officers: lists and the form of a new one. One product is in products.product.pages.ts.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { provinceCodesOf } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { workingProducer } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { addFileAddresses } from './products.files.pages.ts';
import { newProduct, productPage } from './products.input.ts';
import type { ProductPage } from './products.input.ts';
import { addProductPage, bodyOf, namedIn, productNames, withStandards } from './products.product.pages.ts';
import { createProduct, lacksOfProduct, pageProducts, pageProductsInSight } from './products.service.ts';
import { productCard, searchView, setChoices, unitChoices } from './products.view.ts';

const readList = (req: Request): ProductPage => {
  const { q, after } = req.query;
  const typed = typeof q === 'string' && q.trim() !== '' ? { q: q.trim(), sort: 'name' } : {};
  const page = readInput(productPage, { ...typed, ...(typeof after === 'string' ? { after } : {}) });
  if (!page.ok) throw new AppError('page-not-found');
  return page.value;
};

export function productsPages(deps: Deps): Router {
  const router = express.Router();
  addListAndForm(router, deps);
  addOfficeList(router, deps);
  addProductPage(router, deps);
  addFileAddresses(router, deps);
  return router;
}

const addListAndForm = (router: Router, deps: Deps): void => {
  router.get(paths.appProducts, async (req, res) => {
    const actor = requireActor(res);
    const producer = await workingProducer(deps.db, actor);
    const language = languageOf(res);
    const page = readList(req);
    const { items, next } = await pageProducts(deps.db, actor, producer.id, page);
    const products = items.map((product) => productCard(language, product, lacksOfProduct(product)));
    const view = {
      back: paths.app,
      products,
      newHref: paths.appNewProduct,
      ...searchView(language, paths.appProducts, page, next),
    };
    sendPage(req, res, 'products/list', view, { title: t(language, 'products.title'), sample: producer.sample });
  });

  const sendForm = (req: Request, res: Response, producer: Producer, form: FormState, status: number): void => {
    const language = languageOf(res);
    const view = {
      back: paths.appProducts,
      form,
      producerId: producer.id,
      units: unitChoices(language, form.values['netContent.unit'] ?? ''),
      sets: setChoices(language, form.values['ocopSet'] ?? ''),
    };
    sendPage(req, res, 'products/new', view, {
      title: t(language, 'products.new'),
      sample: producer.sample,
      status,
    });
  };

  router.get(paths.appNewProduct, async (req, res) => {
    const producer = await workingProducer(deps.db, requireActor(res));
    sendForm(req, res, producer, formState(languageOf(res), productNames, { id: uuidv7() }), 200);
  });

  router.post(paths.appProducts, async (req, res) => {
    const actor = requireActor(res);
    const body = bodyOf(req);
    const producer = await workingProducer(deps.db, actor, namedIn(body));
    await submitForm(req, res, {
      schema: newProduct,
      names: productNames,
      fieldWords: 'products.fields',
      body: withStandards(body),
      act: async (value) =>
        paths.appProduct((await createProduct(deps.db, actor, producer.id, value, deps.clock())).id),
      again: (form, status) => sendForm(req, res, producer, form, status),
    });
  });
};

/** All products of the officer's provinces, each with its producer. */
const addOfficeList = (router: Router, deps: Deps): void => {
  router.get(paths.officeProducts, async (req, res) => {
    const actor = requireActor(res);
    if (provinceCodesOf(actor).length === 0) throw new AppError('not-allowed');
    const language = languageOf(res);
    const page = readList(req);
    const { items, producers, next } = await pageProductsInSight(deps.db, actor, page);
    const products = items.map((product) => ({
      ...productCard(language, product, lacksOfProduct(product)),
      producerName: producers.get(product.producerId)?.legalName ?? '',
    }));
    const view = { products, newHref: '', ...searchView(language, paths.officeProducts, page, next) };
    sendPage(req, res, 'products/list', view, { title: t(language, 'products.list.office'), layout: 'office' });
  });
};
