// What an address and a body say to the pages of products.
import type { Request } from 'express';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { readInput } from '../http/read-input.ts';
import type { Body } from './products.form.ts';
import { sightPage } from './products.input.ts';
import type { SightPage } from './products.input.ts';
import { listFilters } from './products.list.view.ts';

/** The id in the address. Throws 'product-not-found' for what is no id. */
export function productIdIn(req: Request): string {
  const read = readInput(recordId, req.params['product']);
  if (!read.ok) throw new AppError('product-not-found');
  return read.value;
}

/** What an address asks of a list; fields left empty are not asked. Throws 'fields-wrong' for what can't be. */
export function askedIn(req: Request): SightPage {
  const given = [...listFilters, 'after'].map((name) => [name, req.query[name]] as const);
  const read = readInput(
    sightPage,
    Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== '')),
  );
  if (!read.ok) throw new AppError('fields-wrong', {}, { fields: read.errors });
  const { value } = read;
  // What is searched for comes by name unless another order is asked for.
  return value.q === undefined || req.query['sort'] !== undefined ? value : { ...value, sort: 'name' };
}

export function bodyOf(req: Request): Body {
  return (req.body ?? {}) as Body;
}
