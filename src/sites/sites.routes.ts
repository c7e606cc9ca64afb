// Sites through the API: signed in?, read input, call one service function, answer.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { newSite, sitePage } from './sites.input.ts';
import { createSite, pageSites, prepareSites, siteFor } from './sites.service.ts';
import { siteAnswer, siteJson, siteListAnswer } from './sites.view.ts';

export { sitesPages } from './sites.pages.ts';

const ofProducer = z.object({ producer: recordId });

/** POST and GET sites of a producer, GET one. */
export function addSitesApi(api: Api, deps: Deps): void {
  prepareSites(deps.db);

  addOperation(
    api,
    {
      id: 'createSite',
      method: 'post',
      path: '/producers/:producer/sites',
      tag: 'sites',
      summary: { vi: 'Ghi một vùng sản xuất của chủ thể mình', en: 'Mark a production site of one’s own producer' },
      access: 'signed-in',
      params: ofProducer,
      body: newSite,
      answers: { 201: siteAnswer },
      errors: ['producer-not-found', 'not-allowed', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, params: { producer }, body }) => {
      const site = await createSite(deps.db, actor, producer, body, deps.clock());
      return { status: 201, json: siteJson(site), location: `${apiBase}/sites/${site.id}` };
    },
  );

  addOperation(
    api,
    {
      id: 'listSites',
      method: 'get',
      path: '/producers/:producer/sites',
      tag: 'sites',
      summary: { vi: 'Các vùng sản xuất của một chủ thể', en: 'Production sites of a producer' },
      access: 'signed-in',
      params: ofProducer,
      query: sitePage,
      answers: { 200: siteListAnswer },
      errors: ['producer-not-found', 'fields-wrong'],
    },
    async ({ actor, params: { producer }, query }) => {
      const { items, next } = await pageSites(deps.db, actor, producer, query);
      return { status: 200, json: { items: items.map(siteJson), next } };
    },
  );

  addOperation(
    api,
    {
      id: 'readSite',
      method: 'get',
      path: '/sites/:site',
      tag: 'sites',
      summary: { vi: 'Đọc một vùng sản xuất', en: 'Read a production site' },
      access: 'signed-in',
      params: z.object({ site: recordId }),
      answers: { 200: siteAnswer },
      errors: ['site-not-found'],
    },
    async ({ actor, params: { site } }) => ({ status: 200, json: siteJson(await siteFor(deps.db, actor, site)) }),
  );
}
