// Product pages of a producer and of the officers: lists and the form of a new one. One product is in products.product.pages.ts.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { producerFor, workingProducer } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { askedIn, bodyOf } from './products.asked.pages.ts';
import { addEditPage } from './products.edit.pages.ts';
import { addFileAddresses } from './products.files.pages.ts';
import { factsIn, namedIn, productNames } from './products.form.ts';
import { setChoices, unitChoices } from './products.form.view.ts';
import { newProduct } from './products.input.ts';
import { listPage } from './products.list.view.ts';
import { addProductPage } from './products.product.pages.ts';
import { createProduct, lacksOfProduct, pageProducts, pageProductsInSight } from './products.service.ts';
import { setNames } from './products.sets.service.ts';
import { productCard } from './products.view.ts';
import { requirePower } from '../powers.ts';

export function productsPages(deps: Deps): Router {
  const router = express.Router();
  addListAndForm(router, deps);
  addOfficeList(router, deps);
  addProductPage(router, deps);
  addEditPage(router, deps);
  addFileAddresses(router, deps);
  return router;
}

const addListAndForm = (router: Router, deps: Deps): void => {
  router.get(paths.appProducts, async (req, res) => {
    const actor = requireActor(res);
    const language = languageOf(res);
    const asked = askedIn(req);
    const producer = await workingProducer(deps.db, actor, asked.producer);
    const { items, next } = await pageProducts(deps.db, actor, producer.id, asked);
    const cards = items.map((one) => ({ ...productCard(language, one, lacksOfProduct(one)), producerName: '' }));
    const place = { listHref: paths.appProducts, newHref: paths.appNewProduct, ofProducer: '' };
    const view = { back: paths.app, ...listPage(language, asked, { cards, next, ...place }) };
    sendPage(req, res, 'products/list', view, { title: t(language, 'products.title'), sample: producer.sample });
  });

  type Shown = { producer: Producer; form: FormState; status: number };
  const sendForm = async (req: Request, res: Response, { producer, form, status }: Shown): Promise<void> => {
    const language = languageOf(res);
    const view = {
      back: paths.appProducts,
      form,
      producerId: producer.id,
      units: unitChoices(language, form.values),
      sets: setChoices(language, await setNames(deps.db), form.values),
    };
    sendPage(req, res, 'products/new', view, {
      title: t(language, 'products.new'),
      sample: producer.sample,
      status,
    });
  };

  router.get(paths.appNewProduct, async (req, res) => {
    const producer = await workingProducer(deps.db, requireActor(res));
    const form = formState(languageOf(res), productNames, { id: uuidv7() });
    await sendForm(req, res, { producer, form, status: 200 });
  });

  router.post(paths.appProducts, async (req, res) => {
    const actor = requireActor(res);
    const body = bodyOf(req);
    const producer = await workingProducer(deps.db, actor, namedIn(body));
    await submitForm(req, res, {
      schema: newProduct,
      names: productNames,
      fieldWords: 'products.fields',
      body: factsIn(body),
      act: async (value) =>
        paths.appProduct((await createProduct(deps.db, actor, producer.id, value, deps.clock())).id),
      again: (form, status) => sendForm(req, res, { producer, form, status }),
    });
  });
};

/** All products of the officer's provinces, each with its producer, or those of one producer. */
const addOfficeList = (router: Router, deps: Deps): void => {
  router.get(paths.officeProducts, async (req, res) => {
    const actor = requireActor(res);
    requirePower(actor, 'work-in-office');
    const language = languageOf(res);
    const asked = askedIn(req);
    const { items, producers, next } = await pageProductsInSight(deps.db, actor, asked);
    const nameOf = (producerId: string): string => producers.get(producerId)?.legalName ?? '';
    const ofProducer =
      asked.producer === undefined ? '' : (await producerFor(deps.db, actor, asked.producer)).legalName;
    const cards = items.map((one) => ({
      ...productCard(language, one, lacksOfProduct(one)),
      producerName: ofProducer === '' ? nameOf(one.producerId) : '',
    }));
    const view = listPage(language, asked, { cards, next, listHref: paths.officeProducts, newHref: '', ofProducer });
    sendPage(req, res, 'products/list', view, { title: t(language, 'products.list.office'), layout: 'office' });
  });
};
