// Sites: URL, signed in?, read input, call one service function, answer.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { apiBase, paths } from '../paths.ts';
import { workingProducer } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { readPlaceText, swapPositions } from './place-text.ts';
import { newSite, sitePage } from './sites.input.ts';
import { createSite, listSites, mayBeSwapped, pageSites, prepareSites, siteFor } from './sites.service.ts';
import {
  kindChoices,
  placeForm,
  precisionChoices,
  siteAnswer,
  siteCard,
  siteJson,
  siteListAnswer,
} from './sites.view.ts';

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

const names = [
  'id',
  'producerId',
  'name',
  'kind',
  'geometry',
  'plantingAreaCode',
  'communeCode',
  'communeName',
  'publicPrecision',
];

type Body = Record<string, unknown>;

/** What the form says, in the words of the schema: the pasted place as GeoJSON, turned round when the person pressed the button that says so. */
const readBody = (body: Body): Body => {
  const { producerId: _p, swapped, geometry, ...rest } = body;
  if (typeof geometry !== 'string' || geometry.trim() === '') return rest;
  const place = readPlaceText(geometry);
  return { ...rest, geometry: swapped === 'yes' ? swapPositions(place) : place };
};

/** The producer's list of sites and the form to add one. */
export function sitesPages(deps: Deps): Router {
  const router = express.Router();

  router.get(paths.appSites, async (req, res) => {
    const actor = requireActor(res);
    const producer = await workingProducer(deps.db, actor);
    const language = languageOf(res);
    const sites = (await listSites(deps.db, actor, producer.id)).map((site) => siteCard(language, site));
    const view = { back: paths.app, sites, newHref: paths.appNewSite };
    sendPage(req, res, 'sites/list', view, { title: t(language, 'sites.title'), sample: producer.sample });
  });

  const sendForm = (
    req: Request,
    res: Response,
    producer: Producer,
    form: FormState,
    more: { status: number; isSwapped: boolean },
  ): void => {
    const language = languageOf(res);
    const view = {
      back: paths.appSites,
      form: placeForm(language, form),
      isSwapped: more.isSwapped,
      producerId: producer.id,
      kinds: kindChoices(language, form.values['kind'] ?? ''),
      precisions: precisionChoices(language, form.values['publicPrecision'] ?? ''),
    };
    sendPage(req, res, 'sites/new', view, {
      title: t(language, 'sites.new'),
      sample: producer.sample,
      status: more.status,
    });
  };

  router.get(paths.appNewSite, async (req, res) => {
    const producer = await workingProducer(deps.db, requireActor(res));
    const { communeCode, communeName } = producer.address;
    const form = formState(languageOf(res), names, { id: uuidv7(), communeCode, communeName });
    sendForm(req, res, producer, form, { status: 200, isSwapped: false });
  });

  router.post(paths.appSites, async (req, res) => {
    const actor = requireActor(res);
    const typed = (req.body ?? {}) as Body;
    const named = typed['producerId'];
    const producer = await workingProducer(
      deps.db,
      actor,
      typeof named === 'string' && named !== '' ? named : undefined,
    );
    const body = readBody(typed);
    await submitForm(req, res, {
      schema: newSite,
      names,
      fieldWords: 'sites.fields',
      body,
      act: async (value) => {
        await createSite(deps.db, actor, producer.id, value, deps.clock());
        return paths.appSites;
      },
      again: (form, status) =>
        sendForm(req, res, producer, form, { status, isSwapped: mayBeSwapped(body['geometry']) }),
    });
  });

  return router;
}
