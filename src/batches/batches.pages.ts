// Pages of batches: the list, a new one, what was packed, and settling a hold.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { dayOf } from '../days.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { producersOf, requireProducer } from '../producers/producers.service.ts';
import { listProducts, productFor } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import { openSites } from '../sites/sites.service.ts';
import { addChangePages, withRows } from './batches.change.pages.ts';
import { batchBody, rowNames, sentRows } from './batches.form.ts';
import type { InputRow } from './batches.form.ts';
import { choicesFor, withProducts } from './batches.form.service.ts';
import { newBatchPage } from './batches.form.view.ts';
import { batchListPage, listFilters } from './batches.list.view.ts';
import { batchList, newBatch, newPacking, newSettlement } from './batches.input.ts';
import { chooseProductPage, holdPage, packingPage, packingValues, suggestLot } from './batches.page.view.ts';
import { setPacking, settleHold } from './batches.packing.service.ts';
import { batchFor, batchOfLot, createBatch, listBatches } from './batches.service.ts';
import type { Batch } from './batches.types.ts';

const fieldWords = 'batches.fields';

/** The operation's own schema with the product beside it; units that are not known yet are none. */
const batchForm = newBatch.extend({ product: recordId, unitsMade: newBatch.shape.unitsMade.default(0) });
const packingForm = newPacking.extend({ unitsMade: newPacking.shape.unitsMade.default(0) });

const packingFields = ['id', 'harvestedOn', 'packedOn', 'useBy', 'quantity.amount', 'quantity.unit', 'unitsMade'];
const batchFields = [...packingFields, 'product', 'lotNumber', 'siteIds', 'startedOn', 'inputs', 'madeFrom'];

const idIn = (req: Request, name: string, notFound: ErrorCode): string => {
  const read = readInput(recordId, req.params[name]);
  if (!read.ok) throw new AppError(notFound);
  return read.value;
};

