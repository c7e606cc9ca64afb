// Protocols for everybody: read input, call one service function, answer.
import express from 'express';
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { languageOf } from '../http/language.ts';
import { sendPage } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { protocolParams } from './protocols.input.ts';
import { prepareProtocols, protocol, protocols } from './protocols.service.ts';
import { protocolAnswer, protocolListAnswer, protocolListJson, protocolsView, protocolView } from './protocols.view.ts';

/** GET the protocols, GET one in full. */
export function addProtocolsApi(api: Api, deps: Deps): void {
  prepareProtocols(deps.db);

  addOperation(
    api,
    {
      id: 'listProtocols',
      method: 'get',
      path: '/protocols',
      tag: 'protocols',
      summary: {
        vi: 'Các quy trình sản xuất tham khảo, mẫu nhật ký, quy định về thuốc',
        en: 'Reference protocols, diary columns and pesticide rules',
      },
      access: 'public',
      answers: { 200: protocolListAnswer },
      errors: [],
    },
    async () => ({ status: 200, json: protocolListJson(await protocols(deps.db)) }),
  );

  addOperation(
    api,
    {
      id: 'readProtocol',
      method: 'get',
      path: '/protocols/:key',
      tag: 'protocols',
      summary: { vi: 'Một quy trình với nguồn của từng bước', en: 'One protocol with the source of each step' },
      access: 'public',
      params: protocolParams,
      answers: { 200: protocolAnswer },
      errors: ['protocol-not-found'],
    },
    async ({ params: { key } }) => ({ status: 200, json: await protocol(deps.db, key) }),
  );
}

/** The list of protocols, and a page for each. */
export function protocolsPages(deps: Deps): Router {
  const router = express.Router();
  router.get(paths.protocols, async (req, res) => {
    const language = languageOf(res);
    const view = protocolsView(language, await protocols(deps.db));
    sendPage(req, res, 'protocols/list', view, { title: t(language, 'protocols.title'), layout: 'reference' });
  });
  router.get(paths.protocol(':key'), async (req, res) => {
    const read = readInput(protocolParams, { ...req.params });
    if (!read.ok) throw new AppError('protocol-not-found');
    const view = protocolView(languageOf(res), await protocol(deps.db, read.value.key));
    sendPage(req, res, 'protocols/protocol', view, { title: view.heading, layout: 'reference' });
  });
  return router;
}
