// Who is asking: the Bearer token of a program, or the cookies of a page, read once per request. A page whose access cookie is over is
// renewed on the way, also in the middle of a form: nobody loses what was typed because 15 minutes went by.
import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors.ts';
import type { SignedIn } from '../proof.ts';

const access = 'access';
const refresh = 'refresh';

/** Names of the cookies. Over HTTPS with a prefix that no other host and no plain connection can set (RFC 6265bis, 4.1.3.2). */
const cookieNames = (isSecure: boolean): { access: string; refresh: string } =>
  isSecure ? { access: `__Host-${access}`, refresh: `__Host-${refresh}` } : { access, refresh };

/** Every name under which a sign-in may come. */
export const signInCookies: readonly string[] = [true, false].flatMap((isSecure) =>
  Object.values(cookieNames(isSecure)),
);

/** Tokens of an open session, for the cookies of a page. */
export type PageSession = SignedIn & {
  accessToken: string;
  accessSeconds: number;
  refreshToken: string;
  refreshSeconds: number;
};

/** What sign-in asks of the accounts; both give undefined for a token that does not count (any more). */
export type Sessions = {
  read(accessToken: string): Promise<SignedIn | undefined>;
  renew(refreshToken: string): Promise<PageSession | undefined>;
};

const cookieOf = (req: Request, name: string): string | undefined => {
  const value: unknown = (req.cookies as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Whether the request brings a cookie of a sign-in, be it good or not. */
export function carriesSignIn(req: Request): boolean {
  return signInCookies.some((name) => cookieOf(req, name) !== undefined);
}

const cookieOptions = (req: Request): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  secure: req.secure,
  path: '/',
});

/** Signs the browser in: the person of this request, and the cookies of the next ones. */
export function setSignIn(req: Request, res: Response, session: PageSession): void {
  const options = cookieOptions(req);
  // Ages, not moments: the clock of a phone may be wrong.
  const names = cookieNames(req.secure);
  res.cookie(names.access, session.accessToken, { ...options, maxAge: session.accessSeconds * 1000 });
  res.cookie(names.refresh, session.refreshToken, { ...options, maxAge: session.refreshSeconds * 1000 });
  noteSignedIn(res, session);
}

/** Takes the cookies from the browser. The session itself is ended by the caller. */
export function clearSignIn(req: Request, res: Response): void {
  for (const name of Object.values(cookieNames(req.secure))) res.clearCookie(name, cookieOptions(req));
  noteSignedIn(res, undefined);
}

/** The session of the signed-in person, or undefined. */
export function sessionIdOf(res: Response): string | undefined {
  return res.locals['sessionId'] as string | undefined;
}

/** Who is signed in and what their session has shown. Throws 'not-signed-in'. */
export function requireSignedIn(res: Response): SignedIn {
  const signedIn = res.locals['signedIn'] as SignedIn | undefined;
  if (signedIn === undefined) throw new AppError('not-signed-in');
  return signedIn;
}

/** Whether this browser came with a session that is over: ended, revoked, or too long unused. */
export function isSessionOver(res: Response): boolean {
  return res.locals['sessionOver'] === true;
}

/** Where a request comes from, for limits and for the name of the device. */
export function fromOf(req: Request): { address: string; userAgent: string } {
  return { address: req.ip ?? '', userAgent: req.get('user-agent') ?? '' };
}

/** Puts who is signed in where the handlers look. Whoever has still to show the second factor is nobody's actor. */
export const noteSignedIn = (res: Response, signedIn: SignedIn | undefined): void => {
  res.locals['signedIn'] = signedIn;
  res.locals['actor'] = signedIn?.mustProve === true ? undefined : signedIn?.actor;
  res.locals['sessionId'] = signedIn?.sessionId;
};

// Pictures and other parts of a page never renew: their answers may be kept by a cache on the way, and cookies must not be kept with them.
const mayRenew = (req: Request): boolean =>
  (req.method !== 'GET' && req.method !== 'HEAD') || /text\/html|application\/json/.test(req.get('accept') ?? '');

/**
 * Puts the person in `res.locals.actor` and all of SignedIn in `res.locals.signedIn` (see requireSignedIn). A Bearer token that does not count is refused with
 * 'session-ended'; cookies that do not count are no sign-in.
 */
export function readActor(sessions: Sessions): RequestHandler {
  return async (req, res, next) => {
    const bearer = /^Bearer (.*)$/i.exec(req.get('authorization') ?? '')?.[1];
    if (bearer === undefined) await readCookies(sessions, req, res);
    else await readBearer(sessions, bearer.trim(), res);
    next();
  };
}

const readBearer = async (sessions: Sessions, token: string, res: Response): Promise<void> => {
  const signedIn = await sessions.read(token);
  if (signedIn === undefined) throw new AppError('session-ended');
  noteSignedIn(res, signedIn);
};

const readCookies = async (sessions: Sessions, req: Request, res: Response): Promise<void> => {
  const access = cookieOf(req, cookieNames(req.secure).access);
  const signedIn = access === undefined ? undefined : await sessions.read(access);
  if (signedIn !== undefined) {
    noteSignedIn(res, signedIn);
    return;
  }
  const refresh = cookieOf(req, cookieNames(req.secure).refresh);
  if (refresh === undefined || !mayRenew(req)) return;
  const renewed = await sessions.renew(refresh);
  if (renewed === undefined) {
    clearSignIn(req, res);
    res.locals['sessionOver'] = true;
  } else setSignIn(req, res, renewed);
};
