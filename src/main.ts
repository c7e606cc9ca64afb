// Start and stop: settings, store, app, listen. The only file with process.exit and signals.
import path from 'node:path';
import pino from 'pino';
import { readConfig } from './config.ts';
import { makeLog } from './log.ts';
import { StoreError } from './db/store-error.ts';
import { startServer } from './start.ts';
import type { Running } from './start.ts';
import { printDemoLinks, printFirstSteps } from './sample/welcome.ts';

const isDemo = process.argv.includes('--demo');

const explain = (error: unknown): string => {
  if (error instanceof StoreError) return `${error.messages.vi}\n${error.messages.en}`;
  return error instanceof Error ? error.message : String(error);
};

const stopOnSignals = (running: Running): void => {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    running.deps.log.info({ signal }, 'stopping');
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        running.deps.log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

try {
  const config = readConfig(process.env);
  const log = makeLog(config.logLevel, pino.destination({ dest: 2, sync: true }));
  const running = await startServer(config, log);
  stopOnSignals(running);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  if (isDemo) await printDemoLinks(running, path.resolve('demo-output'), print);
  else await printFirstSteps(running, print);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
