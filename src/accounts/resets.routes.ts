// The API of a forgotten password.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { paths } from '../paths.ts';
import { linkReset } from './accounts.input.ts';
import { linkAnswer } from './accounts.view.ts';
import { handOverReset, resetPassword } from './resets.service.ts';

/** The link that is handed over, and its use. */
export function addResetsApi(api: Api, { db, baseUrl, clock }: Deps): void {
  addOperation(
    api,
    {
      id: 'handOverReset',
      method: 'post',
      path: '/users/:user/password-reset-links',
      tag: 'accounts',
      access: 'signed-in',
      summary: {
        vi: 'Lấy liên kết đặt lại mật khẩu để trao cho người dùng (quản trị)',
        en: 'Make a link that sets a person’s password anew, to hand over (administrators)',
      },
      params: z.object({ user: recordId }),
      answers: { 201: linkAnswer },
      errors: ['not-allowed', 'user-not-found'],
    },
    async ({ actor, params }) => {
      const { token, expiresAt } = await handOverReset(db, actor, params.user, clock());
      const link = `${baseUrl}${paths.passwordReset(token)}`;
      return { status: 201, json: { link, expiresAt: expiresAt.toISOString() } };
    },
  );

  addOperation(
    api,
    {
      id: 'resetPassword',
      method: 'post',
      path: '/sign-in/password-reset',
      tag: 'accounts',
      access: 'public',
      summary: {
        vi: 'Đặt mật khẩu mới bằng liên kết được trao; mọi phiên kết thúc',
        en: 'Set a new password by a link that was handed over; all sessions end',
      },
      body: linkReset,
      answers: { 204: null },
      errors: ['link-used-or-expired', 'changed-meanwhile'],
    },
    async ({ body }) => {
      await resetPassword(db, body.token, body.password, clock());
      return { status: 204, json: null };
    },
  );
}
