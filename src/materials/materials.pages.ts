// Pages of materials: the list, a new one, one with its label and book, and the form that changes it.
import express from 'express';
import type { NextFunction, Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { isMember } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError, fieldError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { isPictureTooLarge, readPictures, sentFiles } from '../http/upload.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { requireProducer, workingProducer } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { materialFields, materialValues, withoutProducer } from './materials.form.ts';
import { latestRows, materialFormPage } from './materials.form.view.ts';
import { changedMaterial, labelPhoto, materialPage, newMaterial } from './materials.input.ts';
import { listFilters, materialListPage } from './materials.list.view.ts';
import { materialPageView } from './materials.page.view.ts';
import {
  changeMaterial,
  createMaterial,
  materialFor,
  materialHistory,
  ownMaterial,
  pageMaterials,
  setLabelPicture,
} from './materials.service.ts';
import { addMovePages } from './materials.moves.pages.ts';
import { stockBook, stockOf } from './materials.stock.service.ts';
import type { Material } from './materials.types.ts';

const fieldWords = 'materials.fields';
const pictureNames = ['picture'];
const saved: Readonly<Record<string, string>> = {
  material: 'materials.saved',
  move: 'materials.savedMove',
  picture: 'materials.savedPicture',
};

/** The id in the address. Throws 'material-not-found' for what is no id. */
export function materialIdIn(req: Request): string {
  const read = readInput(recordId, req.params['material']);
  if (!read.ok) throw new AppError('material-not-found');
  return read.value;
}

/** The organisation that an address or a form names, if it does. */
const namedIn = (source: unknown): string | undefined => {
  const named = readInput(recordId, (source as Record<string, unknown> | undefined)?.['producer']);
  return named.ok ? named.value : undefined;
};

const addList = (router: Router, deps: Deps): void => {
  router.get(paths.appMaterials, async (req, res) => {
    const actor = requireActor(res);
    const producer = await workingProducer(deps.db, actor, namedIn(req.query));
    const given = [...listFilters, 'after'].flatMap((name) => {
      const value = req.query[name];
      return name === 'producer' || typeof value !== 'string' || value === '' ? [] : [[name, value]];
    });
    const page = readInput(materialPage, Object.fromEntries(given));
    if (!page.ok) throw new AppError('page-not-found');
    const { items, next } = await pageMaterials(deps.db, actor, producer.id, page.value);
    const ids = items.map(({ id }) => id);
    const { stock, kept } = await stockOf(deps.db, producer.id, ids);
    const language = languageOf(res);
    const named = namedIn(req.query);
    const view = materialListPage(language, { ...page.value, producer: named }, { items, next, stock, kept });
    sendPage(req, res, 'materials/list', view, { title: t(language, 'materials.title'), sample: producer.sample });
  });
};

const addMaking = (router: Router, deps: Deps): void => {
  const send = (req: Request, res: Response, producer: Producer, form: FormState, status: number): void => {
    const language = languageOf(res);
    const view = { form, latest: [], ...materialFormPage(language, form) };
    const title = t(language, 'materials.form.title');
    sendPage(req, res, 'materials/form', view, { title, sample: producer.sample, status });
  };

  router.get(paths.appNewMaterial, async (req, res) => {
    const producer = await workingProducer(deps.db, requireActor(res), namedIn(req.query));
    send(req, res, producer, formState(languageOf(res), materialFields, { id: uuidv7(), producer: producer.id }), 200);
  });

  router.post(paths.appMaterials, async (req, res) => {
    const actor = requireActor(res);
    const producer = await workingProducer(deps.db, actor, namedIn(req.body));
    await submitForm(req, res, {
      schema: newMaterial,
      names: materialFields,
      fieldWords,
      body: withoutProducer(req.body),
      act: async (value) => {
        const material = await createMaterial(deps.db, actor, producer.id, value, deps.clock());
        return `${paths.appMaterial(material.id)}?saved=material`;
      },
      again: (form, status) => send(req, res, producer, form, status),
    });
  });
};

const addOne = (router: Router, deps: Deps): void => {
  const send = async (req: Request, res: Response, form: FormState, status: number): Promise<void> => {
    const actor = requireActor(res);
    const language = languageOf(res);
    const id = materialIdIn(req);
    const book = await stockBook(deps.db, actor, id);
    const history = await materialHistory(deps.db, actor, id);
    const isOwn = isMember(actor, book.material.producerId);
    const flag = typeof req.query['saved'] === 'string' ? req.query['saved'] : '';
    const view = {
      form,
      saved: Object.hasOwn(saved, flag) ? saved[flag] : '',
      ...materialPageView(language, { ...book, ...history, isOwn }),
    };
    const { sample } = await requireProducer(deps.db, book.material.producerId);
    sendPage(req, res, 'materials/material', view, { title: t(language, 'materials.title'), sample, status });
  };

  router.get(paths.appMaterial(':material'), (req, res) =>
    send(req, res, formState(languageOf(res), pictureNames), 200),
  );

  const requireOwn = async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    // Who may send is asked before 25 MB are read.
    await ownMaterial(deps.db, requireActor(res), materialIdIn(req));
    next();
  };
  router.post(paths.appMaterialPicture(':material'), requireOwn, readPictures('picture', 1), async (req, res) => {
    const id = materialIdIn(req);
    await submitForm(req, res, {
      schema: labelPhoto,
      names: pictureNames,
      fieldWords,
      act: async () => {
        const [picture] = sentFiles(req);
        if (isPictureTooLarge(res)) throw fieldError('picture', 'picture-too-large', { maximum: 25 });
        if (picture === undefined) throw fieldError('picture', 'required');
        await setLabelPicture(deps.db, requireActor(res), id, picture, deps.clock());
        return `${paths.appMaterial(id)}?saved=picture`;
      },
      again: (form, status) => send(req, res, form, status),
    });
  });
};

