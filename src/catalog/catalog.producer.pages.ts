// /o/{slug}: the public page of a producer, as a page or as data, and GET /api/v1/public/producers/:slug.
import type { Router } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { languageOf } from '../http/language.ts';
import { sendPage } from '../http/pages.ts';
import { paths } from '../paths.ts';
import { setCaching } from './catalog.caching.ts';
import { findProducerPage } from './catalog.producer.service.ts';
import {
  producerAnswer,
  producerDescription,
  producerJson,
  producerTitle,
  producerView,
} from './catalog.producer.view.ts';

export function addProducerApi(api: Api, deps: Deps): void {
  addOperation(
    api,
    {
      id: 'publicProducer',
      method: 'get',
      path: '/public/producers/:slug',
      tag: 'catalog',
      summary: { vi: 'Tra một chủ thể', en: 'Look up a producer' },
      access: 'public',
      params: z.object({ slug: z.string().min(1).max(200) }),
      answers: { 200: producerAnswer },
      errors: ['producer-not-found'],
    },
    async ({ params }) => {
      const facts = await findProducerPage(deps.db, params.slug, deps.clock());
      if (facts === undefined) throw new AppError('producer-not-found');
      return { status: 200, json: producerJson(facts, deps.baseUrl) };
    },
  );
}

/** Adds the page. An address with another name part leads to the one that the producer has now. */
export function addProducerPage(pages: Router, deps: Deps): void {
  pages.get(/^\/o\/[^/]{1,200}\/?$/, async (req, res) => {
    setCaching(res);
    const asked = req.path.replace(/^\/o\//, '').replace(/\/$/, '');
    const facts = await findProducerPage(deps.db, asked, deps.clock());
    if (facts === undefined) throw new AppError('producer-not-found');
    if (req.accepts(['html', 'json']) === 'json') {
      res.json(producerJson(facts, deps.baseUrl));
      return;
    }
    const path = paths.producer(facts.slug);
    if (path !== `/o/${asked}`) {
      const query = req.url.includes('?') ? req.url.slice(req.url.indexOf('?')) : '';
      res.redirect(301, `${path}${query}`);
      return;
    }
    const language = languageOf(res);
    const url = `${deps.baseUrl}${path}`;
    sendPage(req, res, 'catalog/producer', producerView(language, facts, url), {
      title: producerTitle(language, facts),
      layout: 'catalog',
      sample: facts.producer.sample,
      meta: { url, hasLanguages: true, description: producerDescription(language, facts) },
    });
  });
}
