// page: what a buyer's phone gets and when it can be read: bytes, requests and the moments of paint of the sample's scan pages, in Chromium.
import { brotliCompressSync, constants, gunzipSync, gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import type { Bench, BenchResult, Benchmark, Json } from './bench.types.ts';
import { requireStatus } from './http.ts';
import { openBrowser, readAlone, slow3g, slow4g, visit } from './page.browser.ts';
import type { Line, Visit } from './page.browser.ts';
import { samplePages } from './page.sample.ts';

const visits = 5;

const kb = (bytes: number): number => Math.round(bytes / 102.4) / 10;
const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
const worst = (values: readonly number[]): number => Math.max(...values);

const brotli = (bytes: Buffer, quality: number): number =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;

const partsOf = (html: string, pattern: RegExp): Buffer =>
  Buffer.from([...html.matchAll(pattern)].map(([whole]) => whole).join(''));

/** What the document itself weighs, by its parts. */
const weights = (html: Buffer): Record<string, Json> => {
  const text = html.toString('utf8');
  const css = partsOf(text, /<style>[\s\S]*?<\/style>/g);
  return {
    htmlRawKb: kb(html.length),
    htmlGzip9Kb: kb(gzipSync(html, { level: 9 }).length),
    htmlBrotli4Kb: kb(brotli(html, 4)),
    htmlBrotli11Kb: kb(brotli(html, 11)),
    cssRawKb: kb(css.length),
    cssBrotliKb: kb(brotli(css, 11)),
    mapRawKb: kb(partsOf(text, /<svg class="ban"[\s\S]*?<\/svg>/g).length),
    spriteRawKb: kb(partsOf(text, /<svg[^>]*>\s*<symbol[\s\S]*?<\/svg>/g).length),
    scripts: [...text.matchAll(/<script(?![^>]*type="application\/ld\+json")/g)].length,
  };
};

type Measured = { visit: Visit; fourG: Visit[]; threeG: Visit[] };

const several = async (browser: Browser, url: string, line: Line): Promise<Visit[]> => {
  const all: Visit[] = [];
  for (let turn = 0; turn < visits; turn += 1) all.push(await visit(browser, url, line));
  return all;
};

const measure = async (browser: Browser, url: string): Promise<Measured> => {
  // The first look warms the server, as a page that is scanned often is warm.
  await visit(browser, url, undefined);
  return {
    visit: await visit(browser, url, undefined),
    fourG: await several(browser, url, slow4g),
    threeG: await several(browser, url, slow3g),
  };
};

const figuresOf = ({ visit: { loaded, elements }, fourG, threeG }: Measured) => ({
  requests: loaded.length,
  transferKb: kb(loaded.reduce((sum, { bytesOnTheWire }) => sum + bytesOnTheWire, 0)),
  htmlKb: kb(loaded.find(({ mediaType }) => mediaType === 'text/html')?.bytesOnTheWire ?? 0),
  elements,
  photoKb: kb(
    loaded.filter(({ mediaType }) => mediaType.startsWith('image/')).reduce((sum, one) => sum + one.bytesOnTheWire, 0),
  ),
  fontsKb: kb(loaded.filter(({ url }) => url.endsWith('.woff2')).reduce((sum, one) => sum + one.bytesOnTheWire, 0)),
  scriptKb: kb(
    loaded
      .filter(({ mediaType }) => mediaType.includes('javascript'))
      .reduce((sum, one) => sum + one.bytesOnTheWire, 0),
  ),
  fcpSlow4gMs: Math.round(median(fourG.map(({ fcpMs }) => fcpMs))),
  lcpSlow4gMs: Math.round(median(fourG.map(({ lcpMs }) => lcpMs))),
  fcp3gMs: Math.round(median(threeG.map(({ fcpMs }) => fcpMs))),
  lcp3gMs: Math.round(median(threeG.map(({ lcpMs }) => lcpMs))),
  cls: Number(worst([...fourG, ...threeG].map(({ cls }) => cls)).toFixed(4)),
});

const foreign = ({ visit: { loaded }, fourG, threeG }: Measured, origin: string): string[] =>
  [loaded, ...fourG.map((one) => one.loaded), ...threeG.map((one) => one.loaded)]
    .flat()
    .filter(({ url }) => !url.startsWith(`${origin}/`))
    .map(({ url }) => `another host was asked: ${url}`);

/** Whether the words that count are there when nothing but the document came. */
const unread = async (browser: Browser, url: string, words: readonly RegExp[]): Promise<string[]> => {
  const text = await readAlone(browser, url);
  return words.filter((word) => !word.test(text)).map((word) => `${url} says nothing like ${String(word)} by itself`);
};

const byItself = {
  normal: [/Còn hiệu lực đến \d\d\/\d\d\/\d{4}/, /Lô này không bị thu hồi/, /Hạn dùng/],
  recalled: [/Đừng ăn\. Lô này đang bị thu hồi\./, /Ngừng dùng/],
};

const run = async (bench: Bench): Promise<BenchResult> => {
  // A database of its own beside the generated one: the sample goes into an empty store only.
  const name = `${bench.db.name}-page`;
  const db = bench.db.useDb(name, { useCache: false });
  const server = await bench.startServer({ DATABASE: name });
  const pages = await samplePages(db, 'https://truyxuat.example.vn');
  const http = bench.connect(server);
  const browser = await openBrowser();
  const failures: string[] = [];
  const results: Record<string, Json> = {};
  const rows: BenchResult['rows'] = [];
  try {
    for (const [kind, path] of Object.entries(pages) as ['normal' | 'recalled', string][]) {
      bench.say(`${kind}: ${visits} visits each on slow 4G and 3G`);
      const url = server.url + path;
      const measured = await measure(browser, url);
      const sent = await http.send({
        method: 'GET',
        path,
        headers: { accept: 'text/html', 'accept-encoding': 'gzip' },
      });
      const { body, headers } = requireStatus(sent, 200, kind);
      const html = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      const headBytes = Object.entries(headers).reduce(
        (sum, [key, value]) => sum + `${key}: ${String(value)}\r\n`.length,
        0,
      );
      results[kind] = { ...figuresOf(measured), ...weights(html), headersKb: kb(headBytes) };
      failures.push(...foreign(measured, server.url), ...(await unread(browser, url, byItself[kind])));
      const row = (what: string, seen: Visit[]) => {
        const times = seen.map(({ lcpMs }) => lcpMs);
        return {
          what: `${kind}, LCP on ${what}`,
          count: times.length,
          p50Ms: Math.round(median(times)),
          p99Ms: Math.round(worst(times)),
        };
      };
      rows.push(row('slow 4G', measured.fourG), row('3G', measured.threeG));
    }
  } finally {
    await browser.close();
    await db.dropDatabase();
  }
  const { htmlKb, requests, transferKb, lcpSlow4gMs, lcp3gMs } = results['normal'] as Record<string, number>;
  const cls = worst(Object.values(results).map((one) => (one as Record<string, number>)['cls'] ?? 0));
  return {
    rows,
    figures: {
      htmlKb: htmlKb ?? 0,
      requests: requests ?? 0,
      transferKb: transferKb ?? 0,
      lcpSlow4gMs: lcpSlow4gMs ?? 0,
      lcp3gMs: lcp3gMs ?? 0,
      cls,
    },
    results,
    baseline: {
      words:
        'the budgets of the design (docs/benchmarks.md): a page in one first TCP window and readable before anything else arrives',
      htmlKb: 13,
      requests: 6,
      transferKb: 60,
      lcpSlow4gMs: 1200,
      lcp3gMs: 1800,
      cls: 0.01,
    },
    failures,
  };
};

export const page: Benchmark = {
  name: 'page',
  about:
    'the scan page of the sample in Chromium at 360 by 800, cold, on slow 4G and 3G: bytes, requests, FCP, LCP, layout shift',
  defaults: { seconds: 1, clients: 1, batches: 10, seed: 1 },
  run,
};
