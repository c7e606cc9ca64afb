// The reader's language: from ?lang=, else the cookie of an earlier choice, else Accept-Language, else Vietnamese.
import type { Request, RequestHandler, Response } from 'express';
import { isLanguage } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { acceptedLanguage } from './reader.ts';

const oneYearMs = 365 * 24 * 3600 * 1000;

/** Puts the language in `res.locals.language` and remembers an explicit choice. */
export const chooseLanguage: RequestHandler = (req, res, next) => {
  const asked = req.query['lang'];
  const cookie: unknown = (req.cookies as Record<string, unknown> | undefined)?.['lang'];
  if (isLanguage(asked))
    res.cookie('lang', asked, { maxAge: oneYearMs, sameSite: 'lax', httpOnly: true, secure: req.secure });
  res.locals['language'] = isLanguage(asked) ? asked : isLanguage(cookie) ? cookie : acceptedLanguage(req.headers);
  next();
};

export function languageOf(res: Response): Language {
  return isLanguage(res.locals['language']) ? res.locals['language'] : 'vi';
}

/** The address asked for, with the other language chosen. */
export function otherLanguageUrl(req: Request, language: Language): string {
  // Taken apart by hand: to URL a path that begins with two slashes would be another host.
  const [path = '/', ...query] = req.originalUrl.split('?');
  const search = new URLSearchParams(query.join('?'));
  search.set('lang', language === 'vi' ? 'en' : 'vi');
  return `${path.replace(/^\/+/, '/')}?${search.toString()}`;
}
