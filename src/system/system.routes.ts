// What operators and programmers ask of the system itself: is it alive, is it ready, which operations are there.
import { readFileSync } from 'node:fs';
import express from 'express';
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { isReachable } from '../db/connect.ts';
import type { Operation } from '../http/api.ts';
import { languageOf } from '../http/language.ts';
import { openApiDocument } from '../http/openapi.ts';
import { sendPage } from '../http/pages.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { projectFolder } from '../project-root.ts';
import { apiGuide } from './system.view.ts';

const { version } = JSON.parse(readFileSync(projectFolder('package.json'), 'utf8')) as { version: string };

/** Health, readiness, the OpenAPI document and its readable page. `operations` is the list that the features have registered. */
export function systemPages(deps: Deps, operations: readonly Operation[]): Router {
  const router = express.Router();
  router.get(paths.health, (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get(paths.ready, async (_req, res) => {
    const ready = await isReachable(deps.db);
    res
      .set('Cache-Control', 'no-store')
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ok' : 'store-away' });
  });
  router.get(paths.openApi, (_req, res) => {
    res.json(openApiDocument(operations, deps.baseUrl, version));
  });
  router.get(paths.apiDocs, (req, res) => {
    const language = languageOf(res);
    sendPage(req, res, 'system/api-docs', apiGuide(operations, deps.baseUrl, language), {
      title: t(language, 'api.title'),
      layout: 'public',
    });
  });
  return router;
}
