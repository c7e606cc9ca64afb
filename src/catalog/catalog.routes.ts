// Public pages around the scan: recalls, search, producers, the map, feeds, and what search engines read.
import express from 'express';
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { addRecallPages } from './catalog.recalls.pages.ts';

export function catalogPages(deps: Deps): Router {
  const pages = express.Router();
  addRecallPages(pages, deps);
  return pages;
}
