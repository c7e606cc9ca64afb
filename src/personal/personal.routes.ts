// One's own data and its erasure through the API.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { sendPieces } from '../http/send-pieces.ts';
import { newPersonErasure } from './personal.input.ts';
import { erasePersonalData, personalData, takeExportTurn } from './personal.service.ts';

const own = { tag: 'accounts', access: 'signed-in' } as const;
const erased = z.object({ id: z.string(), erasedAt: z.iso.datetime() });

export function addPersonalApi(api: Api, deps: Deps): void {
  addOperation(
    api,
    {
      ...own,
      id: 'exportOwnData',
      method: 'get',
      path: '/me/data',
      summary: {
        vi: 'Tải về mọi thứ hệ thống đang giữ về mình (JSON)',
        en: 'Everything that is held about oneself, as one JSON document',
      },
      answers: { 200: 'application/json' },
      errors: ['too-many-requests'],
    },
    async ({ actor, res }) => {
      const now = deps.clock();
      await takeExportTurn(deps.db, actor, now);
      res.set({
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Disposition': 'attachment; filename="du-lieu-cua-toi.json"',
        'Cache-Control': 'no-store',
      });
      await sendPieces(res, personalData(deps.db, actor, now));
      return undefined;
    },
  );

  addOperation(
    api,
    {
      ...own,
      id: 'eraseOneself',
      method: 'post',
      path: '/me/erasure',
      summary: {
        vi: 'Xoá tên, tài khoản và phiên của mình; bản ghi công việc ở lại dưới một mã không tên',
        en: 'Have one’s name, account and sessions erased; records stay under an opaque id',
      },
      body: newPersonErasure,
      answers: { 200: erased },
      errors: ['last-admin', 'user-not-found', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, body }) => {
      const { id, at } = await erasePersonalData(deps.db, actor, actor.userId, body, deps.clock());
      return { status: 200, json: { id, erasedAt: at.toISOString() } };
    },
  );

  addOperation(
    api,
    {
      ...own,
      id: 'erasePerson',
      method: 'post',
      path: '/users/:user/erasure',
      summary: {
        vi: 'Xoá một người dùng theo yêu cầu của họ (quản trị)',
        en: 'Erase a person who asked for it (administrators)',
      },
      params: z.object({ user: recordId }),
      body: newPersonErasure,
      answers: { 200: erased },
      errors: ['user-not-found', 'not-allowed', 'last-admin', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, params, body }) => {
      const { id, at } = await erasePersonalData(deps.db, actor, params.user, body, deps.clock());
      return { status: 200, json: { id, erasedAt: at.toISOString() } };
    },
  );
}
