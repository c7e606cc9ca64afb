// Provinces and communes for pickers: read input, call one service function, answer.
import type { Deps } from '../deps.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { communePage, provincePage } from './units.input.ts';
import { pageCommunes, pageProvinces, prepareUnits } from './units.service.ts';
import type { UnitList } from './units.service.ts';
import { unitJson, unitListAnswer } from './units.view.ts';

const listJson = ({ items, next }: UnitList) => ({ items: items.map(unitJson), next });

/** GET the provinces, GET the communes. Both are public. */
export function addUnitsApi(api: Api, deps: Deps): void {
  prepareUnits(deps.db);

  addOperation(
    api,
    {
      id: 'listProvinces',
      method: 'get',
      path: '/provinces',
      tag: 'units',
      summary: { vi: '34 tỉnh, thành phố từ 01/07/2025', en: 'The 34 provinces and cities since 1 July 2025' },
      access: 'public',
      query: provincePage,
      answers: { 200: unitListAnswer },
      errors: ['fields-wrong'],
    },
    ({ query }) => Promise.resolve({ status: 200, json: listJson(pageProvinces(query)) }),
  );

  addOperation(
    api,
    {
      id: 'listCommunes',
      method: 'get',
      path: '/communes',
      tag: 'units',
      summary: { vi: 'Tìm xã, phường, đặc khu; gõ không dấu cũng được', en: 'Find communes, with or without marks' },
      access: 'public',
      query: communePage,
      answers: { 200: unitListAnswer },
      errors: ['fields-wrong'],
    },
    async ({ query }) => ({ status: 200, json: listJson(await pageCommunes(deps.db, query)) }),
  );
}
