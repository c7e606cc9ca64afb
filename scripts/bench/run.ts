// One run of a benchmark: a fresh store, filled; the benchmark; the report; everything ended.
import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { readConfig } from '../../src/config.ts';
import { addDays, dayOf } from '../../src/days.ts';
import { fillStore } from '../generate/fill.ts';
import type { Bench, Benchmark, Json } from './bench.types.ts';
import type { Ending } from './ending.ts';
import { openHttp } from './http.ts';
import type { BenchOptions } from './options.ts';
import { reportOf, tableOf } from './report.ts';
import { startBenchServer } from './server.ts';
import { openBenchStore } from './store.ts';
import type { BenchStore } from './store.ts';

// A public address, so that label runs are real ones that take units from the balance. Nothing is ever sent to it.
const baseUrl = 'https://truyxuat.example.vn';
// The generated work ends a while ago: no waiting time is left open that would refuse a harvest of today.
const quietDays = 30;

const settingsOf = (store: BenchStore): Record<string, string> => ({
  MONGODB_URI: store.uri,
  DATABASE: store.databaseName,
  HOST: '127.0.0.1',
  PORT: '0',
  BASE_URL: baseUrl,
  SESSION_KEY: randomBytes(32).toString('hex'),
  LOG_LEVEL: 'warn',
});

/** Runs it and prints the table. Returns the report; what was started is left to `ending`. */
export async function runBenchmark(
  benchmark: Benchmark,
  options: BenchOptions,
  ending: Ending,
  say: (line: string) => void,
): Promise<{ report: Record<string, Json>; failures: string[] }> {
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  say(`${benchmark.name}: ${benchmark.about}`);
  const store = await openBenchStore(readConfig(process.env), log, ending);
  const { batches, seed } = options;
  say(`filling the ${store.kind} store with ${batches} batches (seed ${seed})`);
  const until = addDays(dayOf(new Date()), -quietDays);
  const { settings: generated } = await fillStore(store.db, { batches, seed, until, baseUrl, sample: false }, { log });
  const fixed = settingsOf(store);
  const bench: Bench = {
    options,
    db: store.db,
    generated,
    startServer: (given = {}) => startBenchServer({ ...fixed, ...given }, ending),
    connect: ({ url }) => {
      const http = openHttp(url, options.clients);
      // First of all, so that no client keeps the server from ending.
      ending.later(() => Promise.resolve(http.close()));
      return http;
    },
    say,
  };
  const result = await benchmark.run(bench);
  say(`\n${tableOf(result.rows)}\n`);
  say(`compared with: ${result.baseline.words}`);
  for (const [name, value] of Object.entries(result.figures)) say(`${name}: ${value}`);
  return { report: reportOf(benchmark, options, store.kind, result), failures: result.failures };
}
