// A store for one run: an embedded one in a temporary folder, or a database of its own in the MongoDB of MONGODB_URI. Removed at the end.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Config } from '../../src/config.ts';
import { connectStore } from '../../src/db/connect.ts';
import type { Db } from '../../src/db/connect.ts';
import type { StoreLog } from '../../src/db/store-log.ts';
import { openStore } from '../../src/db/store.ts';
import type { Store } from '../../src/db/store.ts';
import { databaseOf } from '../../src/db/store-uri.ts';
import type { Ending } from './ending.ts';

export type BenchStore = {
  uri: string;
  databaseName: string;
  kind: Store['kind'];
  db: Db;
  enginePid: number | undefined;
};

const requireNoDatabase = (uri: string | undefined): void => {
  if (uri !== undefined && databaseOf(uri) !== undefined)
    throw new Error(
      'MONGODB_URI names a database: leave its name out, for a benchmark makes one of its own and drops it',
    );
};

/** Opens the store; `ending` closes and removes it. Throws an Error when MONGODB_URI names a database. */
export async function openBenchStore(config: Config, log: StoreLog, ending: Ending): Promise<BenchStore> {
  const { mongodbUri, engineCacheDir: cacheDir } = config;
  requireNoDatabase(mongodbUri);
  const databaseName = `bench-${randomBytes(5).toString('hex')}`;
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'ocop-bench-'));
  ending.later(() => rm(dataDir, { recursive: true, force: true }));
  const store = await openStore({ mongodbUri, dataDir, databaseName, cacheDir, log });
  ending.later(() => store.close());
  const db = await connectStore(store, log);
  ending.later(async () => {
    if (store.kind === 'mongodb') await db.dropDatabase();
    await db.close();
  });
  return { uri: store.uri, databaseName, kind: store.kind, db, enginePid: store.engine?.pid() };
}
