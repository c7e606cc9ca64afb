// Product pages of a producer.
import express from 'express';
import type { Request, Response, Router } from 'express';
import multer from 'multer';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { uploadLimitBytes } from '../files/picture.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { producersOf, workingProducer } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { addFileAddresses } from './products.files.pages.ts';
import { newProduct, pictureWords } from './products.input.ts';
import {
  createProduct,
  lacksOfProduct,
  listProducts,
  productFor,
  requireOwnProduct,
  setProductPicture,
} from './products.service.ts';
import type { Product } from './products.types.ts';
import { productCard, productFacts, unitChoices } from './products.view.ts';

const names = [
  'id',
  'producerId',
  'name',
  'netContent.amount',
  'netContent.unit',
  'packaging',
  'gtin',
  'internalCode',
  'ocopSet',
  'shelfLifeDays',
  'origin',
  'standards',
  'ingredients',
  'storage',
  'usage',
  'warnings',
  'story',
];
const pictureNames = ['alt', 'picture'];

const onePicture = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: uploadLimitBytes, files: 1, fields: 10, fieldSize: 10_000 },
  defParamCharset: 'utf8',
}).single('picture');

type Body = Record<string, unknown>;
const bodyOf = (req: Request): Body => (req.body ?? {}) as Body;

/** The id of the organisation that a form carries hidden, if it does. */
const namedIn = (body: Body): string | undefined => {
  const named = body['producerId'];
  return typeof named === 'string' && named !== '' ? named : undefined;
};

/** One standard a line, as the form asks for them. */
const withStandards = (body: Body): Body => {
  const { producerId: _p, standards, ...rest } = body;
  const lines = typeof standards === 'string' ? standards.split(/\r?\n/).map((one) => one.trim()) : standards;
  return lines === undefined ? rest : { ...rest, standards: lines };
};

const idIn = (req: Request): string => {
  const read = readInput(recordId, req.params['product']);
  if (!read.ok) throw new AppError('product-not-found');
  return read.value;
};

export function productsPages(deps: Deps): Router {
  const router = express.Router();
  addListAndForm(router, deps);
  addProductPage(router, deps);
  addFileAddresses(router, deps);
  return router;
}

const addListAndForm = (router: Router, deps: Deps): void => {
  router.get(paths.appProducts, async (req, res) => {
    const actor = requireActor(res);
    const producer = await workingProducer(deps.db, actor);
    const language = languageOf(res);
    const products = (await listProducts(deps.db, actor, producer.id)).map((product) =>
      productCard(language, product, lacksOfProduct(product)),
    );
    const view = { back: paths.app, products, newHref: paths.appNewProduct };
    sendPage(req, res, 'products/list', view, { title: t(language, 'products.title'), sample: producer.sample });
  });

  const sendForm = (req: Request, res: Response, producer: Producer, form: FormState, status: number): void => {
    const language = languageOf(res);
    const view = {
      back: paths.appProducts,
      form,
      producerId: producer.id,
      units: unitChoices(language, form.values['netContent.unit'] ?? ''),
    };
    sendPage(req, res, 'products/new', view, {
      title: t(language, 'products.new'),
      sample: producer.sample,
      status,
    });
  };

  router.get(paths.appNewProduct, async (req, res) => {
    const producer = await workingProducer(deps.db, requireActor(res));
    sendForm(req, res, producer, formState(languageOf(res), names, { id: uuidv7() }), 200);
  });

  router.post(paths.appProducts, async (req, res) => {
    const actor = requireActor(res);
    const body = bodyOf(req);
    const producer = await workingProducer(deps.db, actor, namedIn(body));
    await submitForm(req, res, {
      schema: newProduct,
      names,
      fieldWords: 'products.fields',
      body: withStandards(body),
      act: async (value) =>
        paths.appProduct((await createProduct(deps.db, actor, producer.id, value, deps.clock())).id),
      again: (form, status) => sendForm(req, res, producer, form, status),
    });
  });
};

const addProductPage = (router: Router, deps: Deps): void => {
  const sendProduct = async (
    req: Request,
    res: Response,
    product: Product,
    form: FormState,
    status: number,
  ): Promise<void> => {
    const language = languageOf(res);
    const own = await producersOf(deps.db, requireActor(res));
    const owner = own.find(({ id }) => id === product.producerId);
    const view = {
      back: paths.appProducts,
      form,
      isOwn: owner !== undefined,
      ...productFacts(language, product, lacksOfProduct(product)),
    };
    sendPage(req, res, 'products/product', view, { title: product.name, sample: owner?.sample ?? false, status });
  };

  router.get(paths.appProduct(':product'), async (req, res) => {
    const product = await productFor(deps.db, requireActor(res), idIn(req));
    const alt = product.picture?.alt ?? product.name;
    await sendProduct(req, res, product, formState(languageOf(res), pictureNames, { alt }), 200);
  });

  router.post(
    paths.appProductPicture(':product'),
    async (req, res, next) => {
      // Who may send is asked before 25 MB are read.
      await requireOwnProduct(deps.db, requireActor(res), idIn(req));
      next();
    },
    onePicture,
    async (req, res) => {
      const actor = requireActor(res);
      const product = await requireOwnProduct(deps.db, actor, idIn(req));
      const bytes = req.file?.buffer ?? Buffer.alloc(0);
      await submitForm(req, res, {
        schema: pictureWords,
        names: pictureNames,
        fieldWords: 'products.fields',
        act: async ({ alt }) => {
          await setProductPicture(deps.db, actor, product.id, bytes, alt, deps.clock());
          return paths.appProduct(product.id);
        },
        again: (form, status) => sendProduct(req, res, product, form, status),
      });
    },
  );
};
