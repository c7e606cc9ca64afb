// A producer's pages of sites: the list, one with its map and history, and the forms that make and change them.
import express from 'express';
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { requireActor, sendPage } from '../http/pages.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { workingProducer } from '../producers/producers.service.ts';
import { producerIn } from './sites.form.ts';
import { addChanging, addMaking } from './sites.form.pages.ts';
import { askedIn, siteIdIn } from './sites.asked.pages.ts';
import { siteListPage } from './sites.list.view.ts';
import { addOfficePages } from './sites.office.pages.ts';
import { sitePageView } from './sites.page.view.ts';
import { otherCommune } from './sites.place.service.ts';
import { communesOfSites, diarySite, pageSites, siteHistory } from './sites.service.ts';

const addList = (router: Router, { db }: Deps): void => {
  router.get(paths.appSites, async (req, res) => {
    const actor = requireActor(res);
    const named = producerIn(req.query);
    const producer = await workingProducer(db, actor, named);
    const asked = askedIn(req);
    const found = await pageSites(db, actor, producer.id, asked);
    const language = languageOf(res);
    const place = { isOffice: false, producerId: producer.id, named: named ?? '' };
    const view = siteListPage(language, asked, { ...found, communes: await communesOfSites(db, producer.id) }, place);
    sendPage(req, res, 'sites/list', view, { title: t(language, 'sites.title'), sample: producer.sample });
  });
};

const addOne = (router: Router, { db }: Deps): void => {
  router.get(paths.appSite(':site'), async (req, res) => {
    const actor = requireActor(res);
    const id = siteIdIn(req);
    const { site, producer, mayChange } = await diarySite(db, actor, id);
    const shown = { ...(await siteHistory(db, actor, id)), site, producer, isOwn: true, mayChange };
    const language = languageOf(res);
    const view = {
      ...sitePageView(language, { ...shown, mapped: await otherCommune(db, site) }),
      saved: req.query['saved'] === '1' ? 'sites.saved' : '',
    };
    sendPage(req, res, 'sites/site', view, { title: t(language, 'sites.title'), sample: producer.sample });
  });
};

export function sitesPages(deps: Deps): Router {
  const router = express.Router();
  addList(router, deps);
  addMaking(router, deps);
  addChanging(router, deps);
  addOne(router, deps);
  addOfficePages(router, deps);
  return router;
}
