// Score cards for everybody: they are law. Read input, call one service function, answer.
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
import { setParams } from './scorecards.input.ts';
import { prepareScoreCards, scoreCard, scoreCards } from './scorecards.service.ts';
import { cardAnswer, cardJson, cardListAnswer, cardListJson, cardsView, cardView } from './scorecards.view.ts';

/** GET the cards in force, GET one in full. */
export function addScoreCardsApi(api: Api, deps: Deps): void {
  prepareScoreCards(deps.db);

  addOperation(
    api,
    {
      id: 'listScoreCards',
      method: 'get',
      path: '/score-cards',
      tag: 'score-cards',
      summary: { vi: 'Các bộ tiêu chí OCOP đang áp dụng', en: 'The OCOP score cards in force' },
      access: 'public',
      answers: { 200: cardListAnswer },
      errors: [],
    },
    async () => ({ status: 200, json: cardListJson(await scoreCards(deps.db)) }),
  );

  addOperation(
    api,
    {
      id: 'readScoreCard',
      method: 'get',
      path: '/score-cards/:set',
      tag: 'score-cards',
      summary: { vi: 'Một bộ tiêu chí, như quyết định in', en: 'One score card, as the decision prints it' },
      access: 'public',
      params: setParams,
      answers: { 200: cardAnswer },
      errors: ['score-card-not-found'],
    },
    async ({ params: { set } }) => ({ status: 200, json: cardJson(await scoreCard(deps.db, set)) }),
  );
}

/** The list of cards, and a page for each. */
export function scoreCardsPages(deps: Deps): Router {
  const router = express.Router();
  router.get(paths.scoreCards, async (req, res) => {
    const language = languageOf(res);
    const view = cardsView(language, await scoreCards(deps.db));
    sendPage(req, res, 'scorecards/list', view, { title: t(language, 'scorecards.title'), layout: 'reference' });
  });
  router.get(paths.scoreCard(':set'), async (req, res) => {
    const read = readInput(setParams, { ...req.params });
    if (!read.ok) throw new AppError('score-card-not-found');
    const view = cardView(languageOf(res), await scoreCard(deps.db, read.value.set));
    sendPage(req, res, 'scorecards/card', view, { title: view.heading, layout: 'reference' });
  });
  return router;
}
