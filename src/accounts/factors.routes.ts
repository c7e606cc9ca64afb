// The API of the second factor: take an authenticator app in, show a code, new recovery codes.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { requireSignedIn } from '../http/sign-in.ts';
import { codeProof } from './accounts.input.ts';
import { beginTotp, confirmTotp, ownFactors, proveSecondFactor, renewRecoveryCodes } from './factors.service.ts';

// Also for whoever has not shown the second factor yet: these are how it is shown.
const half = { tag: 'accounts', access: 'half-signed-in' } as const;
const recoveryAnswer = z.object({ recoveryCodes: z.array(z.string()) });

/** Own second factor. */
export function addFactorsApi(api: Api, deps: Deps): void {
  addEnrolment(api, deps);
  addProofs(api, deps);
}

const addEnrolment = (api: Api, { db, keys, clock }: Deps): void => {
  addOperation(
    api,
    {
      ...half,
      id: 'beginTotp',
      method: 'post',
      path: '/me/second-factor/totp',
      summary: {
        vi: 'Bắt đầu thêm ứng dụng tạo mã; mã bí mật chỉ hiện lúc này',
        en: 'Begin to take in an authenticator app; its secret is shown now only',
      },
      answers: { 201: z.object({ secret: z.string(), address: z.string() }) },
      errors: ['second-factor-needed', 'password-needed'],
    },
    async ({ res }) => ({ status: 201, json: await beginTotp(db, keys, requireSignedIn(res), clock()) }),
  );

  addOperation(
    api,
    {
      ...half,
      id: 'confirmTotp',
      method: 'post',
      path: '/me/second-factor/totp/confirmation',
      summary: {
        vi: 'Xác nhận ứng dụng bằng một mã; nhận mười mã dự phòng, chỉ hiện một lần',
        en: 'Confirm the app by a code; ten recovery codes are shown this once',
      },
      body: codeProof,
      answers: { 200: recoveryAnswer },
      errors: ['second-factor-not-begun', 'second-factor-needed', 'password-needed', 'too-many-requests'],
    },
    async ({ body, res }) => {
      const recoveryCodes = await confirmTotp(db, keys, requireSignedIn(res), body.code, clock());
      return { status: 200, json: { recoveryCodes } };
    },
  );
};

const addProofs = (api: Api, { db, keys, clock }: Deps): void => {
  addOperation(
    api,
    {
      ...half,
      id: 'ownSecondFactor',
      method: 'get',
      path: '/me/second-factor',
      summary: { vi: 'Bước xác thực thứ hai của mình', en: 'What one has of a second factor' },
      answers: { 200: z.object({ hasTotp: z.boolean(), recoveryLeft: z.int() }) },
      errors: [],
    },
    async ({ res }) => ({ status: 200, json: await ownFactors(db, requireSignedIn(res).actor.userId) }),
  );

  addOperation(
    api,
    {
      ...half,
      id: 'proveSecondFactor',
      method: 'post',
      path: '/me/proofs/second-factor',
      summary: {
        vi: 'Nhập mã của ứng dụng hoặc một mã dự phòng, có giá trị 12 giờ cho các quyết định',
        en: 'Show a code of the app or a recovery code; for 12 hours it answers for decisions',
      },
      body: codeProof,
      answers: { 204: null },
      errors: ['too-many-requests'],
    },
    async ({ body, res }) => {
      await proveSecondFactor(db, keys, requireSignedIn(res), body.code, clock());
      return { status: 204, json: null };
    },
  );

  addOperation(
    api,
    {
      ...half,
      access: 'signed-in',
      id: 'renewRecoveryCodes',
      method: 'post',
      path: '/me/second-factor/recovery-codes',
      summary: { vi: 'Lấy mười mã dự phòng mới; mã cũ hết dùng', en: 'Ten new recovery codes; the old ones are out' },
      answers: { 201: recoveryAnswer },
      errors: ['second-factor-needed', 'second-factor-not-begun'],
    },
    async ({ res }) => ({
      status: 201,
      json: { recoveryCodes: await renewRecoveryCodes(db, requireSignedIn(res), clock()) },
    }),
  );
};
