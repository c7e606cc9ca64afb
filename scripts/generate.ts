// npm run generate -- --batches 1000 --seed 7: fills a store with made-up producers, lots, journals and label runs, marked DỮ LIỆU MẪU.
import { parseArgs } from 'node:util';
import pino from 'pino';
import { traceUrl } from '../src/codes/digital-link.ts';
import { issueCode } from '../src/codes/trace-code.ts';
import { readConfig } from '../src/config.ts';
import type { Config } from '../src/config.ts';
import { connectStore } from '../src/db/connect.ts';
import type { Db } from '../src/db/connect.ts';
import { loadKeys } from '../src/db/secrets.ts';
import { StoreError } from '../src/db/store-error.ts';
import { openStore } from '../src/db/store.ts';
import { labelRunModel } from '../src/labels/labels.model.ts';
import { fillStore } from './generate/fill.ts';
import type { Filled } from './generate/fill.ts';
import { defaults, readSettings } from './generate/settings.ts';
import type { Settings } from './generate/settings.ts';

const usage = `npm run generate -- [--batches ${defaults.batches}] [--seed ${defaults.seed}] [--until ${defaults.until}]
Into the MongoDB of MONGODB_URI, or the embedded store of DATA_DIR while no server has it open.`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const grouped = new Intl.NumberFormat('en');

const printFilled = ({ counts }: Filled, milliseconds: number): void => {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  for (const [collection, count] of Object.entries(counts))
    print(`${collection.padEnd(22)}${grouped.format(count).padStart(12)}`);
  print(`${'in all'.padEnd(22)}${grouped.format(total).padStart(12)}`);
  const rate = Math.round((total / milliseconds) * 1000);
  print(`${(milliseconds / 1000).toFixed(1)} s with indexes, ${grouped.format(rate)} documents a second`);
};

const printScanPage = async (db: Db, config: Config, { settings }: Filled): Promise<void> => {
  const { codeKey } = await loadKeys(db, { codeKeyHex: config.codeKeyHex, sessionKeyHex: config.sessionKeyHex });
  const run = await labelRunModel(db)
    .findOne({ runNumber: { $gte: settings.firstRun } })
    .sort({ runNumber: 1 })
    .lean();
  if (run !== null)
    print(`a scan page: ${traceUrl(settings.baseUrl, issueCode(codeKey, { run: run.runNumber, unit: 0 }))}`);
};

/** Says how far it is, at most every five seconds. */
const progress = (): ((collection: string, count: number) => void) => {
  let [written, saidMs] = [0, Date.now()];
  return (_collection, count) => {
    written += count;
    if (Date.now() - saidMs < 5000) return;
    saidMs = Date.now();
    process.stderr.write(`${grouped.format(written)} documents\n`);
  };
};

const generate = async (settings: Omit<Settings, 'firstRun'>, config: Config): Promise<void> => {
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const { mongodbUri, dataDir, databaseName, engineCacheDir: cacheDir } = config;
  const store = await openStore({ mongodbUri, dataDir, databaseName, cacheDir, log });
  try {
    const db = await connectStore(store, log);
    try {
      const startedMs = performance.now();
      const filled = await fillStore(db, settings, { log, onWritten: progress() });
      printFilled(filled, performance.now() - startedMs);
      await printScanPage(db, config, filled);
    } finally {
      await db.close();
    }
  } finally {
    await store.close();
  }
};

const explain = (error: unknown): string => {
  if (error instanceof StoreError) return `${error.messages.vi}\n${error.messages.en}`;
  return error instanceof Error ? error.message : String(error);
};

const text = { type: 'string' } as const;

try {
  const options = { batches: text, seed: text, until: text, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ options, strict: true });
  if (values.help === true) print(usage);
  else {
    const config = readConfig(process.env);
    await generate({ ...readSettings(values), baseUrl: config.baseUrl ?? defaults.baseUrl }, config);
  }
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
