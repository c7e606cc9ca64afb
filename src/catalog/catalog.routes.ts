// Public pages around the scan: recalls, search, producers, the map, feeds, and what search engines read.
import express from 'express';
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import type { Api } from '../http/api.ts';
import { prepareCatalog } from './catalog.entries.service.ts';
import { addFeedPages } from './catalog.feed.pages.ts';
import { addMapPages } from './catalog.map.pages.ts';
import { addProducerApi, addProducerPage } from './catalog.producer.pages.ts';
import { addRecallPages } from './catalog.recalls.pages.ts';
import { addSearchApi, addSearchPage } from './catalog.search.pages.ts';
import { addSitemapPages } from './catalog.sitemap.pages.ts';

export function addCatalogApi(api: Api, deps: Deps): void {
  prepareCatalog(deps.db);
  addSearchApi(api, deps);
  addProducerApi(api, deps);
}

export function catalogPages(deps: Deps): Router {
  const pages = express.Router();
  addRecallPages(pages, deps);
  addSearchPage(pages, deps);
  addMapPages(pages, deps);
  addProducerPage(pages, deps);
  addFeedPages(pages, deps);
  addSitemapPages(pages, deps);
  return pages;
}
