// Sites for the officers of the producer's province: the list of a producer's, and one to read.
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { requireActor, sendPage } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { producerFor } from '../producers/producers.service.ts';
import { siteListPage } from './sites.list.view.ts';
import { sitePageView } from './sites.page.view.ts';
import { askedIn, siteIdIn } from './sites.asked.pages.ts';
import { otherCommune } from './sites.place.service.ts';
import { communesOfSites, pageSites, siteAndProducer, siteHistory } from './sites.service.ts';
import { requirePower } from '../powers.ts';

const requireOffice = (res: Parameters<typeof requireActor>[0]) => {
  const actor = requireActor(res);
  requirePower(actor, 'work-in-office');
  return actor;
};

export function addOfficePages(router: Router, { db }: Deps): void {
  router.get(paths.officeProducerSites(':producer'), async (req, res) => {
    const actor = requireOffice(res);
    const id = readInput(recordId, req.params['producer']);
    if (!id.ok) throw new AppError('producer-not-found');
    const producer = await producerFor(db, actor, id.value);
    const asked = askedIn(req);
    const found = await pageSites(db, actor, producer.id, asked);
    const language = languageOf(res);
    const place = { isOffice: true, producerId: producer.id, named: '' };
    const view = siteListPage(language, asked, { ...found, communes: await communesOfSites(db, producer.id) }, place);
    const title = t(language, 'sites.titleOf', { name: producer.legalName });
    sendPage(req, res, 'sites/list', view, { title, layout: 'office', sample: producer.sample });
  });

  router.get(paths.officeSite(':site'), async (req, res) => {
    const actor = requireOffice(res);
    const siteId = siteIdIn(req);
    const { site, producer } = await siteAndProducer(db, actor, siteId);
    const shown = { ...(await siteHistory(db, actor, siteId)), site, producer, isOwn: false, mayChange: false };
    const language = languageOf(res);
    const view = sitePageView(language, { ...shown, mapped: await otherCommune(db, site) });
    sendPage(req, res, 'sites/site', view, { title: site.name, layout: 'office', sample: producer.sample });
  });
}
