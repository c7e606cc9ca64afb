// From settings to a listening server, and back again in the other order.
import type http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { sweepAccounts } from './accounts/retention.service.ts';
import { createApp } from './app.ts';
import { finishChangeNotes } from './audit/changes.ts';
import type { Config } from './config.ts';
import { connectStore } from './db/connect.ts';
import { ensureIndexes } from './db/indexes.ts';
import { migrate } from './db/migrations.ts';
import { loadKeys } from './db/secrets.ts';
import { openStore } from './db/store.ts';
import { sweepFiles } from './files/files.sweep.ts';
import { makeServer } from './http/server.ts';
import { finishImports } from './imports/imports.storing.service.ts';
import { followCatalog } from './catalog/catalog.entries.service.ts';
import { checkWaitingRuns } from './labels/labels.check.service.ts';
import { finishReturns } from './labels/labels.voiding.service.ts';
import { finishLineages } from './batches/batches.lineage.service.ts';
import { finishLabelTakes } from './labels/labels.service.ts';
import { sizeOfLetters } from './labels/labels.text.ts';
import { removeKeptLongEnough } from './personal/personal.retention.service.ts';
import { finishProducerNumbers } from './producers/producers.service.ts';
import { followUpRecallsSince } from './recalls/recalls.service.ts';
import { followUpSince } from './steps/steps.guards.service.ts';
import { openPlaces } from './scans/scans.place.service.ts';
import { usualRetention } from './retention.ts';
import type { Deps } from './deps.ts';

export type Running = { deps: Deps; url: string; storeKind: string; close(): Promise<void> };

const drainMs = 10_000;
const oneMinuteMs = 60_000;
// No request lasts this long, and what a crash cut off is not older than this.
const tenMinutesMs = 600_000;
const oneDayMs = 86_400_000;

const finishTakesAndRecalls = async ({ db }: Deps, now: Date): Promise<void> => {
  await finishChangeNotes(db);
  await finishProducerNumbers(db);
  await finishLineages(db);
  await finishLabelTakes(db, new Date(now.getTime() - tenMinutesMs));
  await followUpRecallsSince(db, new Date(now.getTime() - oneDayMs));
  await finishReturns(db, new Date(now.getTime() - oneDayMs));
};

/**
 * Finishes what a crash may have left between a record and what follows from it: takes of units and marks of recalls before the first
 * request, the guards of a day's steps beside them, and all of it again every ten minutes. Returns how to stop it.
 */
const finishInterrupted = async (deps: Deps): Promise<() => Promise<void>> => {
  const { db, log, clock } = deps;
  const readBackRuns = (): Promise<void> =>
    checkWaitingRuns({ db, codeKey: deps.keys.codeKey, clock, minimumPt: sizeOfLetters(deps.smallestLetterMm) });
  await finishTakesAndRecalls(deps, clock());
  const guards = async (sinceMs: number): Promise<void> => {
    const now = clock();
    await followUpSince(db, new Date(now.getTime() - sinceMs), now);
  };
  let isStopped = false;
  const unlessStopped = (error: unknown): void => {
    if (!isStopped) log.error({ err: error }, 'finishing interrupted work failed; it is tried again in ten minutes');
  };
  let running = guards(oneDayMs)
    .then(readBackRuns)
    .then(() => finishImports(db, clock(), true))
    .catch(unlessStopped);
  const sweep = async (): Promise<void> => {
    await finishTakesAndRecalls(deps, clock());
    await guards(2 * tenMinutesMs);
    await sweepFiles(db, clock());
    await sweepAccounts(db, clock());
    const removed = await removeKeptLongEnough(db, deps.retention ?? usualRetention, clock());
    if (removed !== undefined) log.info({ removed }, 'what was kept long enough is removed');
    await finishImports(db, clock());
  };
  const timer = setInterval(() => {
    running = running.then(sweep).catch(unlessStopped);
  }, tenMinutesMs);
  // A run that another process left half read is waited for by somebody.
  let isReading = false;
  const readings = setInterval(() => {
    if (isReading) return;
    isReading = true;
    void readBackRuns()
      .catch(unlessStopped)
      .finally(() => (isReading = false));
  }, oneMinuteMs);
  return async () => {
    isStopped = true;
    clearInterval(timer);
    clearInterval(readings);
    // A long look back at many steps is left off where it is; the next start takes it up again.
    await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 1000))]);
  };
};

