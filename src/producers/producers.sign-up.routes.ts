// Registering oneself through the API: read input, call one service function, answer.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { approvalOf } from './producers.service.ts';
import { givenRecord, newSignUp, signUpAnswer } from './producers.sign-up.input.ts';
import {
  answerSignUp,
  applicationOf,
  giveRecord,
  prepareSignUps,
  signUp,
  signUpsToTake,
} from './producers.sign-up.service.ts';
import { applicationAnswer, applicationJson, signUpAnswered } from './producers.sign-up.view.ts';
import type { Producer } from './producers.types.ts';
import { producerAnswer, producerJson } from './producers.view.ts';

const params = z.object({ producer: recordId });
const json = (producer: Producer) => producerJson(producer, approvalOf(producer));

export function addSignUpApi(api: Api, deps: Deps): void {
  prepareSignUps(deps.db);
  addOwnSide(api, deps);
  addOfficeSide(api, deps);
}

const addOwnSide = (api: Api, { db, keys, clock }: Deps): void => {
  addOperation(
    api,
    {
      id: 'signUp',
      method: 'post',
      path: '/sign-ups',
      tag: 'producers',
      summary: { vi: 'Tự đăng ký chủ thể, chờ cán bộ duyệt', en: 'Register one’s own organisation, to be approved' },
      access: 'public',
      body: newSignUp,
      answers: { 202: signUpAnswered },
      errors: ['id-with-other-content', 'fields-wrong', 'too-many-requests'],
    },
    async ({ body, req }) => {
      await signUp(db, keys.sessionKey, body, req.ip ?? '', clock());
      return { status: 202, json: { id: body.id } };
    },
  );

  addOperation(
    api,
    {
      id: 'listSignUps',
      method: 'get',
      path: '/sign-ups',
      tag: 'producers',
      summary: {
        vi: 'Các đơn gửi bằng số của mình, chờ mình nhận',
        en: 'Applications sent with one’s own login that wait for one’s word',
      },
      access: 'signed-in',
      answers: { 200: z.object({ items: z.array(producerAnswer) }) },
      errors: [],
    },
    async ({ actor }) => ({ status: 200, json: { items: (await signUpsToTake(db, actor)).map(json) } }),
  );

  addOperation(
    api,
    {
      id: 'answerSignUp',
      method: 'post',
      path: '/sign-ups/:producer/answer',
      tag: 'producers',
      summary: {
        vi: 'Nhận đơn là của mình, hoặc nói là không',
        en: 'Take an application as one’s own, or say it is not',
      },
      access: 'signed-in',
      params,
      body: signUpAnswer,
      answers: { 200: producerAnswer },
      errors: ['producer-not-found', 'sign-up-taken', 'fields-wrong'],
    },
    async ({ actor, params: { producer }, body }) => ({
      status: 200,
      json: json(await answerSignUp(db, actor, producer, body.isMine, clock())),
    }),
  );
};

const addOfficeSide = (api: Api, { db, clock }: Deps): void => {
  addOperation(
    api,
    {
      id: 'readApplication',
      method: 'get',
      path: '/producers/:producer/application',
      tag: 'producers',
      summary: {
        vi: 'Người nộp đơn và các hồ sơ có thể trùng (cán bộ)',
        en: 'Who applied, and records that may be of the same organisation (officers)',
      },
      access: 'signed-in',
      params,
      answers: { 200: applicationAnswer },
      errors: ['producer-not-found', 'not-allowed'],
    },
    async ({ actor, params: { producer } }) => ({
      status: 200,
      json: applicationJson(await applicationOf(db, actor, producer)),
    }),
  );

  addOperation(
    api,
    {
      id: 'giveRecord',
      method: 'post',
      path: '/producers/:producer/given-record',
      tag: 'producers',
      summary: {
        vi: 'Giao hồ sơ có sẵn cho người nộp đơn, khép đơn (cán bộ)',
        en: 'Give the applicant the record that was there before, and close the application (officers)',
      },
      access: 'signed-in',
      params,
      body: givenRecord,
      answers: { 201: producerAnswer },
      errors: ['producer-not-found', 'not-allowed', 'sign-up-not-taken', 'already-claimed', 'fields-wrong'],
    },
    async ({ actor, params: { producer }, body }) => {
      const record = await giveRecord(db, actor, producer, body, clock());
      return { status: 201, json: json(record), location: `${apiBase}/producers/${record.id}` };
    },
  );
};
