// Sites through the API: signed in?, read input, call one service function, answer.
import { z } from 'zod';
import { historyAnswer, historyJson } from '../audit/history.ts';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { askedPlace, changedSite, newSite, sitePage } from './sites.input.ts';
import { addSiteMaps } from './sites.maps.routes.ts';
import { placeReport } from './sites.place.service.ts';
import { changeSite, createSite, pageSites, prepareSites, siteFor, siteHistory } from './sites.service.ts';
import { placeAnswer, placeJson, siteAnswer, siteJson, siteListAnswer } from './sites.view.ts';

export { sitesPages } from './sites.pages.ts';

const tag = 'sites';
const ofProducer = z.object({ producer: recordId });
const ofSite = z.object({ site: recordId });

const addReading = (api: Api, { db }: Deps): void => {
  addOperation(
    api,
    {
      id: 'listSites',
      method: 'get',
      path: '/producers/:producer/sites',
      tag,
      summary: {
        vi: 'Các vùng sản xuất của một chủ thể; tìm không dấu, lọc, sắp xếp',
        en: 'Production sites of a producer; searched without marks, filtered, sorted',
      },
      access: 'signed-in',
      params: ofProducer,
      query: sitePage,
      answers: { 200: siteListAnswer },
      errors: ['producer-not-found', 'fields-wrong'],
    },
    async ({ actor, params: { producer }, query }) => {
      const { items, next } = await pageSites(db, actor, producer, query);
      return { status: 200, json: { items: items.map(siteJson), next } };
    },
  );

  addOperation(
    api,
    {
      id: 'readSite',
      method: 'get',
      path: '/sites/:site',
      tag,
      summary: { vi: 'Đọc một vùng sản xuất', en: 'Read a production site' },
      access: 'signed-in',
      params: ofSite,
      answers: { 200: siteAnswer },
      errors: ['site-not-found'],
    },
    async ({ actor, params: { site } }) => ({ status: 200, json: siteJson(await siteFor(db, actor, site)) }),
  );

  addOperation(
    api,
    {
      id: 'readSiteHistory',
      method: 'get',
      path: '/sites/:site/history',
      tag,
      summary: { vi: 'Lịch sử sửa một vùng sản xuất', en: 'Changes of a production site' },
      access: 'signed-in',
      params: ofSite,
      answers: { 200: historyAnswer },
      errors: ['site-not-found'],
    },
    async ({ actor, params: { site } }) => ({
      status: 200,
      json: historyJson((await siteHistory(db, actor, site)).notes),
    }),
  );
};

const addWriting = (api: Api, { db, clock }: Deps): void => {
  addOperation(
    api,
    {
      id: 'createSite',
      method: 'post',
      path: '/producers/:producer/sites',
      tag,
      summary: { vi: 'Ghi một vùng sản xuất của chủ thể mình', en: 'Mark a production site of one’s own producer' },
      access: 'signed-in',
      params: ofProducer,
      body: newSite,
      answers: { 201: siteAnswer },
      errors: ['producer-not-found', 'not-allowed', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, params: { producer }, body }) => {
      const site = await createSite(db, actor, producer, body, clock());
      return { status: 201, json: siteJson(site), location: `${apiBase}/sites/${site.id}` };
    },
  );

  addOperation(
    api,
    {
      id: 'changeSite',
      method: 'put',
      path: '/sites/:site',
      tag,
      summary: {
        vi: 'Sửa một vùng sản xuất, hoặc ghi ngày ngừng dùng',
        en: 'Change a production site, or say since when it is no longer used',
      },
      access: 'signed-in',
      params: ofSite,
      body: changedSite,
      answers: { 200: siteAnswer },
      errors: ['site-not-found', 'not-allowed', 'changed-meanwhile', 'fields-wrong'],
    },
    async ({ actor, params: { site }, body }) => ({
      status: 200,
      json: siteJson(await changeSite(db, actor, site, body, clock())),
    }),
  );

  addOperation(
    api,
    {
      id: 'measurePlace',
      method: 'post',
      path: '/sites/area',
      tag,
      summary: {
        vi: 'Xem một vị trí trước khi lưu: diện tích, xã, hoặc chỗ chưa đúng; không ghi gì',
        en: 'Look at a place before it is saved: area, commune, or what is wrong; nothing is stored',
      },
      access: 'signed-in',
      body: askedPlace,
      answers: { 200: placeAnswer },
      errors: ['fields-wrong'],
    },
    async ({ body, language }) => ({ status: 200, json: placeJson(language, await placeReport(db, body.place)) }),
  );
};

/** POST and GET sites of a producer; GET and PUT one with its history; the measuring of a place; maps. */
export function addSitesApi(api: Api, deps: Deps): void {
  prepareSites(deps.db);
  addSiteMaps(api, deps);
  addReading(api, deps);
  addWriting(api, deps);
}
