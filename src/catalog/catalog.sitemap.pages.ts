// What search engines read first: robots.txt, and the list of public pages in files of 50,000.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response, Router } from 'express';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { paths } from '../paths.ts';
import { setCaching } from './catalog.caching.ts';
import { sitemapPart, sitemapParts } from './catalog.sitemap.service.ts';
import type { ListedPage } from './catalog.sitemap.service.ts';
import { element, xmlDocument } from './catalog.xml.view.ts';

const fixedPages = [
  paths.home,
  paths.check,
  paths.search,
  paths.recalls,
  paths.scoreCards,
  paths.protocols,
  paths.privacy,
] as const;

const closed = [paths.app, paths.office, paths.admin, '/api'] as const;

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

const urlOf = (loc: string, changedAt?: Date) =>
  element('url', {}, [
    element('loc', {}, loc),
    ...(changedAt === undefined ? [] : [element('lastmod', {}, changedAt.toISOString())]),
  ]);

const pathOf = ({ kind, found }: ListedPage): string =>
  kind === 'product' ? paths.product(found.slug) : paths.producer(found.slug);

async function* documentOf(chunks: AsyncIterable<ListedPage[]>, baseUrl: string): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${namespace}">\n`;
  for await (const pages of chunks)
    yield pages.map((page) => `${urlOf(baseUrl + pathOf(page), page.changedAt).xml}\n`).join('');
  yield '</urlset>\n';
}

const sendXml = (res: Response, xml: string): void => void res.type('application/xml').send(xml);

/** Adds them. */
export function addSitemapPages(pages: Router, { db, clock, baseUrl }: Deps): void {
  pages.get(paths.robots, (_req, res) => {
    setCaching(res);
    const lines = [
      'User-agent: *',
      ...closed.map((path) => `Disallow: ${path}`),
      `Sitemap: ${baseUrl}${paths.sitemap}`,
    ];
    res.type('text/plain').send(`${lines.join('\n')}\n`);
  });
  pages.get(paths.sitemap, async (_req, res) => {
    setCaching(res);
    const parts = ['pages', ...Array.from({ length: await sitemapParts(db) }, (_, place) => place + 1)];
    const list = parts.map((part) => element('sitemap', {}, [element('loc', {}, baseUrl + paths.sitemapPart(part))]));
    sendXml(res, xmlDocument(element('sitemapindex', { xmlns: namespace }, list)));
  });
  pages.get(paths.sitemapPart('pages'), (_req, res) => {
    setCaching(res);
    const list = fixedPages.map((path) => urlOf(baseUrl + path));
    sendXml(res, xmlDocument(element('urlset', { xmlns: namespace }, list)));
  });
  pages.get('/sitemaps/:part.xml', async (req, res) => {
    setCaching(res);
    const { part } = req.params;
    const listed = /^[1-9]\d{0,4}$/.test(part) ? await sitemapPart(db, Number(part), clock()) : undefined;
    if (listed === undefined) throw new AppError('page-not-found');
    await pipeline(Readable.from(documentOf(listed, baseUrl)), res.type('application/xml'));
  });
}
