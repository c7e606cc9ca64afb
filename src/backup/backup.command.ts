// The two commands: their arguments, the store they speak with, what they do and print.
import { parseArgs } from 'node:util';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.ts';
import { connectStore } from '../db/connect.ts';
import type { Db } from '../db/connect.ts';
import { runningStoreUri } from '../db/running-store.ts';
import { StoreError } from '../db/store-error.ts';
import type { StoreLog } from '../db/store-log.ts';
import { openStore } from '../db/store.ts';
import { erasureLines } from '../files/erasures.lines.ts';
import { makeBackup } from './backup.service.ts';
import { checkedText, listedText, madeText, restoredText } from './backup.text.view.ts';
import { checkBackup, restoreBackup } from './restore.service.ts';

type Print = (text: string) => void;

export type BackupCommand = { file: string; isErasures: boolean };

/** FILE, or --erasures FILE; undefined when the command is written in another way. */
export function readBackupCommand(args: readonly string[]): BackupCommand | undefined {
  const isErasures = args[0] === '--erasures';
  const [file, ...more] = isErasures ? args.slice(1) : args;
  if (file === undefined || file.startsWith('-') || more.length > 0) return undefined;
  return { file: path.resolve(file), isErasures };
}

export type RestoreCommand = { file: string; isCheck: boolean; erasures: string | undefined };

/** FILE [--check] [--erasures FILE]; undefined when it is written in another way. */
export function readRestoreCommand(args: readonly string[]): RestoreCommand | undefined {
  const options = { check: { type: 'boolean' }, erasures: { type: 'string' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return undefined;
    return { file: path.resolve(file), isCheck: values.check ?? false, erasures: values.erasures };
  } catch {
    // An option that does not exist.
    return undefined;
  }
}

/** The store that a server has open, spoken with beside it; otherwise the store of the settings, opened for as long as `work` takes. */
const withStore = async <T>(config: Config, log: StoreLog, work: (db: Db) => Promise<T>): Promise<T> => {
  const { mongodbUri, dataDir, databaseName, engineCacheDir: cacheDir } = config;
  try {
    const store = await openStore({ mongodbUri, dataDir, databaseName, cacheDir, log });
    try {
      return await withDb(store, log, work);
    } finally {
      await store.close();
    }
  } catch (error) {
    const uri =
      error instanceof StoreError && error.code === 'data-dir-taken' ? await runningStoreUri(dataDir) : undefined;
    if (uri === undefined) throw error;
    return withDb({ uri, databaseName }, log, work);
  }
};

const withDb = async <T>(
  store: { uri: string; databaseName: string },
  log: StoreLog,
  work: (db: Db) => Promise<T>,
): Promise<T> => {
  const db = await connectStore(store, log);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
};

const allErasureLines = async (db: Db): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of erasureLines(db)) lines.push(line);
  return lines;
};

export type CommandContext = { config: Config; log: StoreLog; productVersion: string; clock: () => Date; print: Print };

/**
 * Makes a backup of the store of the settings, also while a server serves from it; or writes the list of erasures alone, which is small and kept
 * more often: what was erased after a backup goes again when that backup is restored. Throws BackupError and StoreError.
 */
export async function runBackup({ file, isErasures }: BackupCommand, context: CommandContext): Promise<void> {
  const { config, log, productVersion, clock, print } = context;
  if (isErasures) {
    const lines = await withStore(config, log, allErasureLines);
    await writeFile(file, lines.join(''), { mode: 0o600, flush: true });
    print(listedText(lines.length, file));
    return;
  }
  const key = config.backupKey;
  const manifest = await withStore(config, log, (db) => makeBackup(db, file, { key, productVersion, now: clock() }));
  print(madeText(manifest, file, key !== undefined));
}

/** What follows from a restore, done by the features: indexes, keys, the gap in run numbers, erasures. */
export type FinishRestore = (
  db: Db,
  now: Date,
  erasuresFile: string | undefined,
) => Promise<{ next: number; erased: number }>;

/** Checks a backup, or restores it into the empty store of the settings. Throws BackupError and StoreError. */
export async function runRestore(
  { file, isCheck, erasures }: RestoreCommand,
  context: CommandContext,
  finish: FinishRestore,
): Promise<void> {
  const { config, log, clock, print } = context;
  const key = config.backupKey;
  if (isCheck) {
    print(checkedText(await checkBackup(file, key)));
    return;
  }
  const { mongodbUri, dataDir, databaseName, engineCacheDir: cacheDir } = config;
  const store = await openStore({ mongodbUri, dataDir, databaseName, cacheDir, log });
  try {
    await withDb(store, log, async (db) => {
      let followed = { next: 0, erased: 0 };
      const now = clock();
      const manifest = await restoreBackup(db, file, { key, now }, async () => {
        followed = await finish(db, now, erasures);
      });
      print(restoredText(manifest, followed));
    });
  } finally {
    await store.close();
  }
}
