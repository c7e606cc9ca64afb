// Requests that change something and carry the cookie must come from our own pages (with SameSite cookies, the defence against forged requests).
import type { RequestHandler } from 'express';
import { AppError } from '../errors.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses cross-site writes by Sec-Fetch-Site where the browser sends it, else by Origin. Bearer calls carry no ambient power and pass. */
export const checkOrigin: RequestHandler = (req, _res, next) => {
  if (safe.has(req.method) || /^Bearer /i.test(req.get('authorization') ?? '')) {
    next();
    return;
  }
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  const sameSite = site === undefined || site === 'same-origin' || site === 'none';
  const sameOrigin = origin === undefined || (URL.canParse(origin) && new URL(origin).host === req.get('host'));
  if (!sameSite || (site === undefined && !sameOrigin)) throw new AppError('foreign-origin');
  next();
};
