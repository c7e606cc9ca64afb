// "Bảo mật": one's own password and sessions; and the form that asks for a proof again.
import express from 'express';
import type { Request, Response, Router } from 'express';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { clearSignIn, requireSignedIn } from '../http/sign-in.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { passwordChange } from './accounts.input.ts';
import { homeOf } from './accounts.view.ts';
import { changePassword } from './passwords.service.ts';
import { securityOf } from './security.service.ts';
import { securityPage } from './security.view.ts';
import { endSessionOf, endSessionsOf } from './sessions.service.ts';

const passwordNames = ['present', 'password'] as const;
const fieldWords = 'security.fields';

const sendSecurity = async (deps: Deps, req: Request, res: Response, form: FormState, status = 200): Promise<void> => {
  const signedIn = requireSignedIn(res);
  const language = languageOf(res);
  const security = await securityOf(deps.db, signedIn, deps.clock());
  const view = securityPage(language, security, signedIn.sessionId);
  const saved = req.query['saved'] === 'password' ? 'security.passwordSaved' : '';
  res.set('Cache-Control', 'no-store');
  sendPage(
    req,
    res,
    'accounts/security',
    { ...view, saved, back: homeOf(signedIn.actor), form: withoutPasswords(form) },
    { title: t(language, 'security.title'), status },
  );
};

// A page never sends a password back.
const withoutPasswords = (form: FormState): FormState => ({ ...form, values: { present: '', password: '' } });

/** GET /security and what it sends. */
export function securityPages(deps: Deps): Router {
  const { db, keys, clock } = deps;
  const router = express.Router();

  router.get(paths.security, (req, res) => {
    requireActor(res);
    return sendSecurity(deps, req, res, formState(languageOf(res), passwordNames));
  });

  router.post(paths.securityPassword, (req, res) => {
    requireActor(res);
    return submitForm(req, res, {
      schema: passwordChange,
      names: passwordNames,
      fieldWords,
      act: async (change) => {
        await changePassword(db, keys.sessionKey, requireSignedIn(res), change, clock());
        return `${paths.security}?saved=password`;
      },
      again: (form, status) => sendSecurity(deps, req, res, form, status),
    });
  });

  router.post(paths.securitySessionEnding(':session'), async (req, res) => {
    const actor = requireActor(res);
    const read = readInput(recordId, req.params['session']);
    // Ended twice is ended once: the list shows that it is gone.
    if (!read.ok) throw new AppError('session-not-found');
    await endSessionOf(db, actor.userId, read.value);
    res.redirect(303, paths.security);
  });

  // The proof itself was taken on the way (http/prove-again.ts).
  router.post(paths.proof, (_req, res) => {
    const { actor } = requireSignedIn(res);
    res.redirect(303, homeOf(actor));
  });

  router.post(paths.signOutEverywhere, async (req, res) => {
    const actor = requireActor(res);
    await endSessionsOf(db, actor.userId);
    clearSignIn(req, res);
    res.redirect(303, paths.signIn);
  });

  return router;
}
