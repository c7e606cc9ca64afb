// Products for marketplaces as CSV and JSON: all of them, and those of one producer. Written while they are read, so that neither this process
// nor the reader waits for the whole.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response, Router } from 'express';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { csvLines, csvStart } from '../importing/csv-out.ts';
import { paths } from '../paths.ts';
import { feedProducts, feedStamp, publicProducerId } from './catalog.feed.service.ts';
import { feedColumns, feedItemOf, feedRow, feedSchema } from './catalog.feed.view.ts';
import type { FoundProduct } from './catalog.types.ts';

type Format = 'csv' | 'json';
type Chunks = AsyncIterable<FoundProduct[]>;

async function* csvOf(chunks: Chunks, { baseUrl }: Deps, now: Date): AsyncGenerator<string> {
  yield csvStart + csvLines([feedColumns]);
  for await (const chunk of chunks) yield csvLines(chunk.map((found) => feedRow(feedItemOf(found, baseUrl, now))));
}

async function* jsonOf(chunks: Chunks, { baseUrl }: Deps, now: Date): AsyncGenerator<string> {
  const head = { schema: baseUrl + paths.feedSchema, source: baseUrl, checkedAt: now.toISOString() };
  yield `${JSON.stringify(head).slice(0, -1)},"products":[`;
  let separator = '\n';
  for await (const chunk of chunks)
    for (const found of chunk) {
      yield separator + JSON.stringify(feedItemOf(found, baseUrl, now));
      separator = ',\n';
    }
  yield '\n]}\n';
}

const types = { csv: 'text/csv; charset=utf-8; header=present', json: 'application/json; charset=utf-8' } as const;

// A reader that goes away in the middle is no fault; a store that does cuts the answer off, so that half a list is never taken for a whole.
const isReaderGone = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';

const sendFeed = async (
  { req, res, deps }: { req: Request; res: Response; deps: Deps },
  format: Format,
  producerId: string | undefined,
): Promise<void> => {
  const now = deps.clock();
  const stamp = await feedStamp(deps.db, producerId, now);
  res.set('Cache-Control', 'no-cache').set('ETag', `W/"${stamp}-${format}"`).set('Content-Type', types[format]);
  // For scripts of other sites: everything in it is public.
  res.set('Access-Control-Allow-Origin', '*');
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  if (format === 'csv') res.attachment(producerId === undefined ? 'san-pham-ocop.csv' : 'san-pham.csv');
  res.set('Content-Type', types[format]);
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  const chunks = feedProducts(deps.db, producerId, now);
  const text = format === 'csv' ? csvOf(chunks, deps, now) : jsonOf(chunks, deps, now);
  try {
    await pipeline(Readable.from(text), res);
  } catch (error) {
    if (!isReaderGone(error)) throw error;
  }
};

/** Adds the feeds and the schema of the JSON. */
export function addFeedPages(pages: Router, deps: Deps): void {
  const everybody =
    (format: Format): RequestHandler =>
    (req, res) =>
      sendFeed({ req, res, deps }, format, undefined);
  const oneProducer =
    (format: Format): RequestHandler<{ slug: string }> =>
    async (req, res) => {
      const producerId = await publicProducerId(deps.db, req.params.slug);
      if (producerId === undefined) throw new AppError('producer-not-found');
      await sendFeed({ req: req, res, deps }, format, producerId);
    };
  pages.get(paths.feed('csv'), everybody('csv'));
  pages.get(paths.feed('json'), everybody('json'));
  pages.get(paths.feedSchema, (_req, res) => {
    res.set('Access-Control-Allow-Origin', '*').set('Cache-Control', 'no-cache');
    res.type('application/schema+json').send(JSON.stringify(feedSchema(deps.baseUrl)));
  });
  pages.get('/o/:slug/products.csv', oneProducer('csv'));
  pages.get('/o/:slug/products.json', oneProducer('json'));
}
