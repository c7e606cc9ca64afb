// npm run import -- KIND FILE [--dry-run] [--skip-faulty]: looks at a list and stores it, as the administrators' page does.
import { readFile } from 'node:fs/promises';
import pino from 'pino';
import { addFeatureApis } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { connectStore } from '../src/db/connect.ts';
import { ensureIndexes } from '../src/db/indexes.ts';
import { loadKeys } from '../src/db/secrets.ts';
import { StoreError, reasonOf } from '../src/db/store-error.ts';
import { openStore } from '../src/db/store.ts';
import { createApi } from '../src/http/api.ts';
import { readCommand, runCommand } from '../src/imports/imports.command.ts';
import type { ImportCommand } from '../src/imports/imports.command.ts';
import { busyText, noFileText, usageText } from '../src/imports/imports.text.view.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const importInto = async (command: ImportCommand, bytes: Buffer): Promise<0 | 1> => {
  const config = readConfig(process.env);
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const { mongodbUri, dataDir, databaseName, engineCacheDir: cacheDir, codeKeyHex, sessionKeyHex } = config;
  const clock = () => new Date();
  const store = await openStore({ mongodbUri, dataDir, databaseName, cacheDir, log });
  try {
    const db = await connectStore(store, log);
    try {
      const keys = await loadKeys(db, { codeKeyHex, sessionKeyHex });
      // Every feature makes its collections known, so that what must be there once only has its index before anything is stored.
      addFeatureApis(createApi(), { db, log, clock, keys, baseUrl: config.baseUrl ?? '', trustedProxies: 0 });
      await ensureIndexes(db, log);
      return await runCommand(db, command, bytes, clock, print);
    } finally {
      await db.close();
    }
  } finally {
    await store.close();
  }
};

const explain = (error: unknown): string => {
  if (!(error instanceof StoreError)) return reasonOf(error);
  const words = `${error.messages.vi}\n${error.messages.en}`;
  return error.code === 'data-dir-taken' ? `${words}\n${busyText()}` : words;
};

const run = async (): Promise<number> => {
  const command = readCommand(process.argv.slice(2));
  if (command === undefined) {
    process.stderr.write(`${usageText()}\n`);
    return 1;
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(command.file);
  } catch (error) {
    process.stderr.write(`${noFileText(command.file, reasonOf(error))}\n`);
    return 1;
  }
  return importInto(command, bytes);
};

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
