// Producers through the API: signed in?, read input, call one service function, answer.
import { z } from 'zod';
import { historyAnswer, historyJson } from '../audit/history.ts';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { changeProducer, claimProducer, producerHistory } from './producers.change.service.ts';
import { addConsentsApi } from './producers.consents.routes.ts';
import { changedProducer, newApproval, newClaim, newProducer, producerPage } from './producers.input.ts';
import {
  approvalOf,
  createProducer,
  decideApproval,
  listProducers,
  prepareProducers,
  producerFor,
} from './producers.service.ts';
import { addSignUpApi } from './producers.sign-up.routes.ts';
import type { Producer } from './producers.types.ts';
import { producerAnswer, producerJson, producerListAnswer } from './producers.view.ts';

export { producersPages } from './producers.pages.ts';

const params = z.object({ producer: recordId });
const json = (producer: Producer) => producerJson(producer, approvalOf(producer));
const location = (producer: Producer) => `${apiBase}/producers/${producer.id}`;

/** POST and GET producers; GET, PUT, complete, decide on one; its history. */
export function addProducersApi(api: Api, deps: Deps): void {
  prepareProducers(deps.db);
  addRegister(api, deps);
  addChanges(api, deps);
  addDecisions(api, deps);
  addConsentsApi(api, deps);
  addSignUpApi(api, deps);
}

const addRegister = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'createProducer',
      method: 'post',
      path: '/producers',
      tag: 'producers',
      summary: { vi: 'Ghi một chủ thể của tỉnh mình', en: 'Register a producer of one’s own province' },
      access: 'signed-in',
      body: newProducer,
      answers: { 201: producerAnswer },
      errors: ['not-allowed', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, body }) => {
      const producer = await createProducer(deps.db, actor, body, deps.clock());
      return { status: 201, json: json(producer), location: location(producer) };
    },
  );

  addOperation(
    api,
    {
      id: 'listProducers',
      method: 'get',
      path: '/producers',
      tag: 'producers',
      summary: {
        vi: 'Tìm, lọc các chủ thể trong phạm vi của mình',
        en: 'Search and filter the producers within one’s scope',
      },
      access: 'signed-in',
      query: producerPage,
      answers: { 200: producerListAnswer },
      errors: ['fields-wrong'],
    },
    async ({ actor, query }) => {
      const { items, next } = await listProducers(deps.db, actor, query);
      return { status: 200, json: { items: items.map(json), next } };
    },
  );

  addOperation(
    api,
    {
      id: 'readProducer',
      method: 'get',
      path: '/producers/:producer',
      tag: 'producers',
      summary: { vi: 'Đọc một chủ thể', en: 'Read a producer' },
      access: 'signed-in',
      params,
      answers: { 200: producerAnswer },
      errors: ['producer-not-found'],
    },
    async ({ actor, params: { producer } }) => ({
      status: 200,
      json: json(await producerFor(deps.db, actor, producer)),
    }),
  );
};

const addChanges = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'changeProducer',
      proof: 'password',
      method: 'put',
      path: '/producers/:producer',
      tag: 'producers',
      summary: { vi: 'Sửa một chủ thể', en: 'Change a producer' },
      access: 'signed-in',
      params,
      body: changedProducer,
      answers: { 200: producerAnswer },
      errors: ['producer-not-found', 'producer-unclaimed', 'changed-meanwhile', 'registration-taken', 'fields-wrong'],
    },
    async ({ actor, params: { producer }, body }) => ({
      status: 200,
      json: json(await changeProducer(deps.db, actor, producer, body, deps.clock())),
    }),
  );

  addOperation(
    api,
    {
      id: 'readProducerHistory',
      method: 'get',
      path: '/producers/:producer/history',
      tag: 'producers',
      summary: { vi: 'Lịch sử sửa một chủ thể', en: 'History of a producer’s changes' },
      access: 'signed-in',
      params,
      answers: { 200: historyAnswer },
      errors: ['producer-not-found'],
    },
    async ({ actor, params: { producer } }) => ({
      status: 200,
      json: historyJson((await producerHistory(deps.db, actor, producer)).notes),
    }),
  );

  addOperation(
    api,
    {
      id: 'claimProducer',
      method: 'post',
      path: '/producers/:producer/claim',
      tag: 'producers',
      summary: {
        vi: 'Bổ sung hồ sơ một chủ thể có trong danh sách đã nhập',
        en: 'Complete the record of an imported producer',
      },
      access: 'signed-in',
      params,
      body: newClaim,
      answers: { 201: producerAnswer },
      errors: ['producer-not-found', 'not-allowed', 'already-claimed', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, params: { producer: id }, body }) => {
      const producer = await claimProducer(deps.db, actor, id, body, deps.clock());
      return { status: 201, json: json(producer), location: location(producer) };
    },
  );
};

const addDecisions = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'decideApproval',
      method: 'post',
      path: '/producers/:producer/approvals',
      tag: 'producers',
      summary: { vi: 'Duyệt hoặc không duyệt một chủ thể', en: 'Approve or refuse a producer' },
      access: 'signed-in',
      proof: 'second-factor',
      params,
      body: newApproval,
      answers: { 201: producerAnswer },
      errors: [
        'producer-not-found',
        'not-allowed',
        'producer-unclaimed',
        'producer-incomplete',
        'already-decided',
        'changed-meanwhile',
        'registration-taken',
        'id-with-other-content',
        'fields-wrong',
      ],
    },
    async ({ actor, params: { producer: id }, body }) => {
      const producer = await decideApproval(deps.db, actor, id, body, deps.clock());
      return { status: 201, json: json(producer), location: location(producer) };
    },
  );
};