// Saving again goes on from what is stored now.
const overtaken = (form: FormState, material: Material): FormState => ({
  ...form,
  values: { ...form.values, version: String(material.version) },
});

const addChanging = (router: Router, deps: Deps): void => {
  const send = async (
    req: Request,
    res: Response,
    material: Material,
    form: FormState,
    status: number,
  ): Promise<void> => {
    const language = languageOf(res);
    const { sample } = await requireProducer(deps.db, material.producerId);
    const view = {
      form: overtaken(form, material),
      latest: status === 409 ? latestRows(language, material, form) : [],
      ...materialFormPage(language, form, material),
    };
    sendPage(req, res, 'materials/form', view, { title: t(language, 'materials.form.edit'), sample, status });
  };

  router.get(paths.appMaterialEdit(':material'), async (req, res) => {
    const material = await ownMaterial(deps.db, requireActor(res), materialIdIn(req));
    await send(req, res, material, formState(languageOf(res), materialFields, materialValues(material)), 200);
  });

  router.post(paths.appMaterialEdit(':material'), async (req, res) => {
    const actor = requireActor(res);
    const id = materialIdIn(req);
    await ownMaterial(deps.db, actor, id);
    await submitForm(req, res, {
      schema: changedMaterial,
      names: materialFields,
      fieldWords,
      act: async (value) => {
        await changeMaterial(deps.db, actor, id, value, deps.clock());
        return `${paths.appMaterial(id)}?saved=material`;
      },
      again: async (form, status) => send(req, res, await materialFor(deps.db, actor, id), form, status),
    });
  });
};

/** The list of materials, one with its book, and the forms that make and change them. */
export function materialsPages(deps: Deps): Router {
  const router = express.Router();
  addList(router, deps);
  addMaking(router, deps);
  addChanging(router, deps);
  addMovePages(router, deps);
  addOne(router, deps);
  return router;
}
