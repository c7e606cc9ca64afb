// The pages of sign-in, set-up and people: signed in?, read input, call one service function, answer.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { actorOf, formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { clearSignIn, fromOf, sessionIdOf, setSignIn } from '../http/sign-in.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { firstAdmin, linkToken, newUserForm, ownPath, signInForm, userPaging } from './accounts.input.ts';
import { addUser, handOverLink, listUsers, requireSetUpLink, setUpFirstAdmin } from './accounts.service.ts';
import type { HandOver, OpenedSession } from './accounts.types.ts';
import { handOverCard, homeOf, roleChoices, userRow } from './accounts.view.ts';
import { hasUntoldChange } from './resets.service.ts';
import { endSession, requireOpenLink, signIn, signInByLink } from './sessions.service.ts';

const signInNames = ['login', 'password', 'next'] as const;
const setUpNames = ['name', 'login', 'password'] as const;
const newUserNames = ['id', 'name', 'login', 'kind', 'producerId', 'communeCode', 'provinceCode'] as const;
const fieldWords = 'accounts.fields';

/** A part of the address by its schema; one that can't be read names nothing. */
const readPart = (schema: typeof linkToken | typeof recordId, value: unknown, notFound: ErrorCode): string => {
  const read = readInput(schema, value);
  if (!read.ok) throw new AppError(notFound);
  return read.value;
};

// A page never sends a password back.
const withoutPassword = (form: FormState): FormState => ({ ...form, values: { ...form.values, password: '' } });

const sendForm = (
  req: Request,
  res: Response,
  page: { view: string; title: string; data: object; status?: number },
): void => {
  res.set('Cache-Control', 'no-store');
  const { view, title, data, status = 200 } = page;
  sendPage(req, res, view, { noMenu: true, ...data }, { title: t(languageOf(res), title), status });
};

/** Gives the browser the new session; the one that it had ends. */
const signBrowserIn = async (deps: Deps, req: Request, res: Response, opened: OpenedSession): Promise<void> => {
  await endSession(deps.db, sessionIdOf(res));
  setSignIn(req, res, opened);
};

export function accountsPages(deps: Deps): Router {
  const router = express.Router();
  addSignIn(router, deps);
  addLinks(router, deps);
  addSetUp(router, deps);
  addUsers(router, deps);
  return router;
}

const addSignIn = (router: Router, deps: Deps): void => {
  const { db, keys, clock } = deps;
  const sendSignIn = (req: Request, res: Response, form: FormState, status = 200, saved = ''): void => {
    const isOver = req.query['ended'] === '1';
    sendForm(req, res, {
      view: 'accounts/sign-in',
      title: 'accounts.signInTitle',
      data: { form: withoutPassword(form), action: paths.signIn, saved, isOver },
      status,
    });
  };

  router.get(paths.signIn, (req, res) => {
    const next = ownPath.safeParse(req.query['next']).data;
    const saved = req.query['saved'] === 'reset' ? 'security.reset.done' : '';
    const actor = actorOf(res);
    if (actor === undefined) sendSignIn(req, res, formState(languageOf(res), signInNames, { next }), 200, saved);
    else res.redirect(303, next ?? homeOf(actor));
  });

  router.post(paths.signIn, (req, res) =>
    submitForm(req, res, {
      schema: signInForm,
      names: signInNames,
      fieldWords,
      act: async ({ next, ...credentials }) => {
        const opened = await signIn(db, keys.sessionKey, credentials, fromOf(req), clock());
        await signBrowserIn(deps, req, res, opened);
        if (await hasUntoldChange(db, opened.actor.userId)) return paths.security;
        return next ?? homeOf(opened.actor);
      },
      again: (form, status) => sendSignIn(req, res, form, status),
    }),
  );

  router.post(paths.signOut, async (req, res) => {
    await endSession(db, sessionIdOf(res));
    clearSignIn(req, res);
    res.redirect(303, paths.signIn);
  });
};

