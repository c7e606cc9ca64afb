// /search: a form that works without script, and its answer as a page or as data.
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { languageOf } from '../http/language.ts';
import { sendPage } from '../http/pages.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { setNames } from '../products/products.sets.service.ts';
import { setCaching } from './catalog.caching.ts';
import { searchQuery } from './catalog.input.ts';
import { searchAnswer, searchJson } from './catalog.search.json.view.ts';
import { searchCatalog } from './catalog.search.service.ts';
import { searchView } from './catalog.search.view.ts';

export function addSearchApi(api: Api, deps: Deps): void {
  addOperation(
    api,
    {
      id: 'searchCatalog',
      method: 'get',
      path: '/public/search',
      tag: 'catalog',
      summary: { vi: 'Tìm sản phẩm và chủ thể', en: 'Find products and producers' },
      access: 'public',
      query: searchQuery,
      answers: { 200: searchAnswer },
      errors: [],
    },
    async ({ query, language }) => {
      const now = deps.clock();
      const result = await searchCatalog(deps.db, query, now);
      return { status: 200, json: searchJson(language, result, { baseUrl: deps.baseUrl, now }) };
    },
  );
}

export function addSearchPage(pages: Router, deps: Deps): void {
  pages.get(paths.search, async (req, res) => {
    setCaching(res);
    const language = languageOf(res);
    const query = searchQuery.parse({ ...req.query });
    const now = deps.clock();
    const [result, sets] = await Promise.all([searchCatalog(deps.db, query, now), setNames(deps.db)]);
    const title = t(language, query.q === '' ? 'catalog.search.title' : 'catalog.search.titleOf', { q: query.q });
    sendPage(req, res, 'catalog/search', searchView(language, result, query, { sets, now }), {
      title,
      layout: 'catalog',
      meta: {
        url: `${deps.baseUrl}${paths.search}`,
        hasLanguages: true,
        description: t(language, 'catalog.search.intro'),
      },
    });
  });
}
