// Where the data lies: the MongoDB that MONGODB_URI names, or MongoDB's own engine in a process over DATA_DIR.
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from './child-command.ts';
import { cannotBeOpened, otherKind, takeDataDir, type DataDir, type StoreKind } from './data-dir.ts';
import { doesNotLoad, waysToLaunch, type Way } from './launch.ts';
import { taken } from './owner-file.ts';
import { forgetRunning, noteRunning } from './running-store.ts';
import { StoreError, reasonOf } from './store-error.ts';
import type { StoreLog } from './store-log.ts';
import { databaseOf, socketUri } from './store-uri.ts';
import { StartFailed, supervise, type Engine } from './supervisor.ts';

export type StoreOptions = {
  mongodbUri: string | undefined;
  dataDir: string;
  /** Used where the address names no database. */
  databaseName: string;
  /** Where the C library for an older system is kept. */
  cacheDir?: string;
  log: StoreLog;
};

export type Store = {
  uri: string;
  databaseName: string;
  kind: 'mongodb' | 'embedded' | 'mongod';
  /** The process over DATA_DIR; absent where MONGODB_URI is set. */
  engine?: Engine;
  close(): Promise<void>;
};

// After a kill -9 of the application its store process needs a moment to close the folder.
const waitForFormerMs = 15_000;
const askAgainMs = 250;

/** Opens the store that the settings ask for; throws StoreError. Pass it to `connectStore`. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { mongodbUri, databaseName, log } = options;
  if (mongodbUri !== undefined) {
    const named = databaseOf(mongodbUri) ?? databaseName;
    return { uri: mongodbUri, databaseName: named, kind: 'mongodb', close: () => Promise.resolve() };
  }
  const dataDir = path.resolve(options.dataDir);
  const folder = await takeDataDir(dataDir);
  try {
    const cacheDir = options.cacheDir ?? path.join(os.homedir(), '.cache', 'ocop-trace');
    const { kind, engine } = await startFirst(waysToLaunch(cacheDir, log), folder, log);
    log.info({ kind, folder: dataDir, pid: engine.pid() }, 'the store is open');
    await noteRunning(dataDir, engine.socketPath);
    const close = async (): Promise<void> => {
      try {
        await forgetRunning(dataDir);
        await engine.close();
      } finally {
        await folder.release();
      }
    };
    return { uri: socketUri(engine.socketPath), databaseName, kind, engine, close };
  } catch (error) {
    await folder.release();
    throw error;
  }
}

type Started = { kind: StoreKind; engine: Engine };

/** Starts the first way that runs here; a folder that is not empty is opened by what wrote it only. */
async function startFirst(ways: Way[], folder: DataDir, log: StoreLog): Promise<Started> {
  const reasons: string[] = [];
  for (const { kind, command } of ways) {
    if (folder.kind !== undefined && folder.kind !== kind) continue;
    try {
      const found = await command();
      await folder.remember(kind);
      return { kind, engine: await startOver(folder, found, log) };
    } catch (error) {
      if (error instanceof StoreError) throw error;
      reasons.push(`${kind}: ${reasonOf(error)}`);
    }
  }
  throw folder.kind === 'mongod' ? otherKind(folder.dataDir, folder.kind) : doesNotLoad(reasons);
}

/** Starts the process; throws StoreError where the folder is at fault, and StartFailed where the process is. */
async function startOver(folder: DataDir, command: Command, log: StoreLog): Promise<Engine> {
  const untilMs = Date.now() + waitForFormerMs;
  for (;;) {
    try {
      return await supervise(command, folder, log);
    } catch (error) {
      if (!(error instanceof StartFailed) || error.fault === 'does-not-load') throw error;
      if (error.fault === 'cannot-open') throw cannotBeOpened(folder.dataDir, error);
      if (Date.now() >= untilMs) throw taken(folder.dataDir, undefined);
      log.info({ folder: folder.dataDir }, 'waiting for the former store process to leave the folder');
      await wait(askAgainMs);
    }
  }
}