const addList = (router: Router, deps: Deps): void => {
  router.get(paths.appBatches, async (req, res) => {
    const actor = requireActor(res);
    const given = [...listFilters, 'after'].flatMap((name) => {
      const value = req.query[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    });
    const asked = readInput(batchList, Object.fromEntries(given));
    if (!asked.ok) throw new AppError('page-not-found');
    const { items, next } = await listBatches(deps.db, actor, asked.value, asked.value);
    const language = languageOf(res);
    const found = { rows: await withProducts(deps.db, items), next };
    const products = await ownProducts(deps, res);
    const year = Number(dayOf(deps.clock()).slice(0, 4));
    const choices = { products, year, mayMake: (await producersOf(deps.db, actor)).length > 0 };
    const { q, state, productId, year: askedYear, sort } = asked.value;
    const view = batchListPage(language, { q, state, productId, year: askedYear, sort }, found, choices);
    const sample = items.some((batch) => batch.sample);
    sendPage(req, res, 'batches/list', view, { title: t(language, 'batches.title'), sample });
  });
};

const ownProducts = async (deps: Deps, res: Response): Promise<Product[]> => {
  const actor = requireActor(res);
  const lists = await Promise.all(
    (await producersOf(deps.db, actor)).map(({ id }) => listProducts(deps.db, actor, id)),
  );
  return lists.flat();
};

const addMaking = (router: Router, deps: Deps): void => {
  type Sent = { product: Product; rows: InputRow[]; form: FormState; status: number };

  const send = async (req: Request, res: Response, { product, rows, form, status }: Sent): Promise<void> => {
    const language = languageOf(res);
    const actor = requireActor(res);
    const choices = await choicesFor(deps.db, actor, product.producerId);
    const lot = form.values['lotNumber'] ?? '';
    const taken = status === 409 ? await batchOfLot(deps.db, actor, product.id, lot) : undefined;
    const facts = { ...choices, rows, product, taken, today: dayOf(deps.clock()) };
    const { sample } = await requireProducer(deps.db, product.producerId);
    const view = { form, ...newBatchPage(language, facts, form.values) };
    sendPage(req, res, 'batches/new', view, { title: t(language, 'batches.new.title'), sample, status });
  };

  const firstValues = async (res: Response, product: Product): Promise<Record<string, unknown>> => {
    const actor = requireActor(res);
    const today = dayOf(deps.clock());
    const [sites, batches] = await Promise.all([
      openSites(deps.db, product.producerId),
      listBatches(deps.db, actor, { productId: product.id }, { limit: 100 }),
    ]);
    const taken = batches.items.map(({ lotNumber }) => lotNumber);
    const lotNumber = suggestLot(product.name, today, taken);
    const siteIds = sites.length === 1 ? sites.map(({ id }) => id) : [];
    return { id: uuidv7(), product: product.id, lotNumber, siteIds, startedOn: today };
  };

  router.get(paths.appNewBatch, async (req, res) => {
    const products = await ownProducts(deps, res);
    const asked = products.find(({ id }) => id === req.query['product']);
    const product = asked ?? (products.length === 1 ? products[0] : undefined);
    if (product === undefined) {
      const title = t(languageOf(res), 'batches.new.title');
      sendPage(req, res, 'batches/choose-product', chooseProductPage(products), { title });
      return;
    }
    const names = [...batchFields, ...rowNames([])];
    const form = formState(languageOf(res), names, await firstValues(res, product));
    await send(req, res, { product, rows: [], form, status: 200 });
  });

  router.post(paths.appNewBatch, async (req, res) => {
    const actor = requireActor(res);
    const asked = readInput(recordId, (req.body as Record<string, unknown> | undefined)?.['product']);
    if (!asked.ok) throw new AppError('product-not-found');
    const product = await productFor(deps.db, actor, asked.value);
    const rows = sentRows(req.body);
    await submitForm(req, res, {
      schema: batchForm,
      names: [...batchFields, ...rowNames(rows)],
      fieldWords,
      body: batchBody(req.body),
      act: async ({ product: productId, ...value }) => {
        const batch = await createBatch(deps.db, actor, productId, value, deps.clock());
        return `${paths.appBatch(batch.id)}?saved=batch`;
      },
      again: (form, status) => send(req, res, { product, rows, form: withRows(languageOf(res), form, rows), status }),
    });
  });
};

const batchOf = (deps: Deps, req: Request, res: Response): Promise<Batch> =>
  batchFor(deps.db, requireActor(res), idIn(req, 'batch', 'batch-not-found'));

const addPacking = (router: Router, deps: Deps): void => {
  const send = (req: Request, res: Response, batch: Batch, form: FormState, status: number): void => {
    const language = languageOf(res);
    const view = { form, ...packingPage(language, batch, dayOf(deps.clock()), form.values) };
    sendPage(req, res, 'batches/packing', view, {
      title: t(language, 'batches.packing.title'),
      sample: batch.sample,
      status,
    });
  };

  router.get(paths.appBatchPacking(':batch'), async (req, res) => {
    const batch = await batchOf(deps, req, res);
    send(req, res, batch, formState(languageOf(res), packingFields, packingValues(batch, uuidv7())), 200);
  });

  router.post(paths.appBatchPacking(':batch'), async (req, res) => {
    const batch = await batchOf(deps, req, res);
    await submitForm(req, res, {
      schema: packingForm,
      names: packingFields,
      fieldWords,
      act: async (value) => {
        await setPacking(deps.db, requireActor(res), batch.id, value, deps.clock());
        return `${paths.appBatch(batch.id)}?saved=packing`;
      },
      again: (form, status) => send(req, res, batch, form, status),
    });
  });
};

const addSettling = (router: Router, deps: Deps): void => {
  const send = (req: Request, res: Response, batch: Batch, form: FormState, status: number): void => {
    const language = languageOf(res);
    const hold = batch.holds.find(({ id }) => id === req.params['hold']);
    if (hold === undefined) throw new AppError('hold-not-found');
    const view = { form, ...holdPage(language, batch, hold) };
    sendPage(req, res, 'batches/hold', view, {
      title: t(language, 'batches.hold.title'),
      sample: batch.sample,
      status,
    });
  };

  router.get(paths.appBatchHold(':batch', ':hold'), async (req, res) => {
    send(req, res, await batchOf(deps, req, res), formState(languageOf(res), ['reason']), 200);
  });

  router.post(paths.appBatchHold(':batch', ':hold'), async (req, res) => {
    const batch = await batchOf(deps, req, res);
    await submitForm(req, res, {
      schema: newSettlement,
      names: ['reason'],
      fieldWords,
      act: async (value) => {
        const holdId = idIn(req, 'hold', 'hold-not-found');
        await settleHold(deps.db, requireActor(res), batch.id, holdId, value, deps.clock());
        return `${paths.appBatch(batch.id)}?saved=settlement`;
      },
      again: (form, status) => send(req, res, batch, form, status),
    });
  });
};

/** The list of batches and the forms that make and change one; the batch itself is shown with its journal. */
export function batchesPages(deps: Deps): Router {
  const router = express.Router();
  addList(router, deps);
  addMaking(router, deps);
  addPacking(router, deps);
  addSettling(router, deps);
  addChangePages(router, deps);
  return router;
}
