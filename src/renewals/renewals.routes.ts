// The API of renewing an official's second factor.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { requireSignedIn } from '../http/sign-in.ts';
import { colleagueRenewal, ownRenewal } from './renewals.input.ts';
import { askForColleague, askForOwn, confirmRenewal, listRenewals, prepareRenewals } from './renewals.service.ts';
import { confirmationAnswer, renewalAnswer, renewalJson, renewalsAnswer, renewalsJson } from './renewals.view.ts';

const official = { tag: 'accounts', access: 'signed-in' } as const;

/** Ask, for oneself or a colleague; see what waits; confirm. */
export function addRenewalsApi(api: Api, deps: Deps): void {
  prepareRenewals(deps.db);
  addAsking(api, deps);
  addConfirming(api, deps);
}

const addAsking = (api: Api, { db, keys, clock }: Deps): void => {
  addOperation(
    api,
    {
      id: 'askForOwnRenewal',
      method: 'post',
      path: '/me/second-factor/renewals',
      tag: 'accounts',
      access: 'half-signed-in',
      summary: {
        vi: 'Cán bộ mất bước xác thực thứ hai xin cấp lại; hai cán bộ khác phải xác nhận trong 24 giờ',
        en: 'An official without the second factor asks for a new one; two others confirm within 24 hours',
      },
      body: ownRenewal,
      answers: { 201: renewalAnswer },
      errors: ['nothing-to-renew', 'too-many-requests', 'id-with-other-content'],
    },
    async ({ body, res }) => {
      const { userId } = requireSignedIn(res).actor;
      return { status: 201, json: renewalJson(await askForOwn(db, keys.sessionKey, userId, body.id, clock())) };
    },
  );

  addOperation(
    api,
    {
      ...official,
      id: 'askForRenewal',
      method: 'post',
      path: '/second-factor-renewals',
      summary: {
        vi: 'Xin cấp lại bước xác thực thứ hai giúp một đồng nghiệp',
        en: 'Ask for a new second factor on behalf of a colleague',
      },
      body: colleagueRenewal,
      answers: { 201: renewalAnswer },
      errors: ['not-allowed', 'nothing-to-renew', 'too-many-requests', 'id-with-other-content'],
    },
    async ({ actor, body }) => ({
      status: 201,
      json: renewalJson(await askForColleague(db, keys.sessionKey, actor, body, clock())),
    }),
  );
};

const addConfirming = (api: Api, { db, clock }: Deps): void => {
  addOperation(
    api,
    {
      ...official,
      id: 'listRenewals',
      method: 'get',
      path: '/second-factor-renewals',
      summary: {
        vi: 'Các yêu cầu cấp lại đang chờ mà mình được xác nhận',
        en: 'Open requests that one may confirm',
      },
      answers: { 200: renewalsAnswer },
      errors: ['not-allowed'],
    },
    async ({ actor }) => ({ status: 200, json: renewalsJson(await listRenewals(db, actor, clock())) }),
  );

  addOperation(
    api,
    {
      ...official,
      id: 'confirmRenewal',
      method: 'post',
      path: '/second-factor-renewals/:renewal/confirmations',
      proof: 'second-factor',
      summary: {
        vi: 'Xác nhận yêu cầu là của đúng người; lần thứ hai gỡ bước xác thực cũ',
        en: 'Confirm that the request is really that person’s; the second word removes the old factor',
      },
      params: z.object({ renewal: recordId }),
      answers: { 200: confirmationAnswer },
      errors: ['not-allowed', 'second-factor-needed', 'renewal-not-found', 'renewal-over'],
    },
    async ({ actor, params }) => ({ status: 200, json: await confirmRenewal(db, actor, params.renewal, clock()) }),
  );
};
