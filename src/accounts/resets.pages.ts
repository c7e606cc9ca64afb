// A forgotten password on pages: the link is shown once as QR and address to whoever hands it over, and opened by whoever gets it.
import express from 'express';
import type { Request, Response, Router } from 'express';
import QRCode from 'qrcode';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { linkToken, passwordReset } from './accounts.input.ts';
import { resetCard } from './accounts.view.ts';
import { handOverReset, requireResetLink, resetPassword } from './resets.service.ts';

const names = ['password'] as const;

const send = (req: Request, res: Response, view: string, data: object, status = 200): void => {
  res.set('Cache-Control', 'no-store');
  const title = t(languageOf(res), 'security.reset.title');
  sendPage(req, res, view, { noMenu: true, ...data }, { title, status });
};

const tokenOf = (req: Request): string => {
  const read = readInput(linkToken, req.params['token']);
  if (!read.ok) throw new AppError('link-used-or-expired');
  return read.value;
};

/** POST for the link by an administrator; GET and POST of the link itself. */
export function resetsPages({ db, baseUrl, clock }: Deps): Router {
  const router = express.Router();

  router.post(paths.adminUserReset(':user'), async (req, res) => {
    const actor = requireActor(res);
    const read = readInput(recordId, req.params['user']);
    if (!read.ok) throw new AppError('user-not-found');
    const card = resetCard(languageOf(res), baseUrl, await handOverReset(db, actor, read.value, clock()));
    const picture = await QRCode.toDataURL(card.link, { errorCorrectionLevel: 'M', margin: 4, scale: 6 });
    send(req, res, 'accounts/hand-over-reset', { noMenu: false, back: paths.admin, ...card, picture });
  });

  const sendReset = async (req: Request, res: Response, form: FormState, status = 200): Promise<void> => {
    const { user } = await requireResetLink(db, tokenOf(req), clock());
    const data = {
      name: user.name,
      action: paths.passwordReset(tokenOf(req)),
      form: { ...form, values: { password: '' } },
    };
    send(req, res, 'accounts/reset', data, status);
  };

  router.get(paths.passwordReset(':token'), (req, res) => sendReset(req, res, formState(languageOf(res), names)));

  router.post(paths.passwordReset(':token'), async (req, res) => {
    await requireResetLink(db, tokenOf(req), clock());
    await submitForm(req, res, {
      schema: passwordReset,
      names,
      fieldWords: 'security.fields',
      act: async ({ password }) => {
        await resetPassword(db, tokenOf(req), password, clock());
        return `${paths.signIn}?saved=reset`;
      },
      again: (form, status) => sendReset(req, res, form, status),
    });
  });

  return router;
}
