// What has to be changed in stores that earlier versions wrote: numbered, run once in order by whichever process is first, each safe to run again
// after a crash. They speak with the driver, not with the features' models, whose shape goes on changing.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type mongoose from 'mongoose';
import type { Db } from './connect.ts';
import { giveBackLease, takeLease } from './leases.ts';
import { migrations } from './migrations.list.ts';
import type { Migration } from './migrations.list.ts';
import { StoreError } from './store-error.ts';
import type { StoreLog } from './store-log.ts';
import { beginVersion, raiseVersion, recordsVersion, unfinishedRestore } from './store-state.ts';

const leaseName = 'migrations';
const leaseMs = 60_000;
const askAgainMs = 500;

/** The version of the records that this code writes. */
export const schemaVersion = migrations.length;

const newer = (version: number): StoreError =>
  new StoreError('store-newer', {
    vi: `Kho dữ liệu do phiên bản mới hơn ghi (bản ghi ${version}, chương trình này hiểu đến ${schemaVersion}). Hãy cập nhật ocop-trace, hoặc khôi phục bản sao lưu cũ vào kho khác.`,
    en: `The store was written by a newer version (records ${version}, this program knows up to ${schemaVersion}). Update ocop-trace, or restore an older backup into another store.`,
  });

const halfRestored = (file: string): StoreError =>
  new StoreError('restore-not-finished', {
    vi: `Lần khôi phục từ ${file} vào kho này chưa xong. Hãy chạy lại \`npm run restore -- ${file}\`.`,
    en: `A restore from ${file} into this store did not come to its end. Run \`npm run restore -- ${file}\` again.`,
  });

const isEmpty = async (db: Db): Promise<boolean> => {
  const store = db.db as mongoose.mongo.Db;
  const found = await store.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  const own = found.map(({ name }) => name).filter((name) => name !== 'storeState' && name !== 'leases');
  const filled = await Promise.all(own.map((name) => store.collection(name).findOne({}, { projection: { _id: 1 } })));
  return filled.every((one) => one === null);
};

/**
 * Brings the records of the store to `schemaVersion`. A store without records begins there. Throws StoreError 'store-newer' for one that a later
 * version wrote and 'restore-not-finished' for one that was restored by half. Several processes may call it at once.
 */
export async function migrate(db: Db, log: StoreLog, list: readonly Migration[] = migrations): Promise<void> {
  const unfinished = await unfinishedRestore(db);
  if (unfinished !== undefined) throw halfRestored(unfinished.file);
  if ((await recordsVersion(db)) === undefined) await beginVersion(db, (await isEmpty(db)) ? list.length : 0);
  const holder = randomUUID();
  for (;;) {
    const version = (await recordsVersion(db)) ?? 0;
    if (version > list.length) throw newer(version);
    if (version === list.length) return;
    if (await takeLease(db, leaseName, holder, new Date(), leaseMs)) {
      try {
        await runNext(db, log, list, version, holder);
      } finally {
        await giveBackLease(db, leaseName, holder);
      }
    } else await wait(askAgainMs);
  }
}

const runNext = async (
  db: Db,
  log: StoreLog,
  list: readonly Migration[],
  version: number,
  holder: string,
): Promise<void> => {
  const migration = list[version];
  // Another process may have gone on between the look and the lease.
  if (migration === undefined || (await recordsVersion(db)) !== version) return;
  // A long one keeps its lease while it runs.
  const keep = setInterval(() => {
    takeLease(db, leaseName, holder, new Date(), leaseMs).catch((error: unknown) =>
      log.warn({ err: error }, 'the lease of the migrations could not be kept'),
    );
  }, leaseMs / 3);
  try {
    log.info({ to: version + 1, what: migration.what }, 'changing the records of an earlier version');
    await migration.run(db.db as mongoose.mongo.Db);
    await raiseVersion(db, version, version + 1);
  } finally {
    clearInterval(keep);
  }
};
