// Who is asking: the Bearer token of a program, or the access cookie of a page, read once per request.
import type { RequestHandler } from 'express';
import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';

export const accessCookie = 'access';
export const refreshCookie = 'refresh';

export type ReadToken = (token: string) => { actor: Actor; sessionId: string } | undefined;

/** Puts the person in `res.locals.actor` (and the session in `res.locals.sessionId`). A Bearer token that is not valid is refused, a cookie that is over is no sign-in. */
export function readActor(readToken: ReadToken): RequestHandler {
  return (req, res, next) => {
    const bearer = /^Bearer ([\w.~+/=-]+)$/.exec(req.get('authorization') ?? '')?.[1];
    const cookie: unknown = (req.cookies as Record<string, unknown> | undefined)?.[accessCookie];
    const token = bearer ?? (typeof cookie === 'string' ? cookie : undefined);
    const signedIn = token === undefined ? undefined : readToken(token);
    if (bearer !== undefined && signedIn === undefined) throw new AppError('session-ended');
    res.locals['actor'] = signedIn?.actor;
    res.locals['sessionId'] = signedIn?.sessionId;
    next();
  };
}
