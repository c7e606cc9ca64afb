// Consents of a producer through the API.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { sayConsent } from './producers.consents.service.ts';
import { consentsAnswer, consentsJson } from './producers.consents.view.ts';
import { newProducerConsent } from './producers.input.ts';
import { producerFor } from './producers.service.ts';

const consents = {
  tag: 'producers',
  access: 'signed-in',
  path: '/producers/:producer/consents',
  params: z.object({ producer: recordId }),
} as const;

export function addConsentsApi(api: Api, deps: Deps): void {
  addOperation(
    api,
    {
      ...consents,
      id: 'producerConsents',
      method: 'get',
      summary: {
        vi: 'Chủ thể đã đồng ý công khai những gì, từ ngày nào',
        en: 'What a producer agreed to, since when, and all that was said',
      },
      answers: { 200: consentsAnswer },
      errors: ['producer-not-found'],
    },
    async ({ actor, params }) => ({
      status: 200,
      json: consentsJson(await producerFor(deps.db, actor, params.producer)),
    }),
  );

  addOperation(
    api,
    {
      ...consents,
      id: 'sayProducerConsent',
      method: 'post',
      summary: {
        vi: 'Ghi một lời đồng ý hoặc rút lại; trang công khai đổi theo ngay',
        en: 'Agree to one item or take it back; public pages follow at once',
      },
      body: newProducerConsent,
      answers: { 201: consentsAnswer },
      errors: ['producer-not-found', 'not-allowed', 'consent-text-changed', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, params, body }) => {
      const producer = await sayConsent(deps.db, actor, params.producer, body, deps.clock());
      return {
        status: 201,
        json: consentsJson(producer),
        location: `${apiBase}/producers/${producer.id}/consents`,
      };
    },
  );
}
