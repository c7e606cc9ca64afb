// scan: what a scan costs. A lot's page against a bare server that sends the same bytes; pages of units, each counted and told, against plain
// reads by id from the same store; waiting times at half that load; and the first page of a lot in a small store and in a large one.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { issueCode } from '../../src/codes/trace-code.ts';
import type { CodeKey } from '../../src/codes/trace-code.ts';
import { loadKeys } from '../../src/db/secrets.ts';
import { unitScanModel } from '../../src/scans/scans.model.ts';
import type { Bench, BenchResult, Benchmark, Row } from './bench.types.ts';
import { drive, makeTimes } from './load.ts';
import type { Driven, Percentiles } from './load.ts';
import { openRaw } from './raw-http.ts';
import type { RawAnswer, RawClient } from './raw-http.ts';
import { addUnitRuns, growStore, lotRunsOf } from './scan.store.ts';
import type { BenchServer } from './server.ts';

const phone = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate',
  'accept-language': 'vi-VN,vi;q=0.9',
  'user-agent': 'Mozilla/5.0 (Linux; Android 13; SM-A045F) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36',
};

const unitRuns = 20;
const unitsARun = 5000;
const largeStore = 1_000_000;
const uncachedPages = 200;

type Measured = { driven: Driven; times: Percentiles };

const load = async (
  { options: { clients } }: Bench,
  url: string,
  seconds: number,
  pathOf: () => string,
  pauseMs = 0,
): Promise<Measured> => {
  const raws: RawClient[] = await Promise.all(Array.from({ length: clients }, () => openRaw(url, phone)));
  const times = makeTimes();
  const startedMs = performance.now();
  const sent = new Array<number>(clients).fill(0);
  const driven = await drive({ clients, seconds }, async (client) => {
    if (pauseMs > 0) {
      // Each client has its turns at fixed moments; the waiting counts from the turn, whether the client was ready for it or not.
      const due = startedMs + (client / clients) * pauseMs + sent[client]! * pauseMs;
      sent[client]! += 1;
      const early = due - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    }
    const answer = await times.measure('get', () => raws[client]!.get(pathOf()));
    if (answer.status !== 200) throw new Error(`a page was answered ${answer.status}`);
  });
  for (const raw of raws) raw.close();
  return { driven, times: times.of('get') };
};

const headersOf = ({ head }: RawAnswer): Record<string, string> =>
  Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const)
      .filter(([name]) => !/^(date|connection|keep-alive)$/i.test(name)),
  );

/** Measures the bare server with the bytes of an answer, in a process of its own. */
const loadBare = async (bench: Bench, answer: RawAnswer, seconds: number): Promise<Measured> => {
  const script = path.join(import.meta.dirname, `bare-process${path.extname(import.meta.filename)}`);
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = fork(script, [], { execArgv: script.endsWith('.ts') ? ['--import', tsx] : [] });
  try {
    child.send({ headers: headersOf(answer), body: answer.body.toString('base64') });
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    await load(bench, url, seconds / 4, () => '/');
    return await load(bench, url, seconds, () => '/');
  } finally {
    child.disconnect();
  }
};

const one = async (url: string, where: string): Promise<RawAnswer> => {
  const raw = await openRaw(url, phone);
  const answer = await raw.get(where);
  raw.close();
  if (answer.status !== 200) throw new Error(`${where}: ${answer.status}`);
  return answer;
};

/** Milliseconds until the page of a lot that nobody has opened yet, one after the other: the median of many. */
const uncached = async (server: BenchServer, codes: readonly string[]): Promise<Percentiles> => {
  const raw = await openRaw(server.url, phone);
  const times = makeTimes();
  for (const [at, code] of codes.entries()) {
    const answer = await times.measure(at < 20 ? 'warm-up' : 'page', () => raw.get(`/T/${code}`));
    if (answer.status !== 200 || !gunzipSync(answer.body).includes('</html>')) throw new Error('not a page');
  }
  raw.close();
  return times.of('page');
};

const perSecond = ({ driven }: Measured): number => driven.perSecond;

