// One real store for the whole run: the embedded engine over a temporary folder, or the MongoDB of MONGODB_URI.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { connectStore, type Db } from '../../src/db/connect.ts';
import { openStore, type Store } from '../../src/db/store.ts';
import type { StoreLog } from '../../src/db/store-log.ts';

export type TestStore = { uri: string; close(): Promise<void> };

type Running = { store: Store; folder: string };

/** A log that nobody reads. */
export const silentLog: StoreLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

let running: Promise<Running> | undefined;
const databases = new Set<Db>();

/** The address of the run's store, started with the first call. */
export async function testStore(): Promise<TestStore> {
  const { store } = await start();
  return { uri: store.uri, close: closeTestStore };
}

/** A connection to a new, empty database of the run's store; dropped and closed at the end of the run. */
export async function freshDatabase(): Promise<Db> {
  const { store } = await start();
  const databaseName = `test-${randomBytes(5).toString('hex')}`;
  const db = await connectStore({ uri: store.uri, databaseName }, silentLog);
  databases.add(db);
  return db;
}

/** Drops what the run made and stops the store; does nothing where no test asked for one. */
export async function closeTestStore(): Promise<void> {
  const opened = await running?.catch(() => undefined);
  running = undefined;
  if (opened === undefined) return;
  const { store, folder } = opened;
  for (const db of databases) {
    if (store.kind === 'mongodb') await db.dropDatabase();
    await db.close();
  }
  databases.clear();
  await store.close();
  await rm(folder, { recursive: true, force: true });
}

function start(): Promise<Running> {
  running ??= open();
  return running;
}

async function open(): Promise<Running> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ocop-test-'));
  const mongodbUri = process.env['MONGODB_URI'] || undefined;
  try {
    const store = await openStore({ mongodbUri, dataDir: folder, databaseName: 'test', log: silentLog });
    return { store, folder };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
