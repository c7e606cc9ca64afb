// "Dữ liệu của tôi": take a copy of everything, or have it erased. No script needed.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { clearSignIn } from '../http/sign-in.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { newPersonErasure } from './personal.input.ts';
import { erasePersonalData } from './personal.service.ts';

const fields = ['id', 'withContents', 'sure'] as const;

/** GET /my-data and what it sends. */
export function personalPages(deps: Deps): Router {
  const router = express.Router();
  const send = (req: Request, res: Response, form: FormState, status: number): void => {
    requireActor(res);
    const view = { back: paths.appMe, form, exportHref: paths.ownData, action: paths.myDataErasure };
    res.set('Cache-Control', 'no-store');
    sendPage(req, res, 'personal/my-data', view, { title: t(languageOf(res), 'personal.title'), status });
  };

  router.get(paths.myData, (req, res) => send(req, res, formState(languageOf(res), fields, { id: uuidv7() }), 200));

  router.post(paths.myDataErasure, async (req, res) => {
    const actor = requireActor(res);
    await submitForm(req, res, {
      schema: newPersonErasure,
      names: fields,
      fieldWords: 'personal.fields',
      act: async (asked) => {
        await erasePersonalData(deps.db, actor, actor.userId, asked, deps.clock());
        clearSignIn(req, res);
        return `${paths.privacy}?erased=1`;
      },
      again: (form, status) => send(req, res, form, status),
    });
  });
  return router;
}
