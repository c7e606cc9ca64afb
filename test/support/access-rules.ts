// What the tables say must come of a call.
import type { Actor, Scope } from '../../src/actor.ts';
import { may, mayAnywhere, powers } from '../../src/powers.ts';
import type { Deed } from '../../src/powers.ts';
import type { RouteRule } from '../../src/route-rules.ts';

/** 'open': nobody is refused for who they are; a wrong password or an unknown code may well be. */
export type Expected = 'open' | 'pass' | '401' | '403' | '404';
type Call = { rule: RouteRule; hasRecord: boolean };
type Answer = { status: number; location: string; code: string };

const refusals = ['not-signed-in', 'not-allowed'];

const withoutPlace: readonly Deed[] = ['keep-accounts', 'import-lists'];

const deedsOf = (rule: RouteRule): readonly Deed[] =>
  typeof rule !== 'string' ? rule : rule in powers ? [rule as Deed] : [];

/** From the tables alone: who may, who may only see (403), for whom the record is not there (404). */
export function expectedOf({ rule, hasRecord }: Call, actor: Actor | undefined, place: Scope): Expected {
  if (rule === 'public') return 'open';
  if (actor === undefined) return '401';
  const deeds = deedsOf(rule);
  if (deeds.length === 0) return rule === 'own-account' ? 'open' : 'pass';
  const holdsOne = deeds.some((deed) => mayAnywhere(actor, deed));
  if (!hasRecord || deeds.some((deed) => withoutPlace.includes(deed))) return holdsOne ? 'pass' : '403';
  if (deeds.some((deed) => may(actor, deed, place))) return 'pass';
  return may(actor, 'see-records', place) ? '403' : '404';
}

/** A browser that is not signed in is sent to the sign-in page. Whoever may is never refused for lack of power, whatever else is wrong. */
export function isAsExpected(expected: Expected, { status, location, code }: Answer): boolean {
  if (status >= 500) return false;
  if (expected === 'open') return status !== 403 && !refusals.includes(code) && !location.startsWith('/sign-in?');
  if (expected === '401') return status === 401 || (status === 303 && /^\/sign-in(\?|$)/.test(location));
  if (expected === 'pass') return ![401, 403, 404].includes(status) && !location.startsWith('/sign-in?');
  return String(status) === expected;
}
