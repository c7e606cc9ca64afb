// Codes under doubt in the API and on pages, for a producer's people and for officers of the province.
import express from 'express';
import type { Request, Response, Router } from 'express';
import type { Deps } from '../deps.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { languageOf } from '../http/language.ts';
import { requireActor, sendPage } from '../http/pages.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { doubtfulCodes } from './scans.doubtful.service.ts';
import { prepareScans } from './scans.service.ts';
import { doubtfulJson, doubtfulShape, doubtfulView } from './scans.view.ts';

export function addScansApi(api: Api, deps: Deps): void {
  prepareScans(deps.db);
  addOperation(
    api,
    {
      id: 'listDoubtfulCodes',
      method: 'get',
      path: '/doubtful-codes',
      tag: 'scans',
      summary: { vi: 'Mã nghi vấn bị sao chép', en: 'Codes that may have been copied' },
      access: 'signed-in',
      answers: { 200: doubtfulShape },
      errors: [],
    },
    async ({ actor }) => ({ status: 200, json: doubtfulJson(await doubtfulCodes(deps.db, actor)) }),
  );
}

export function scansPages(deps: Deps): Router {
  const pages = express.Router();
  const list = async (req: Request, res: Response): Promise<void> => {
    const language = languageOf(res);
    const codes = await doubtfulCodes(deps.db, requireActor(res));
    sendPage(req, res, 'scans/doubtful', doubtfulView(language, codes), { title: t(language, 'scans.title') });
  };
  pages.get(paths.appDoubtfulCodes, list);
  pages.get(paths.officeDoubtfulCodes, list);
  return pages;
}
