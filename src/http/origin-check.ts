// Requests that change something and carry the cookie must come from our own pages (with SameSite cookies, the defence against forged requests).
import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors.ts';
import { carriesSignIn } from './sign-in.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

const isOwn = (address: string, host: string | undefined): boolean =>
  URL.canParse(address) && new URL(address).host === host;

const comesFromUs = (req: Request): boolean => {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  // Old browsers leave Origin out of forms, but our pages let them say where they come from.
  const said = req.get('origin') ?? req.get('referer');
  if (said !== undefined) return isOwn(said, req.get('host'));
  return !carriesSignIn(req);
};

/**
 * Refuses cross-site writes by Sec-Fetch-Site where the browser sends it, else by Origin or Referer; who signs in by cookie must send one of
 * them. Bearer calls carry no ambient power and pass.
 */
export const checkOrigin: RequestHandler = (req, _res, next) => {
  const isBearer = /^Bearer /i.test(req.get('authorization') ?? '');
  if (!safe.has(req.method) && !isBearer && !comesFromUs(req)) throw new AppError('foreign-origin');
  next();
};
