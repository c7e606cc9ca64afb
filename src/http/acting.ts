// For whom a digital team's person records: a cookie names the producer, and every service asks whether it is in the person's scope.
import type { Request, RequestHandler, Response } from 'express';
import { isDigitalTeam } from '../actor.ts';
import { paths } from '../paths.ts';
import { actorOf } from './pages.ts';

const cookie = 'acting-for';
const dayMs = 24 * 60 * 60 * 1000;

/** Pages that are about one organisation without naming it. */
const needChoice =
  /^\/app(\/(record|sites|products|certificates|reports|producer|labels|(materials|batches)(\/new)?))?\/?$/i;

/** Puts the chosen producer on the person; without a choice, pages that need one lead to the list to choose from. */
export const takeActing: RequestHandler = (req, res, next) => {
  const actor = actorOf(res);
  if (actor === undefined || !isDigitalTeam(actor)) {
    next();
    return;
  }
  const chosen: unknown = (req.cookies as Record<string, unknown> | undefined)?.[cookie];
  if (typeof chosen === 'string' && /^[0-9a-f-]{36}$/.test(chosen)) {
    res.locals['actor'] = { ...actor, actingFor: chosen };
    next();
  } else if (req.method === 'GET' && needChoice.test(req.path)) res.redirect(303, paths.appHouseholds);
  else next();
};

/** Remembers the choice for a day. */
export function setActing(req: Request, res: Response, producerId: string): void {
  res.cookie(cookie, producerId, { httpOnly: true, sameSite: 'lax', secure: req.secure, path: '/', maxAge: dayMs });
}