// A pass takes longer with more products; it may take at most a fiftieth of the time.
const leastPauseMs = 10_000;
const pausePerPass = 50;

/** Keeps the public search in step with the records, pass after pass. Returns how to stop it. */
const keepSearchInStep = ({ db, log, clock }: Deps): (() => Promise<void>) => {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const pass = async (): Promise<void> => {
    const startedMs = Date.now();
    try {
      await followCatalog(db, clock());
    } catch (error) {
      if (!isStopped) log.error({ err: error }, 'the search could not be brought in step; it is tried again soon');
    }
    const pauseMs = Math.max(leastPauseMs, (Date.now() - startedMs) * pausePerPass);
    if (isStopped) return;
    timer = setTimeout(() => {
      running = pass();
    }, pauseMs);
  };
  let running = pass();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 1000))]);
  };
};

const listen = async (config: Config): Promise<http.Server> => {
  const server = makeServer();
  // Until the store is open, whoever comes is told to come again.
  server.on('request', (_req, res) => {
    res
      .writeHead(503, { 'Retry-After': '2', 'Content-Type': 'text/plain; charset=utf-8' })
      .end('Đang mở sổ. Opening the records.\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`PORT ${config.port} is taken by another program; choose another PORT.`, { cause: error })
          : error,
      ),
    );
    server.listen(config.port, config.host, resolve);
  });
  return server;
};

const stopListening = (server: http.Server): Promise<void> =>
  new Promise((resolve) => {
    // Whoever is still talking is told to end the connection with the answer.
    server.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'));
    const force = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });

/** Opens the store, makes the indexes, loads the keys and serves. Throws with a plain message when any of it can't be done. */
export async function startServer(config: Config, log: Logger, clock: () => Date = () => new Date()): Promise<Running> {
  const server = await listen(config);
  const port = (server.address() as AddressInfo).port;
  const baseUrl = config.baseUrl ?? `http://localhost:${port}`;
  const undo: (() => Promise<void>)[] = [() => stopListening(server)];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0)) await step();
  };
  try {
    const store = await openStore({
      mongodbUri: config.mongodbUri,
      dataDir: config.dataDir,
      databaseName: config.databaseName,
      cacheDir: config.engineCacheDir,
      log,
    });
    undo.push(() => store.close());
    const db = await connectStore(store, log);
    undo.splice(1, 0, () => db.close());
    await migrate(db, log);
    const keys = await loadKeys(db, { codeKeyHex: config.codeKeyHex, sessionKeyHex: config.sessionKeyHex });
    const { trustedProxies, fileLimits, smallestLetterMm, retention, authority, mapTiles } = config;
    const placeOf = await openPlaces({ ...config.geo, trustedProxies });
    const deps: Deps = {
      ...{ db, log, clock, keys, baseUrl, trustedProxies, placeOf },
      ...{ fileLimits, smallestLetterMm, retention, authority, mapTiles },
    };
    const app = createApp(deps);
    await ensureIndexes(db, log);
    const stopFinishing = await finishInterrupted(deps);
    undo.splice(1, 0, stopFinishing, () => app.close());
    undo.splice(1, 0, keepSearchInStep(deps));
    server.removeAllListeners('request');
    server.on('request', app.handle);
    return { deps, url: `http://localhost:${port}`, storeKind: store.kind, close };
  } catch (error) {
    await close();
    throw error;
  }
}
