// The API of sign-in, sessions and people: signed in?, read input, call one service function, answer.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { fromOf, sessionIdOf } from '../http/sign-in.ts';
import { apiBase, paths } from '../paths.ts';
import { credentials, linkSignIn, newUser, refreshInput, userPaging } from './accounts.input.ts';
import { addUser, handOverLink, listUsers, registerAccounts, userFor } from './accounts.service.ts';
import { linkAnswer, meAnswer, meJson, sessionAnswer, sessionJson, userAnswer, userJson } from './accounts.view.ts';
import { endSession, renewSession, signIn, signInByLink } from './sessions.service.ts';

const session = { method: 'post', tag: 'accounts', access: 'public', answers: { 200: sessionAnswer } } as const;
const people = { tag: 'accounts', access: 'signed-in' } as const;
const userParams = z.object({ user: recordId });

/** Sign-in by password or link, renewal, sign-out, oneself; people for administrators. */
export function addAccountsApi(api: Api, deps: Deps): void {
  registerAccounts(deps.db);
  addSessionOperations(api, deps);
  addOwnOperations(api, deps);
  addPeopleOperations(api, deps);
}

const addSessionOperations = (api: Api, { db, keys, clock }: Deps): void => {
  addOperation(
    api,
    {
      ...session,
      id: 'signIn',
      path: '/sign-in',
      summary: { vi: 'Đăng nhập bằng mật khẩu', en: 'Sign in with a password' },
      body: credentials,
      errors: ['wrong-credentials', 'too-many-requests'],
    },
    async ({ body, req }) => {
      const opened = await signIn(db, keys.sessionKey, body, fromOf(req), clock());
      return { status: 200, json: sessionJson(opened) };
    },
  );

  addOperation(
    api,
    {
      ...session,
      id: 'signInByLink',
      path: '/sign-in/link',
      summary: { vi: 'Đăng nhập bằng liên kết dùng một lần', en: 'Sign in with the token of a one-time link' },
      body: linkSignIn,
      errors: ['link-used-or-expired'],
    },
    async ({ body, req }) => {
      const opened = await signInByLink(db, keys.sessionKey, body.token, fromOf(req), clock());
      return { status: 200, json: sessionJson(opened) };
    },
  );

  addOperation(
    api,
    {
      ...session,
      id: 'renewSession',
      path: '/sign-in/refresh',
      summary: { vi: 'Đổi refreshToken lấy mã mới', en: 'Exchange a refresh token for new tokens' },
      body: refreshInput,
      errors: [],
    },
    async ({ body }) => {
      const renewed = await renewSession(db, keys.sessionKey, body.refreshToken, clock());
      if (renewed === undefined) throw new AppError('session-ended');
      return { status: 200, json: sessionJson(renewed) };
    },
  );
};

const addOwnOperations = (api: Api, { db }: Deps): void => {
  addOperation(
    api,
    {
      ...people,
      id: 'signOut',
      method: 'post',
      path: '/sign-out',
      summary: { vi: 'Kết thúc phiên đăng nhập này', en: 'End this session at once' },
      answers: { 204: null },
      errors: [],
    },
    async ({ res }) => {
      await endSession(db, sessionIdOf(res));
      return { status: 204, json: null };
    },
  );

  addOperation(
    api,
    {
      ...people,
      id: 'me',
      method: 'get',
      path: '/me',
      summary: { vi: 'Người đang đăng nhập và vai trò', en: 'Who is signed in, and their roles' },
      answers: { 200: meAnswer },
      errors: [],
    },
    ({ actor }) => Promise.resolve({ status: 200, json: meJson(actor) }),
  );
};

const addPeopleOperations = (api: Api, { db, baseUrl, clock }: Deps): void => {
  addOperation(
    api,
    {
      ...people,
      id: 'addUser',
      method: 'post',
      path: '/users',
      summary: { vi: 'Thêm một người dùng (quản trị)', en: 'Add a person (administrators)' },
      body: newUser,
      answers: { 201: userAnswer },
      errors: ['not-allowed', 'login-taken', 'id-with-other-content'],
    },
    async ({ actor, body }) => {
      const user = await addUser(db, actor, body, clock());
      return { status: 201, json: userJson(user), location: `${apiBase}/users/${user.id}` };
    },
  );

  addOperation(
    api,
    {
      ...people,
      id: 'listUsers',
      method: 'get',
      path: '/users',
      summary: { vi: 'Danh sách người dùng (quản trị)', en: 'People, newest first (administrators)' },
      query: userPaging,
      answers: { 200: z.object({ items: z.array(userAnswer), next: z.string().nullable() }) },
      errors: ['not-allowed'],
    },
    async ({ actor, query }) => {
      const page = await listUsers(db, actor, query);
      return { status: 200, json: { items: page.items.map(userJson), next: page.next } };
    },
  );

  addOperation(
    api,
    {
      ...people,
      id: 'user',
      method: 'get',
      path: '/users/:user',
      summary: { vi: 'Một người dùng (quản trị)', en: 'One person (administrators)' },
      params: userParams,
      answers: { 200: userAnswer },
      errors: ['not-allowed', 'user-not-found'],
    },
    async ({ actor, params }) => ({ status: 200, json: userJson(await userFor(db, actor, params.user)) }),
  );

  addOperation(
    api,
    {
      ...people,
      id: 'handOverLink',
      method: 'post',
      path: '/users/:user/sign-in-links',
      summary: {
        vi: 'Lấy liên kết đăng nhập dùng một lần để trao cho người dùng (quản trị)',
        en: 'Make a one-time sign-in link to hand over to a person (administrators)',
      },
      params: userParams,
      answers: { 201: linkAnswer },
      errors: ['not-allowed', 'user-not-found'],
    },
    async ({ actor, params }) => {
      const { token, expiresAt } = await handOverLink(db, actor, params.user, clock());
      return {
        status: 201,
        json: { link: `${baseUrl}${paths.signInLink(token)}`, expiresAt: expiresAt.toISOString() },
      };
    },
  );
};
