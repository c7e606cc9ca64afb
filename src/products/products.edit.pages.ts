// The form that changes a product.
import type { Request, Response, Router } from 'express';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { requireProducer } from '../producers/producers.service.ts';
import { bodyOf, productIdIn } from './products.asked.pages.ts';
import { changeProduct } from './products.change.service.ts';
import { factsIn, productNames } from './products.form.ts';
import { latestRows, productForm, setChoices, unitChoices } from './products.form.view.ts';
import { changedProduct } from './products.input.ts';
import { requireOwnProduct } from './products.service.ts';
import { setNames } from './products.sets.service.ts';
import type { Product } from './products.types.ts';

/** /app/products/:product/edit */
export function addEditPage(router: Router, deps: Deps): void {
  const send = async (
    req: Request,
    res: Response,
    product: Product,
    form: FormState,
    status: number,
  ): Promise<void> => {
    const language = languageOf(res);
    const sets = await setNames(deps.db);
    // Saving again goes on from what is stored now, which stands beside what was typed.
    const values = { ...form.values, version: String(product.version) };
    const view = {
      back: paths.appProduct(product.id),
      form: { ...form, values },
      action: paths.appProductEdit(product.id),
      units: unitChoices(language, form.values),
      sets: setChoices(language, sets, form.values),
      latest: status === 409 ? latestRows(language, sets, product, form.values) : [],
    };
    const { sample } = await requireProducer(deps.db, product.producerId);
    sendPage(req, res, 'products/edit', view, { title: t(language, 'products.edit'), sample, status });
  };

  router.get(paths.appProductEdit(':product'), async (req, res) => {
    const product = await requireOwnProduct(deps.db, requireActor(res), productIdIn(req));
    await send(req, res, product, formState(languageOf(res), productNames, productForm(product)), 200);
  });

  router.post(paths.appProductEdit(':product'), async (req, res) => {
    const actor = requireActor(res);
    const { id } = await requireOwnProduct(deps.db, actor, productIdIn(req));
    await submitForm(req, res, {
      schema: changedProduct,
      names: productNames,
      fieldWords: 'products.fields',
      body: factsIn(bodyOf(req)),
      act: async (value) => {
        await changeProduct(deps.db, actor, id, value, deps.clock());
        return `${paths.appProduct(id)}?saved=1`;
      },
      again: async (form, status) => {
        await send(req, res, await requireOwnProduct(deps.db, actor, id), form, status);
      },
    });
  });
}
