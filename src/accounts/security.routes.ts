// The API of one's own security: password, sessions, proofs.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { requireSignedIn } from '../http/sign-in.ts';
import { passwordChange, passwordProof } from './accounts.input.ts';
import { changePassword, provePassword } from './passwords.service.ts';
import { ownSessionAnswer, ownSessionJson } from './security.view.ts';
import { endSessionOf, endSessionsOf, sessionsOf } from './sessions.service.ts';

const own = { tag: 'accounts', access: 'signed-in' } as const;

/** Own password, proofs and sessions. */
export function addSecurityApi(api: Api, deps: Deps): void {
  addPasswordOperations(api, deps);
  addSessionsOperations(api, deps);
}

const addPasswordOperations = (api: Api, { db, keys, clock }: Deps): void => {
  addOperation(
    api,
    {
      ...own,
      id: 'changePassword',
      method: 'put',
      path: '/me/password',
      summary: {
        vi: 'Đặt hoặc đổi mật khẩu của mình; các phiên khác kết thúc',
        en: 'Set or change one’s own password; all other sessions end',
      },
      body: passwordChange,
      answers: { 204: null },
      errors: ['not-allowed', 'changed-meanwhile', 'too-many-requests'],
    },
    async ({ body, res }) => {
      await changePassword(db, keys.sessionKey, requireSignedIn(res), body, clock());
      return { status: 204, json: null };
    },
  );

  addOperation(
    api,
    {
      ...own,
      id: 'provePassword',
      method: 'post',
      path: '/me/proofs/password',
      summary: {
        vi: 'Nhập lại mật khẩu, có giá trị 12 giờ cho những việc cần mật khẩu',
        en: 'Show the password again; for 12 hours it answers for the deeds that ask for it',
      },
      body: passwordProof,
      answers: { 204: null },
      errors: ['too-many-requests'],
    },
    async ({ body, res }) => {
      await provePassword(db, keys.sessionKey, requireSignedIn(res), body.password, clock());
      return { status: 204, json: null };
    },
  );
};

const addSessionsOperations = (api: Api, { db, clock }: Deps): void => {
  addOperation(
    api,
    {
      ...own,
      id: 'ownSessions',
      method: 'get',
      path: '/me/sessions',
      summary: { vi: 'Các phiên đăng nhập của mình', en: 'One’s own open sessions, last used first' },
      answers: { 200: z.object({ items: z.array(ownSessionAnswer) }) },
      errors: [],
    },
    async ({ actor, res }) => {
      const { sessionId } = requireSignedIn(res);
      const sessions = await sessionsOf(db, actor.userId, clock());
      return { status: 200, json: { items: sessions.map((session) => ownSessionJson(session, sessionId)) } };
    },
  );

  addOperation(
    api,
    {
      ...own,
      id: 'endOwnSession',
      method: 'post',
      path: '/me/sessions/:session/ending',
      summary: { vi: 'Kết thúc một phiên của mình', en: 'End one of one’s own sessions at once' },
      params: z.object({ session: recordId }),
      answers: { 204: null },
      errors: ['session-not-found'],
    },
    async ({ actor, params }) => {
      if (!(await endSessionOf(db, actor.userId, params.session))) throw new AppError('session-not-found');
      return { status: 204, json: null };
    },
  );

  addOperation(
    api,
    {
      ...own,
      id: 'signOutEverywhere',
      method: 'post',
      path: '/me/sign-out-everywhere',
      summary: { vi: 'Đăng xuất khỏi mọi nơi', en: 'End all of one’s own sessions at once, this one too' },
      answers: { 204: null },
      errors: [],
    },
    async ({ actor }) => {
      await endSessionsOf(db, actor.userId);
      return { status: 204, json: null };
    },
  );
};
