// The producer's home, the choice of a batch to record in, and "Của tôi": URL, signed in?, call one service function, answer.
import express from 'express';
import type { Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { mayAnywhere } from '../powers.ts';
import type { Actor } from '../actor.ts';
import { dayOf } from '../days.ts';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { requireActor, sendPage } from '../http/pages.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { producersOf } from '../producers/producers.service.ts';
import { signUpsToTake } from '../producers/producers.sign-up.service.ts';
import { addActingPages } from './dashboard.acting.pages.ts';
import { homeOf } from './dashboard.service.ts';
import { homePage, mePage, recordPage } from './dashboard.view.ts';

/** Officers and administrators have their own first page. */
const otherHome = (actor: Actor): string | undefined => {
  if (mayAnywhere(actor, 'record-step')) return undefined;
  return mayAnywhere(actor, 'work-in-office') ? paths.office : paths.admin;
};

/** GET /app, /app/record, /app/me. */
export function dashboardPages(deps: Deps): Router {
  const router = express.Router();
  addActingPages(router, deps);

  router.get(paths.app, async (req, res) => {
    const actor = requireActor(res);
    const elsewhere = otherHome(actor);
    if (elsewhere !== undefined) {
      res.redirect(303, elsewhere);
      return;
    }
    const home = await homeOf(deps.db, actor, deps.clock());
    const options = { actorName: actor.name, today: dayOf(deps.clock()), newId: () => uuidv7() };
    const title = home.producer.legalName;
    sendPage(req, res, 'dashboard/home', homePage(languageOf(res), home, options), {
      title,
      sample: home.producer.sample,
    });
  });

  router.get(paths.appRecord, async (req, res) => {
    const home = await homeOf(deps.db, requireActor(res), deps.clock());
    const [only, another] = home.inProgress;
    if (only !== undefined && another === undefined && req.query['choose'] === undefined) {
      res.redirect(303, paths.appNewStep(only.batch.id));
      return;
    }
    const language = languageOf(res);
    const view = recordPage(language, home, dayOf(deps.clock()));
    sendPage(req, res, 'dashboard/record', view, {
      title: t(language, 'app.record.title'),
      sample: home.producer.sample,
    });
  });

  router.get(paths.appMe, async (req, res) => {
    const actor = requireActor(res);
    const language = languageOf(res);
    const producers = await producersOf(deps.db, actor);
    const toTake = (await signUpsToTake(deps.db, actor)).length;
    const sample = producers.some((producer) => producer.sample);
    sendPage(req, res, 'dashboard/me', mePage(language, actor, producers, toTake), {
      title: t(language, 'app.menu.me'),
      sample,
    });
  });

  return router;
}
