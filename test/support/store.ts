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

// Names of databases of apps that were closed: emptied, with their collections and indexes still there.
const emptied: string[] = [];

/**
 * A connection to an empty database for an app. One that an earlier app gave back is taken where there is one: the engine keeps the files of
 * dropped collections open, and a run that made two hundred files for every app would use up what a process may open.
 */
export async function appDatabase(): Promise<Db> {
  const databaseName = emptied.pop();
  if (databaseName === undefined) return freshDatabase();
  const { store } = await start();
  const db = await connectStore({ uri: store.uri, databaseName }, silentLog);
  databases.add(db);
  return db;
}

/** Empties the database of an app that was closed, for the next one. A connection that a test has closed is left alone. */
export async function giveBackDatabase(db: Db): Promise<void> {
  if (Number(db.readyState) !== 1 || db.db === undefined) return;
  const collections = await db.db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  for (const { name } of collections) await db.db.collection(name).deleteMany({});
  emptied.push(db.name);
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
  emptied.length = 0;
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
