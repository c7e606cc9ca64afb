// "Cấp lại bước xác thực thứ hai": what waits for this official's word, and asking on behalf of a colleague.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { requireSignedIn } from '../http/sign-in.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { requireSecondFactor } from '../proof.ts';
import { colleagueRenewal, ownRenewal } from './renewals.input.ts';
import { askForColleague, askForOwn, confirmRenewal, listRenewals } from './renewals.service.ts';
import { renewalsPage } from './renewals.view.ts';

const names = ['id', 'login'] as const;
const sentences: Readonly<Record<string, string>> = {
  asked: 'security.renewal.savedAsked',
  confirmed: 'security.renewal.saved',
  done: 'security.renewal.savedDone',
};

/** POST /second-factor/renewal, and everything below /office/second-factors. */
export function renewalsPages(deps: Deps): Router {
  const router = express.Router();
  addOwn(router, deps);
  addOffice(router, deps);
  return router;
}

const addOwn = (router: Router, { db, keys, clock }: Deps): void => {
  router.post(paths.secondFactorRenewal, async (req, res) => {
    const { actor } = requireSignedIn(res);
    const read = readInput(ownRenewal, { id: (req.body as { id?: unknown } | undefined)?.id });
    await askForOwn(db, keys.sessionKey, actor.userId, read.ok ? read.value.id : uuidv7(), clock());
    res.redirect(303, `${paths.secondFactor}?asked=1`);
  });
};

const addOffice = (router: Router, { db, keys, clock }: Deps): void => {
  const send = async (req: Request, res: Response, form: FormState, status = 200): Promise<void> => {
    const language = languageOf(res);
    const items = await listRenewals(db, requireActor(res), clock());
    const which = req.query['saved'];
    const saved = status === 200 && typeof which === 'string' ? (sentences[which] ?? '') : '';
    res.set('Cache-Control', 'no-store');
    const data = { ...renewalsPage(language, items), form, saved };
    sendPage(req, res, 'renewals/list', data, {
      title: t(language, 'security.renewal.title'),
      layout: 'office',
      status,
    });
  };

  router.get(paths.officeRenewals, (req, res) => send(req, res, formState(languageOf(res), names, { id: uuidv7() })));

  router.post(paths.officeRenewals, (req, res) => {
    const actor = requireActor(res);
    return submitForm(req, res, {
      schema: colleagueRenewal,
      names,
      fieldWords: 'security.fields',
      act: async (colleague) => {
        await askForColleague(db, keys.sessionKey, actor, colleague, clock());
        return `${paths.officeRenewals}?saved=asked`;
      },
      again: (form, status) => send(req, res, form, status),
    });
  });

  router.post(paths.officeRenewalConfirmations(':renewal'), async (req, res) => {
    const actor = requireActor(res);
    requireSecondFactor(requireSignedIn(res), clock());
    const read = readInput(recordId, req.params['renewal']);
    if (!read.ok) throw new AppError('renewal-not-found');
    const { isDone } = await confirmRenewal(db, actor, read.value, clock());
    res.redirect(303, `${paths.officeRenewals}?saved=${isDone ? 'done' : 'confirmed'}`);
  });
};
