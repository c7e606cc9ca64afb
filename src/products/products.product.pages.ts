// One product: its page, the form that changes it, and its pictures.
import type { Request, Response, Router } from 'express';
import multer from 'multer';
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
import { producersOf } from '../producers/producers.service.ts';
import { arrangePictures, changeProduct, productHistory } from './products.change.service.ts';
import { arrangedPictures, changedProduct, pictureWords } from './products.input.ts';
import { addProductPicture, lacksOfProduct, productFor, requireOwnProduct } from './products.service.ts';
import { mostPictures } from './products.types.ts';
import type { Product } from './products.types.ts';
import { historyRows, productFacts, productForm, setChoices, unitChoices } from './products.view.ts';

/** All fields of the forms that describe a product. */
export const productNames = [
  'id',
  'producerId',
  'version',
  'name',
  'brand',
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
  'allergens',
  'storage',
  'usage',
  'warnings',
  'responsibleParty',
  'story',
];
const pictureNames = ['alt', 'picture'];

const onePicture = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: uploadLimitBytes, files: 1, fields: 10, fieldSize: 10_000 },
  defParamCharset: 'utf8',
}).single('picture');

type Body = Record<string, unknown>;
export const bodyOf = (req: Request): Body => (req.body ?? {}) as Body;

/** The id of the organisation that a form carries hidden, if it does. */
export const namedIn = (body: Body): string | undefined => {
  const named = body['producerId'];
  return typeof named === 'string' && named !== '' ? named : undefined;
};

/** One standard a line, as the form asks for them. */
export const withStandards = (body: Body): Body => {
  const { producerId: _p, standards, ...rest } = body;
  const lines = typeof standards === 'string' ? standards.split(/\r?\n/).map((one) => one.trim()) : standards;
  return lines === undefined ? rest : { ...rest, standards: lines };
};

const idIn = (req: Request): string => {
  const read = readInput(recordId, req.params['product']);
  if (!read.ok) throw new AppError('product-not-found');
  return read.value;
};

type Shown = { form: FormState; status: number; alert?: string };

/** /app/products/:product, its edit form and its pictures. */
export function addProductPage(router: Router, deps: Deps): void {
  const sendProduct = async (req: Request, res: Response, product: Product, shown: Shown): Promise<void> => {
    const language = languageOf(res);
    const actor = requireActor(res);
    const own = await producersOf(deps.db, actor);
    const owner = own.find(({ id }) => id === product.producerId);
    const { notes, names } = await productHistory(deps.db, actor, product.id);
    const view = {
      ...(owner === undefined ? {} : { back: paths.appProducts }),
      form: shown.form,
      isOwn: owner !== undefined,
      history: historyRows(language, notes, names),
      ...productFacts(language, product, lacksOfProduct(product)),
    };
    const sample = owner?.sample ?? false;
    sendPage(req, res, 'products/product', view, {
      title: product.name,
      sample,
      status: shown.status,
      ...(owner === undefined ? { layout: 'office' } : {}),
    });
  };

  router.get(paths.appProduct(':product'), async (req, res) => {
    const product = await productFor(deps.db, requireActor(res), idIn(req));
    await sendProduct(req, res, product, { form: formState(languageOf(res), pictureNames), status: 200 });
  });

  addEdit(router, deps);

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
          await addProductPicture(deps.db, actor, product.id, bytes, alt, deps.clock());
          return paths.appProduct(product.id);
        },
        again: (form, status) => sendProduct(req, res, product, { form, status }),
      });
    },
  );

  router.post(paths.appProductPictures(':product'), async (req, res) => {
    const actor = requireActor(res);
    const product = await requireOwnProduct(deps.db, actor, idIn(req));
    await submitForm(req, res, {
      schema: arrangedPictures,
      names: pictureNames,
      fieldWords: 'products.fields',
      body: arrangementIn(bodyOf(req)),
      act: async (value) => {
        await arrangePictures(deps.db, actor, product.id, value, deps.clock());
        return paths.appProduct(product.id);
      },
      again: (form, status) => sendProduct(req, res, product, { form, status }),
    });
  });
}

const textIn = (body: Body, name: string): string => {
  const value = body[name];
  return typeof value === 'string' ? value : '';
};

/** `fileId0`, `alt0`, `order0`, `keep0` …: those kept, by their order. */
const arrangementIn = (body: Body): Body => {
  const pictures = Array.from({ length: mostPictures }, (_, place) => place).flatMap((place) => {
    const at = (name: string): string => textIn(body, `${name}${place}`);
    if (at('fileId') === '' || at('keep') === '') return [];
    return [{ fileId: at('fileId'), alt: at('alt'), order: Number(at('order')) || place + 1 }];
  });
  const ordered = pictures.sort((one, other) => one.order - other.order).map(({ fileId, alt }) => ({ fileId, alt }));
  return { version: textIn(body, 'version'), pictures: ordered };
};

const addEdit = (router: Router, deps: Deps): void => {
  const sendEdit = (req: Request, res: Response, product: Product, form: FormState, status: number): void => {
    const language = languageOf(res);
    const view = {
      back: paths.appProduct(product.id),
      form,
      action: paths.appProductEdit(product.id),
      units: unitChoices(language, form.values['netContent.unit'] ?? ''),
      sets: setChoices(language, form.values['ocopSet'] ?? ''),
    };
    sendPage(req, res, 'products/edit', view, { title: t(language, 'products.edit'), status });
  };

  router.get(paths.appProductEdit(':product'), async (req, res) => {
    const product = await requireOwnProduct(deps.db, requireActor(res), idIn(req));
    sendEdit(req, res, product, formState(languageOf(res), productNames, productForm(product)), 200);
  });

  router.post(paths.appProductEdit(':product'), async (req, res) => {
    const actor = requireActor(res);
    const product = await requireOwnProduct(deps.db, actor, idIn(req));
    await submitForm(req, res, {
      schema: changedProduct,
      names: productNames,
      fieldWords: 'products.fields',
      body: withStandards(bodyOf(req)),
      act: async (value) => {
        await changeProduct(deps.db, actor, product.id, value, deps.clock());
        return paths.appProduct(product.id);
      },
      again: async (form, status) => {
        // After a change by somebody else the next saving is over their version, which the person now sees in the alert.
        const latest = await requireOwnProduct(deps.db, actor, product.id);
        const values = { ...form.values, version: String(latest.version) };
        sendEdit(req, res, latest, { ...form, values }, status);
      },
    });
  });
};
