// The page of one's own organisation: its record, the state of its approval, what buyers see, its history.
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { requireActor, sendPage } from '../http/pages.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { producerHistory } from './producers.change.service.ts';
import { producerIdIn } from './producers.change.pages.ts';
import { approvalNews, historyRows, publicRows, recordRows, shopLinks } from './producers.page.view.ts';
import { may } from '../powers.ts';
import { approvalOf, diaryProducer, scopeOf, workingProducer } from './producers.service.ts';

export function addOwnPages(router: Router, deps: Deps): void {
  router.get(paths.appProducer, async (_req, res) => {
    const { id } = await workingProducer(deps.db, requireActor(res));
    res.redirect(303, paths.appOwnProducer(id));
  });

  router.get(paths.appOwnProducer(':producer'), async (req, res) => {
    const actor = requireActor(res);
    const language = languageOf(res);
    const producer = await diaryProducer(deps.db, actor, producerIdIn(req));
    const { notes, names } = await producerHistory(deps.db, actor, producer.id);
    const isOwner = may(actor, 'change-producer', scopeOf(producer));
    const view = {
      back: paths.appMe,
      saved: req.query['saved'] === '1' ? 'producers.saved' : '',
      legalName: producer.legalName,
      ...approvalNews(language, producer, approvalOf(producer)),
      isOwn: true,
      rows: recordRows(language, producer),
      story: producer.story,
      shops: shopLinks(producer),
      seen: publicRows(language, producer),
      consentsHref: isOwner ? paths.appConsents(producer.id) : '',
      editHref: isOwner && producer.claim === 'claimed' ? paths.appProducerEdit(producer.id) : '',
      history: historyRows(language, notes, names),
    };
    sendPage(req, res, 'producers/own', view, { title: t(language, 'producers.own.title'), sample: producer.sample });
  });
}
