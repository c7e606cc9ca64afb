// The forms that make a site and change one. What stands in the place's field is looked at each time, so that the page can draw it.
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { dayOf } from '../days.ts';
import type { Deps } from '../deps.ts';
import { fieldError } from '../errors.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { workingProducer } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { communeOptions, settleCommune } from '../units/units.service.ts';
import { answersIn, placeIn, producerIn, siteFields, siteValues } from './sites.form.ts';
import type { Body } from './sites.form.ts';
import { latestRows, placeForm, siteFormPage } from './sites.form.view.ts';
import { changedSite, newSite, siteGeometry } from './sites.input.ts';
import type { GivenGeometry } from './sites.input.ts';
import { siteIdIn } from './sites.asked.pages.ts';
import { mayBeSwapped, placeReport, withChosenCommune } from './sites.place.service.ts';
import { placeText } from './place-text.ts';
import { changeSite, createSite, ownSite } from './sites.service.ts';
import type { Site } from './sites.types.ts';

const fieldWords = 'sites.fields';

type Commune = { code: string; name: string };
type Sent = { producer: Producer; site?: Site; offered?: Commune | undefined; body?: Body };

const typedText = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The body as texts of the operation: the place as GeoJSON, the commune completed, of which a code or a name is enough. */
const sentBody = async ({ db }: Deps, body: Body, producer: Producer): Promise<Body> => {
  const { producerId: _p, swapped: _s, commune: _c, geometry: _g, ...rest } = body;
  const { provinceCode } = producer.address;
  const told = { communeCode: typedText(body['communeCode']), communeName: typedText(body['communeName']) };
  const { communeCode, communeName } = await settleCommune(db, { provinceCode, ...told });
  return { ...rest, communeCode, communeName, geometry: placeIn(body) };
};

// Once turned round, the place stands in the field the right way round.
const withTurned = (form: FormState, body: Body): FormState => {
  const read = siteGeometry.safeParse(answersIn(body).isTurned ? placeIn(body) : undefined);
  return read.success ? { ...form, values: { ...form.values, geometry: placeText(read.data) } } : form;
};

const sendForm = async (
  deps: Deps,
  req: Request,
  res: Response,
  typed: FormState,
  status: number,
  { producer, site, offered, body = {} }: Sent,
): Promise<void> => {
  const language = languageOf(res);
  const turned = withTurned(typed, body);
  const place = turned.values['geometry'] ?? '';
  const report = place.trim() === '' ? undefined : await placeReport(deps.db, place);
  const form = placeForm(language, turned, report);
  const shown = {
    producerId: producer.id,
    provinceCode: producer.address.provinceCode,
    site,
    communes: await communeOptions(deps.db, producer.address.provinceCode),
    report,
    offered,
    isSwapped: mayBeSwapped(report?.read),
    today: dayOf(deps.clock()),
  };
  const view = {
    form: site === undefined ? form : { ...form, values: { ...form.values, version: String(site.version) } },
    latest: site !== undefined && status === 409 ? latestRows(language, site, form) : [],
    ...siteFormPage(language, form, shown),
  };
  const title = t(language, site === undefined ? 'sites.new' : 'sites.edit');
  sendPage(req, res, 'sites/form', view, { title, sample: producer.sample, status });
};

/** What was told, the map's commune when that was chosen; asks at the commune when both differ and nobody has chosen. */
const chosen = async <T extends { geometry: GivenGeometry; communeCode: string; communeName: string }>(
  deps: Deps,
  value: T,
  body: Body,
  ask: (commune: Commune) => void,
): Promise<T> => {
  const { given, offered } = await withChosenCommune(deps.db, value, answersIn(body).commune);
  if (offered === undefined) return given;
  ask(offered);
  throw fieldError('communeName', 'commune-by-map', { name: offered.name });
};

export function addMaking(router: Router, deps: Deps): void {
  router.get(paths.appNewSite, async (req, res) => {
    const producer = await workingProducer(deps.db, requireActor(res), producerIn(req.query));
    const { communeCode, communeName } = producer.address;
    const form = formState(languageOf(res), siteFields, { id: uuidv7(), communeCode, communeName });
    await sendForm(deps, req, res, form, 200, { producer });
  });

  router.post(paths.appSites, async (req, res) => {
    const actor = requireActor(res);
    const body = (req.body ?? {}) as Body;
    const producer = await workingProducer(deps.db, actor, producerIn(body));
    let offered: Commune | undefined;
    await submitForm(req, res, {
      schema: newSite,
      names: siteFields,
      fieldWords,
      body: await sentBody(deps, body, producer),
      act: async (value) => {
        const told = await chosen(deps, value, body, (commune) => {
          offered = commune;
        });
        const { id } = await createSite(deps.db, actor, producer.id, told, deps.clock());
        return `${paths.appSite(id)}?saved=1`;
      },
      again: (form, status) => sendForm(deps, req, res, form, status, { producer, offered, body }),
    });
  });
}

// Who has answered once where the place lies is not asked again for the same place.
const isAsStored = (site: Site, body: Body): boolean =>
  typedText(body['communeCode']) === site.communeCode &&
  typedText(body['geometry']).replaceAll('\r\n', '\n') === placeText(site.geometry);

export function addChanging(router: Router, deps: Deps): void {
  router.get(paths.appSiteEdit(':site'), async (req, res) => {
    const found = await ownSite(deps.db, requireActor(res), siteIdIn(req));
    await sendForm(deps, req, res, formState(languageOf(res), siteFields, siteValues(found.site)), 200, found);
  });

  router.post(paths.appSiteEdit(':site'), async (req, res) => {
    const actor = requireActor(res);
    const id = siteIdIn(req);
    const typed = (req.body ?? {}) as Body;
    const { site, producer } = await ownSite(deps.db, actor, id);
    const body = isAsStored(site, typed) ? { ...typed, commune: 'told' } : typed;
    let offered: Commune | undefined;
    await submitForm(req, res, {
      schema: changedSite,
      names: siteFields,
      fieldWords,
      body: await sentBody(deps, body, producer),
      act: async (value) => {
        const told = await chosen(deps, value, body, (commune) => {
          offered = commune;
        });
        await changeSite(deps.db, actor, id, told, deps.clock());
        return `${paths.appSite(id)}?saved=1`;
      },
      again: async (form, status) => {
        const found = await ownSite(deps.db, actor, id);
        await sendForm(deps, req, res, form, status, { ...found, offered, body });
      },
    });
  });
}