const row = (what: string, { driven, times }: Measured): Row => ({
  what,
  count: driven.done,
  perSecond: driven.perSecond,
  p50Ms: times.p50Ms,
  p99Ms: times.p99Ms,
});

/** Plain reads by id of the same records, through the driver, with as many clients. */
const loadReads = async ({ db, options: { clients, seconds } }: Bench, codeOf: () => string): Promise<Measured> => {
  const { collection } = unitScanModel(db);
  const times = makeTimes();
  const read = () => times.measure('read', () => collection.findOne({ _id: codeOf() } as never));
  await drive({ clients, seconds: seconds / 4 }, async () => void (await read()));
  const driven = await drive({ clients, seconds }, async () => void (await read()));
  return { driven, times: times.of('read') };
};

const lotCodes = async ({ db }: Bench, key: CodeKey, most: number): Promise<string[]> =>
  (await lotRunsOf(db, most)).map((run) => issueCode(key, { run, unit: 0 }));

const run = async (bench: Bench): Promise<BenchResult> => {
  const { seconds } = bench.options;
  const server = await bench.startServer();
  const { codeKey } = await loadKeys(bench.db, { codeKeyHex: undefined, sessionKeyHex: undefined });
  const runs = await addUnitRuns(bench.db, unitRuns, unitsARun);
  const lots = await lotCodes(bench, codeKey, uncachedPages);
  const units = runs.flatMap((number) =>
    Array.from({ length: unitsARun }, (_, unit) => issueCode(codeKey, { run: number, unit })),
  );
  const anyUnit = (): string => units[Math.floor(Math.random() * units.length)]!;

  bench.say('uncached pages in the small store');
  const small = await uncached(server, lots);

  bench.say('a lot’s page, and a bare server');
  const lotPath = `/T/${lots[0]!}`;
  await load(bench, server.url, seconds / 4, () => lotPath);
  const lot = await load(bench, server.url, seconds, () => lotPath);
  const bare = await loadBare(bench, await one(server.url, lotPath), seconds);

  bench.say('pages of units, and plain reads');
  await load(bench, server.url, seconds / 4, () => `/T/${anyUnit()}`);
  const unit = await load(bench, server.url, seconds, () => `/T/${anyUnit()}`);
  const reads = await loadReads(bench, anyUnit);
  const pauseMs = (bench.options.clients / (perSecond(unit) / 2)) * 1000;
  const half = await load(bench, server.url, seconds, () => `/T/${anyUnit()}`, pauseMs);

  bench.say(`filling the store up to ${largeStore} batches`);
  const grown = await growStore(bench.db, largeStore, (line) => bench.say(line));
  const later = await bench.startServer();
  const large = await uncached(later, lots);

  const ratio = (value: number): number => Math.round(value * 100) / 100;
  const measured = [lot, bare, unit, reads, half];
  return {
    rows: [
      row('page of a lot', lot),
      row('bare node:http, same bytes', bare),
      row('pages of units, counted', unit),
      row('findOne by _id', reads),
      row('pages of units at half load', half),
      { what: 'uncached page, small store', count: small.count, p50Ms: small.p50Ms, p99Ms: small.p99Ms },
      { what: 'uncached page, large store', count: large.count, p50Ms: large.p50Ms, p99Ms: large.p99Ms },
    ],
    figures: {
      lotRatio: ratio(perSecond(lot) / perSecond(bare)),
      unitRatio: ratio(perSecond(unit) / perSecond(reads)),
      p99Ms: half.times.p99Ms,
      growth: ratio(large.p50Ms / small.p50Ms),
    },
    results: { unitCodes: units.length, batchesSmall: bench.options.batches, batchesLarge: grown },
    baseline: {
      words:
        'a bare node:http server in its own process that sends the same bytes, loaded by the same generator; and findOne by _id of the same scan records through the driver',
      barePerSecond: perSecond(bare),
      readsPerSecond: perSecond(reads),
    },
    failures: measured.flatMap(({ driven }) => driven.failures),
  };
};

export const scan: Benchmark = {
  name: 'scan',
  about: 'pages of lots and units against a bare server and plain reads, waiting times, growth to a million batches',
  defaults: { seconds: 10, clients: 32, batches: 1000, seed: 7 },
  run,
};
