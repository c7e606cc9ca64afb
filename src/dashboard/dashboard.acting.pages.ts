// "Đổi người": a digital team's person chooses for whom they record. URL, signed in?, read input, call one service function, answer.
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { setActing } from '../http/acting.ts';
import { languageOf } from '../http/language.ts';
import { requireActor, sendPage } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { diaryProducer, producersToActFor } from '../producers/producers.service.ts';
import { householdsPage } from './dashboard.acting.view.ts';

const textIn = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');

/** GET and POST /app/households. */
export function addActingPages(router: Router, { db }: Deps): void {
  router.get(paths.appHouseholds, async (req, res) => {
    const actor = requireActor(res);
    const q = textIn(req.query['q']);
    const found = await producersToActFor(db, actor, { q, after: textIn(req.query['after']) });
    const language = languageOf(res);
    const view = householdsPage(language, found, { q, chosen: actor.actingFor });
    sendPage(req, res, 'dashboard/households', view, { title: t(language, 'app.households.title') });
  });

  router.post(paths.appHouseholds, async (req, res) => {
    const read = readInput(recordId, (req.body as Record<string, unknown> | undefined)?.['producer']);
    if (!read.ok) throw new AppError('producer-not-found');
    const { id } = await diaryProducer(db, requireActor(res), read.value);
    setActing(req, res, id);
    res.redirect(303, paths.app);
  });
}