// Looking at a link does not use it up: messengers open links to preview them.
const addLinks = (router: Router, deps: Deps): void => {
  const { db, keys, clock } = deps;
  const tokenOf = (req: Request): string => readPart(linkToken, req.params['token'], 'link-used-or-expired');

  router.get(paths.signInLink(':token'), async (req, res) => {
    const token = tokenOf(req);
    await requireOpenLink(db, token, clock());
    const data = { action: paths.signInLink(token) };
    sendForm(req, res, { view: 'accounts/link', title: 'accounts.linkTitle', data });
  });

  router.post(paths.signInLink(':token'), async (req, res) => {
    const opened = await signInByLink(db, keys.sessionKey, tokenOf(req), fromOf(req), clock());
    await signBrowserIn(deps, req, res, opened);
    res.redirect(303, homeOf(opened.actor));
  });
};

const addSetUp = (router: Router, deps: Deps): void => {
  const { db, keys, clock } = deps;
  const tokenOf = (req: Request): string => readPart(linkToken, req.params['token'], 'link-used-or-expired');
  const sendSetUp = (req: Request, res: Response, form: FormState, status = 200): void =>
    sendForm(req, res, {
      view: 'accounts/set-up',
      title: 'accounts.setUpTitle',
      data: { form: withoutPassword(form), action: paths.setUp(tokenOf(req)) },
      status,
    });

  router.get(paths.setUp(':token'), async (req, res) => {
    await requireSetUpLink(db, tokenOf(req), clock());
    sendSetUp(req, res, formState(languageOf(res), setUpNames));
  });

  router.post(paths.setUp(':token'), async (req, res) => {
    await requireSetUpLink(db, tokenOf(req), clock());
    await submitForm(req, res, {
      schema: firstAdmin,
      names: setUpNames,
      fieldWords,
      act: async (admin) => {
        const opened = await setUpFirstAdmin(db, keys.sessionKey, tokenOf(req), admin, fromOf(req), clock());
        await signBrowserIn(deps, req, res, opened);
        return homeOf(opened.actor);
      },
      again: (form, status) => sendSetUp(req, res, form, status),
    });
  });
};

const addUsers = (router: Router, deps: Deps): void => {
  const { db, baseUrl, clock } = deps;
  const sendUsers = async (req: Request, res: Response, form: FormState, status = 200): Promise<void> => {
    const language = languageOf(res);
    const paging = userPaging.safeParse({ after: req.query['after'] });
    const users = await listUsers(db, requireActor(res), paging.data ?? userPaging.parse({}));
    const data = {
      noMenu: false,
      form,
      action: paths.adminUsers,
      kinds: roleChoices(language, form.values['kind'] ?? ''),
      users: users.items.map((user) => userRow(language, user)),
      nextUrl: users.next === null ? '' : `${paths.adminUsers}?after=${encodeURIComponent(users.next)}`,
      signOutUrl: paths.signOut,
    };
    sendForm(req, res, { view: 'accounts/users', title: 'accounts.usersTitle', data, status });
  };
  // Answered without a redirect: the link is shown this once and stands in no address of ours.
  const sendHandOver = (req: Request, res: Response, handOver: HandOver): void => {
    const data = { noMenu: false, back: paths.admin, ...handOverCard(languageOf(res), baseUrl, handOver) };
    sendForm(req, res, { view: 'accounts/hand-over', title: 'accounts.handOverTitle', data });
  };

  router.get([paths.admin, paths.adminUsers], (req, res) =>
    sendUsers(req, res, formState(languageOf(res), newUserNames, { id: uuidv7() })),
  );

  router.post(paths.adminUsers, (req, res) => {
    const actor = requireActor(res);
    return submitForm(req, res, {
      schema: newUserForm,
      names: newUserNames,
      fieldWords,
      act: async (newUser) => {
        const user = await addUser(db, actor, newUser, clock());
        sendHandOver(req, res, await handOverLink(db, actor, user.id, clock()));
        return undefined;
      },
      again: (form, status) => sendUsers(req, res, form, status),
    });
  });

  router.post(paths.adminUserLink(':user'), async (req, res) => {
    const actor = requireActor(res);
    const userId = readPart(recordId, req.params['user'], 'user-not-found');
    sendHandOver(req, res, await handOverLink(db, actor, userId, clock()));
  });
};
