// A producer's pages of sites: the list, and the form to add one.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { workingProducer } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { readPlaceText, swapPositions } from './place-text.ts';
import { newSite } from './sites.input.ts';
import { createSite, listSites, mayBeSwapped } from './sites.service.ts';
import { kindChoices, placeForm, precisionChoices, siteCard } from './sites.view.ts';

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

/** The id of the organisation that the form carries hidden, if it does. */
const namedIn = (body: Body): string | undefined => {
  const named = body['producerId'];
  return typeof named === 'string' && named !== '' ? named : undefined;
};

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
  const options = { title: t(language, 'sites.new'), sample: producer.sample, status: more.status };
  sendPage(req, res, 'sites/new', view, options);
};

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

  router.get(paths.appNewSite, async (req, res) => {
    const producer = await workingProducer(deps.db, requireActor(res));
    const { communeCode, communeName } = producer.address;
    const form = formState(languageOf(res), names, { id: uuidv7(), communeCode, communeName });
    sendForm(req, res, producer, form, { status: 200, isSwapped: false });
  });

  router.post(paths.appSites, async (req, res) => {
    const actor = requireActor(res);
    const typed = (req.body ?? {}) as Body;
    const producer = await workingProducer(deps.db, actor, namedIn(typed));
    const body = readBody(typed);
    const isSwapped = mayBeSwapped(body['geometry']);
    await submitForm(req, res, {
      schema: newSite,
      names,
      fieldWords: 'sites.fields',
      body,
      act: async (value) => {
        await createSite(deps.db, actor, producer.id, value, deps.clock());
        return paths.appSites;
      },
      again: (form, status) => sendForm(req, res, producer, form, { status, isSwapped }),
    });
  });

  return router;
}
