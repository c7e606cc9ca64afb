// What an address says to the pages of sites.
import type { Request } from 'express';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { readInput } from '../http/read-input.ts';
import { sitePage } from './sites.input.ts';
import type { SitePage } from './sites.input.ts';
import { listFilters } from './sites.list.view.ts';

/** The id in the address. Throws 'site-not-found' for what is no id. */
export function siteIdIn(req: Request): string {
  const read = readInput(recordId, req.params['site']);
  if (!read.ok) throw new AppError('site-not-found');
  return read.value;
}

/** What an address asks of the list; fields left empty are not asked. Throws 'page-not-found' for what can't be. */
export function askedIn(req: Request): SitePage {
  const given = [...listFilters, 'after'].flatMap((name) => {
    const value = req.query[name];
    return typeof value !== 'string' || value === '' ? [] : [[name, value]];
  });
  const page = readInput(sitePage, Object.fromEntries(given));
  if (!page.ok) throw new AppError('page-not-found');
  return page.value;
}
