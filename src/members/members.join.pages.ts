// A recorder's phone joins: whose records, one button, and in. Looking does not use the code up: messengers open links to preview them.
import type { Request, Response, Router } from 'express';
import { endSession } from '../accounts/sessions.service.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { languageOf } from '../http/language.ts';
import { actorOf, formState, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { fromOf, sessionIdOf, setSignIn } from '../http/sign-in.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { joinCode, joining } from './members.input.ts';
import { invitationOf, join } from './members.service.ts';

const codeIn = (req: Request): string => {
  const read = readInput(joinCode, req.params['code']);
  if (!read.ok) throw new AppError('join-code-over');
  return read.value;
};

export function addJoinPages(router: Router, deps: Deps): void {
  const { db, keys, clock } = deps;
  const send = (req: Request, res: Response, form: FormState, status: number): void => {
    const view = { noMenu: true, form, action: paths.join };
    sendPage(req, res, 'members/join', view, { title: t(languageOf(res), 'members.joinTitle'), status });
  };

  router.get(paths.join, (req, res) => send(req, res, formState(languageOf(res), ['code']), 200));

  router.post(paths.join, (req, res) =>
    submitForm(req, res, {
      schema: joining,
      names: ['code'],
      fieldWords: 'members.fields',
      act: async ({ code }) => Promise.resolve(paths.joinWith(code)),
      again: (form, status) => send(req, res, form, status),
    }),
  );

  router.get(paths.joinWith(':code'), async (req, res) => {
    const code = codeIn(req);
    const invitation = await invitationOf(db, keys.sessionKey, code, fromOf(req), clock());
    const view = { noMenu: true, ...invitation, action: paths.joinWith(code), signedInAs: actorOf(res)?.name ?? '' };
    res.set('Cache-Control', 'no-store');
    sendPage(req, res, 'members/join-confirm', view, { title: t(languageOf(res), 'members.joinTitle') });
  });

  router.post(paths.joinWith(':code'), async (req, res) => {
    const opened = await join(db, keys.sessionKey, codeIn(req), fromOf(req), clock());
    await endSession(db, sessionIdOf(res));
    setSignIn(req, res, opened);
    res.redirect(303, paths.app);
  });
}
