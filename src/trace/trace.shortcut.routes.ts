// The usual look at a label, seen from the bare request: a code as printed, a page wanted, nobody signed in. All else goes the usual way.
import type { IncomingMessage } from 'node:http';
import { readCode } from '../codes/trace-code.ts';
import { acceptedEncoding, acceptedLanguage, cookieValue, isPersonsLook, prefersJson } from '../http/reader.ts';
import type { Shortcut } from '../http/shortcut.ts';
import { signInCookies } from '../http/sign-in.ts';
import { isLanguage } from '../i18n/i18n.ts';
import type { Look, ScanDesk } from './trace.scan.routes.ts';

const printedPath = /^\/T\/([0-9A-Z]{4}-?[0-9A-Z]{4}-?[0-9A-Z]{4})$/;

const isSignedIn = ({ headers }: IncomingMessage): boolean =>
  headers.authorization !== undefined ||
  (headers.cookie !== undefined && signInCookies.some((name) => cookieValue(headers, name) !== undefined));

/** Answers looks at labels that were made; anything unusual, and what is not known, is left to the usual way. */
export function scanShortcut(desk: ScanDesk, placeOf: (req: IncomingMessage) => string): Shortcut {
  return (req) => {
    const typed = printedPath.exec(req.url ?? '')?.[1];
    if (typed === undefined || (req.method !== 'GET' && req.method !== 'HEAD')) return undefined;
    if (isSignedIn(req) || prefersJson(req.headers)) return undefined;
    const chosen = cookieValue(req.headers, 'lang');
    const look: Look = {
      language: isLanguage(chosen) ? chosen : acceptedLanguage(req.headers),
      saveData: req.headers['save-data'] === 'on',
      encoding: acceptedEncoding(req.headers),
      ifNoneMatch: req.headers['if-none-match'],
    };
    const known = desk.knownAnswer(typed, look);
    if (known !== undefined) return known;
    const read = readCode(typed);
    if (!read.ok) return undefined;
    return desk.answer({
      ...look,
      code: read.code,
      typed,
      place: placeOf(req),
      counts: req.method === 'GET' && isPersonsLook(req.headers),
    });
  };
}
