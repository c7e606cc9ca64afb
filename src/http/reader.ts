// What a request says about its reader, from the headers alone: the same answers for Express and for the shortcut before it.
import type { IncomingHttpHeaders } from 'node:http';
import express from 'express';
import type { Request } from 'express';
import { isLanguage, languages } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import type { Encoding } from './slotted-page.ts';

type Headers = IncomingHttpHeaders;

const mostKnown = 2000;

/** Answers by header: few different ones come, and each is read once. */
const remembered = <T>(read: (header: string | undefined) => T): ((header: string | undefined) => T) => {
  const known = new Map<string | undefined, T>();
  return (header) => {
    const found = known.get(header);
    if (found !== undefined) return found;
    const value = read(header);
    if (known.size >= mostKnown) known.clear();
    known.set(header, value);
    return value;
  };
};

// Express reads these from the headers and from nothing else.
const asked = (headers: Headers): Request => Object.assign(Object.create(express.request) as Request, { headers });

const readLanguage = remembered((header): Language => {
  const best = asked({ 'accept-language': header }).acceptsLanguages([...languages]);
  return isLanguage(best) ? best : 'vi';
});

/** The language of Accept-Language, else Vietnamese. */
export function acceptedLanguage(headers: Headers): Language {
  return readLanguage(headers['accept-language']);
}

const readJson = remembered((header) => asked({ accept: header }).accepts(['html', 'json']) === 'json');

/** JSON only for who asks for it and not for a page. */
export function prefersJson(headers: Headers): boolean {
  return readJson(headers.accept);
}

const readEncoding = remembered((header): Encoding =>
  asked({ 'accept-encoding': header }).acceptsEncodings(['gzip', 'identity']) === 'gzip' ? 'gzip' : 'identity',
);

export function acceptedEncoding(headers: Headers): Encoding {
  const header = headers['accept-encoding'];
  return readEncoding(Array.isArray(header) ? header.join(',') : header);
}

/** The value of a cookie as it was sent; undefined when it is not there. */
export function cookieValue(headers: Headers, name: string): string | undefined {
  for (const pair of headers.cookie?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

const first = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? '') : (value ?? '');

// Machines that say so: crawlers, makers of link previews, watchers and programs.
const machines =
  /bot\b|bot[/;)\s]|crawl|spider|slurp|preview|facebookexternalhit|facebookcatalog|whatsapp\/|telegrambot|curl\/|wget\/|python|okhttp|java\/|go-http|axios|undici|^node|headless|monitor|uptime|pingdom|lighthouse/i;

/** Whether a person looks at this answer: not a program, by what it says of itself, and not a browser that fetches ahead. */
export function isPersonsLook(headers: Headers): boolean {
  const agent = headers['user-agent'] ?? '';
  const purpose = `${first(headers['sec-purpose'])} ${first(headers['purpose'])} ${first(headers['x-purpose'])} ${first(headers['x-moz'])}`;
  return agent !== '' && !machines.test(agent) && !/prefetch|prerender|preview/i.test(purpose);
}
