// One product: its page, and the forms that send and arrange its pictures.
import type { Request, Response, Router } from 'express';
import multer from 'multer';
import type { Deps } from '../deps.ts';
import { uploadLimitBytes } from '../files/picture.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { requireProducer, scopeOf } from '../producers/producers.service.ts';
import { bodyOf, productIdIn } from './products.asked.pages.ts';
import { productHistory } from './products.change.service.ts';
import { arrangementIn, fieldOfPicture, pictureNames, sentPictures } from './products.form.ts';
import type { SentPicture } from './products.form.ts';
import { arrangedPictures, pictureWords } from './products.input.ts';
import { pictureRows, productPageView } from './products.page.view.ts';
import { addProductPicture, arrangePictures } from './products.pictures.service.ts';
import { lacksOfProduct, productFor, requireOwnProduct } from './products.service.ts';
import { setNames } from './products.sets.service.ts';
import type { Product } from './products.types.ts';
import { may } from '../powers.ts';

const onePicture = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: uploadLimitBytes, files: 1, fields: 10, fieldSize: 10_000 },
  defParamCharset: 'utf8',
}).single('picture');

/** `form` of the picture that is sent, or of those arranged, with what was typed there. */
type Shown = { form: FormState; status: number; typed?: readonly SentPicture[] };
type Send = (req: Request, res: Response, product: Product, shown: Shown) => Promise<void>;

/** /app/products/:product and its pictures. */
export function addProductPage(router: Router, deps: Deps): void {
  const send: Send = async (req, res, product, { form, status, typed = [] }) => {
    const language = languageOf(res);
    const actor = requireActor(res);
    const producer = await requireProducer(deps.db, product.producerId);
    const isOwn = may(actor, 'keep-products', scopeOf(producer));
    const view = {
      back: isOwn ? paths.appProducts : paths.officeProducts,
      saved: req.query['saved'] === '1' && status === 200 ? 'products.saved' : '',
      form,
      ...productPageView(language, product, {
        isOwn,
        producerName: producer.legalName,
        lacks: lacksOfProduct(product),
        sets: await setNames(deps.db),
        history: await productHistory(deps.db, actor, product.id),
      }),
      pictures: pictureRows(product, typed, form.errors),
    };
    // The bar of the producer's pages stays in view and is kept short; the name stands below it.
    const options = { title: isOwn ? t(language, 'products.one') : product.name, sample: producer.sample, status };
    sendPage(req, res, 'products/product', view, isOwn ? options : { ...options, layout: 'office' });
  };

  router.get(paths.appProduct(':product'), async (req, res) => {
    const product = await productFor(deps.db, requireActor(res), productIdIn(req));
    // The first picture mostly shows the product; what a further one shows is for the person to say.
    const alt = product.pictures.length === 0 ? product.name.slice(0, 160) : '';
    await send(req, res, product, { form: formState(languageOf(res), pictureNames, { alt }), status: 200 });
  });
  addSending(router, deps, send);
  addArranging(router, deps, send);
}

const addSending = (router: Router, deps: Deps, send: Send): void => {
  router.post(
    paths.appProductPicture(':product'),
    async (req, res, next) => {
      // Who may send is asked before 25 MB are read.
      await requireOwnProduct(deps.db, requireActor(res), productIdIn(req));
      next();
    },
    onePicture,
    async (req, res) => {
      const actor = requireActor(res);
      const { id } = await requireOwnProduct(deps.db, actor, productIdIn(req));
      const bytes = req.file?.buffer ?? Buffer.alloc(0);
      await submitForm(req, res, {
        schema: pictureWords,
        names: pictureNames,
        fieldWords: 'products.fields',
        act: async ({ alt }) => {
          await addProductPicture(deps.db, actor, id, bytes, alt, deps.clock());
          return `${paths.appProduct(id)}?saved=1`;
        },
        again: async (form, status) => send(req, res, await requireOwnProduct(deps.db, actor, id), { form, status }),
      });
    },
  );
};

/** The form's errors and summary under the names of its own fields. */
const inOwnFields = (form: FormState, body: Record<string, unknown>): FormState => ({
  ...form,
  errors: Object.fromEntries(Object.entries(form.errors).map(([field, words]) => [fieldOfPicture(body, field), words])),
  summary: form.summary.map((one) => ({ ...one, field: fieldOfPicture(body, one.field) })),
});

const addArranging = (router: Router, deps: Deps, send: Send): void => {
  router.post(paths.appProductPictures(':product'), async (req, res) => {
    const actor = requireActor(res);
    const { id } = await requireOwnProduct(deps.db, actor, productIdIn(req));
    const body = bodyOf(req);
    await submitForm(req, res, {
      schema: arrangedPictures,
      names: pictureNames,
      fieldWords: 'products.fields',
      body: arrangementIn(body),
      act: async (value) => {
        await arrangePictures(deps.db, actor, id, value, deps.clock());
        return `${paths.appProduct(id)}?saved=1`;
      },
      again: async (form, status) => {
        const product = await requireOwnProduct(deps.db, actor, id);
        await send(req, res, product, { form: inOwnFields(form, body), status, typed: sentPictures(body) });
      },
    });
  });
};
