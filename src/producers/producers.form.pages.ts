// What the pages with a form of a producer share: what was sent, read as the operation's input, and the communes on offer.
import type { Request } from 'express';
import type { Deps } from '../deps.ts';
import type { FormState } from '../http/pages.ts';
import { communeOptions, settleCommune } from '../units/units.service.ts';
import { producerBody } from './producers.form.ts';

type Body = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The body of a sent form with the commune completed, of which a code or a name is enough. */
export async function sentBody(deps: Deps, req: Request): Promise<Body> {
  const body = producerBody(req.body) as Body;
  const known = await settleCommune(deps.db, {
    provinceCode: text(body['address.provinceCode']),
    communeCode: text(body['address.communeCode']),
    communeName: text(body['address.communeName']),
  });
  return { ...body, 'address.communeCode': known.communeCode, 'address.communeName': known.communeName };
}

/** The communes of the province that stands in the form. */
export function communesFor(deps: Deps, form: FormState): Promise<{ value: string; label: string }[]> {
  return communeOptions(deps.db, form.values['address.provinceCode'] ?? '');
}
