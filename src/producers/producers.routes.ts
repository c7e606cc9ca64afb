// Producers through the API: signed in?, read input, call one service function, answer.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { newApproval, newProducer, producerPage } from './producers.input.ts';
import {
  approvalOf,
  createProducer,
  decideApproval,
  listProducers,
  prepareProducers,
  producerFor,
} from './producers.service.ts';
import type { Producer } from './producers.types.ts';
import { producerAnswer, producerJson, producerListAnswer } from './producers.view.ts';

export { producersPages } from './producers.pages.ts';

const params = z.object({ producer: recordId });
const json = (producer: Producer) => producerJson(producer, approvalOf(producer));
const location = (producer: Producer) => `${apiBase}/producers/${producer.id}`;

/** POST and GET producers, GET one, POST a decision on it. */
export function addProducersApi(api: Api, deps: Deps): void {
  prepareProducers(deps.db);

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
      summary: { vi: 'Các chủ thể trong phạm vi của mình', en: 'Producers within one’s scope' },
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

  addOperation(
    api,
    {
      id: 'decideApproval',
      method: 'post',
      path: '/producers/:producer/approvals',
      tag: 'producers',
      summary: { vi: 'Duyệt hoặc không duyệt một chủ thể', en: 'Approve or refuse a producer' },
      access: 'signed-in',
      params,
      body: newApproval,
      answers: { 201: producerAnswer },
      errors: ['producer-not-found', 'not-allowed', 'already-decided', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, params: { producer: id }, body }) => {
      const producer = await decideApproval(deps.db, actor, id, body, deps.clock());
      return { status: 201, json: json(producer), location: location(producer) };
    },
  );
}
