// GS1 Digital Link addresses: URL, read it, look it up, answer as the asker can read: a redirect to the page, JSON, or the linkset.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { readDigitalLink } from '../codes/digital-link.ts';
import type { DigitalLink, DigitalLinkFault } from '../codes/digital-link.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { languageOf } from '../http/language.ts';
import { sendPage } from '../http/pages.ts';
import { paths } from '../paths.ts';
import { linksetContext, linksetContextUrl, resolverDescription } from './links.context.view.ts';
import { findLink } from './links.service.ts';
import type { LinkTarget, UnknownPart } from './links.types.ts';
import { anchorOf, linkOfType, linksetJson, malformedView, typedLinks, unknownView } from './links.view.ts';

const linksetType = 'application/linkset+json';

const asOne = (value: unknown): string => (typeof value === 'string' ? value : '');

const setHeaders = (res: Response): void => {
  res.set('Cache-Control', 'no-cache');
  res.vary('Accept, Accept-Language, Cookie');
  // Programs on other sites may ask too; nothing here depends on who asks.
  res.set('Access-Control-Allow-Origin', '*');
};

const wants = (req: Request): 'html' | 'json' | 'linkset' => {
  const best = req.accepts(['html', 'json', linksetType]);
  return best === linksetType ? 'linkset' : best === 'json' ? 'json' : 'html';
};

/** Characters that no page should show are left out; long junk is cut. */
const shown = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, '').slice(0, 120);

const sendMalformed = (req: Request, res: Response, fault: DigitalLinkFault): void => {
  if (wants(req) !== 'html') throw new AppError('link-malformed', { reason: fault.reason });
  const view = malformedView(languageOf(res), shown(req.path), fault);
  sendPage(req, res, 'links/unknown', view, { title: view.title, layout: 'public', status: 400 });
};

const sendUnknown = (req: Request, res: Response, part: UnknownPart, link: DigitalLink): void => {
  if (wants(req) !== 'html') throw new AppError('link-unknown', { unknown: part });
  const asked = { gtin: link.gtin14, lot: shown(link.lot ?? ''), serial: shown(link.serial ?? '') };
  const view = unknownView(languageOf(res), part, asked);
  sendPage(req, res, 'links/unknown', view, { title: view.title, layout: 'public', status: 404 });
};

/** What came behind the `?` goes along, but for what was meant for us. */
const restOfQuery = (req: Request): string => {
  const query = new URLSearchParams(req.originalUrl.split('?').slice(1).join('?'));
  query.delete('linkType');
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
};

const sendFound = (req: Request, res: Response, { baseUrl }: Deps, target: LinkTarget): void => {
  const anchor = anchorOf(baseUrl, target.link);
  const asked = asOne(req.query['linkType']);
  res.append('Link', `<${anchor}?linkType=linkset>; rel="linkset"; type="${linksetType}"`);
  if (asked === 'linkset' || asked === 'all' || (asked === '' && wants(req) === 'linkset')) {
    const context = `<${linksetContextUrl(baseUrl)}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`;
    res
      .append('Link', context)
      .type(linksetType)
      .send(JSON.stringify(linksetJson(baseUrl, target)));
    return;
  }
  if (asked !== '') {
    const href = linkOfType(typedLinks(baseUrl, target), asked, languageOf(res));
    if (href === undefined) throw new AppError('link-type-unknown', { linkType: shown(asked) });
    res.redirect(302, href.startsWith(baseUrl) ? href.slice(baseUrl.length) : href);
    return;
  }
  const page = target.code === undefined ? paths.product(target.slug) : paths.scan(target.code);
  res.redirect(302, `${page}${restOfQuery(req)}`);
};

const openLink =
  (deps: Deps) =>
  async (req: Request, res: Response): Promise<void> => {
    setHeaders(res);
    const read = readDigitalLink(req.path.replace(/(.)\/$/, '$1'));
    if (!read.ok) {
      sendMalformed(req, res, read);
      return;
    }
    const { ok: _ok, ...link } = read;
    const answer = await findLink(deps.db, deps.keys.codeKey, link, deps.clock());
    if ('unknown' in answer) sendUnknown(req, res, answer.unknown, link);
    else sendFound(req, res, deps, answer.found);
  };

/** Digital Links and what programs read about them. Paths are matched without decoding, so that no junk in them becomes a fault. */
export function linksPages(deps: Deps): Router {
  const pages = express.Router();
  pages.get(paths.linksetContext, (_req, res) => {
    res.set('Access-Control-Allow-Origin', '*').set('Cache-Control', 'public, max-age=86400');
    res.type('application/ld+json').send(JSON.stringify(linksetContext));
  });
  pages.get(paths.gs1Resolver, (_req, res) => {
    res.set('Access-Control-Allow-Origin', '*').set('Cache-Control', 'no-cache');
    res.json(resolverDescription(deps.baseUrl));
  });
  pages.get(/^\/01\/./, openLink(deps));
  return pages;
}
