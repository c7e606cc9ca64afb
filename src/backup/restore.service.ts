// Bringing a backup into an empty store of either kind. First the whole archive is read and checked without touching the store; then it is written,
// read back and compared; then what must not be as it was is changed: run numbers leave a gap, erasures are carried out again.
import { createHash } from 'node:crypto';
import type { Db } from '../db/connect.ts';
import { schemaVersion } from '../db/migrations.ts';
import { beginVersion, clearRestore, markRestore, unfinishedRestore } from '../db/store-state.ts';
import { BackupError } from './backup.error.ts';
import { readArchive } from './backup.reading.ts';
import type { Entry } from './backup.reading.ts';
import {
  emptyCollection,
  fileInfos,
  filledCollections,
  indexBuckets,
  insertDocuments,
  insertFileBytes,
  readFileBytes,
  splitDocuments,
  storedFiles,
  sumCollection,
} from './backup.model.ts';
import { collectionEntry, fileEntry } from './backup.types.ts';
import type { Manifest } from './backup.types.ts';

export type RestoreOptions = { key: string | undefined; now: Date };

/** Collections that an empty store may have filled by being looked at. */
const ownState: ReadonlySet<string> = new Set(['storeState', 'leases']);

const notEmpty = (names: readonly string[]): BackupError =>
  new BackupError('store-not-empty', {
    vi: `Kho này đã có dữ liệu (${names.join(', ')}) nên không khôi phục vào. Hãy đặt DATA_DIR là một thư mục trống, hoặc DATABASE là một tên mới.`,
    en: `This store holds data (${names.join(', ')}), so nothing is restored into it. Set DATA_DIR to an empty folder, or DATABASE to a new name.`,
  });

/** Passes for a store without documents, and for one that a restore has left by half, which is emptied. Throws BackupError 'store-not-empty'. */
const requireEmpty = async (db: Db): Promise<void> => {
  const filled = (await filledCollections(db)).filter((name) => !ownState.has(name));
  if (filled.length === 0) return;
  if ((await unfinishedRestore(db)) === undefined) throw notEmpty(filled);
  for (const name of filled) await emptyCollection(db, name);
};

const readAll = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** One hash over all files: what came out of the archive, or what lies in the store. */
class FilesSum {
  readonly #hash = createHash('sha256');
  count = 0;

  add(id: string, bytes: Buffer): void {
    this.count += 1;
    this.#hash.update(`${id} ${createHash('sha256').update(bytes).digest('hex')}\n`);
  }

  digest(): string {
    return `${this.count} ${this.#hash.digest('hex')}`;
  }
}

const writeEntry = async (db: Db, entry: Entry, files: FilesSum): Promise<void> => {
  const [, collection] = collectionEntry.exec(entry.name) ?? [];
  const [, file] = fileEntry.exec(entry.name) ?? [];
  if (collection !== undefined) await insertDocuments(db, collection, splitDocuments(await readAll(entry.content)));
  else if (file !== undefined) {
    const bytes = await readAll(entry.content);
    files.add(file, bytes);
    await insertFileBytes(db, file, bytes);
  }
};

const notVerified = (what: string): BackupError =>
  new BackupError('restore-not-verified', {
    vi: `Đã ghi vào kho nhưng đọc lại không khớp bản sao lưu: ${what}. Đừng dùng kho này; hãy khôi phục vào một kho trống khác.`,
    en: `What was written to the store does not read back as in the backup: ${what}. Do not use this store; restore into another empty one.`,
  });

/** Reads everything back and compares. Throws BackupError 'restore-not-verified'. */
const verify = async (db: Db, manifest: Manifest, archived: string): Promise<void> => {
  for (const expected of manifest.collections) {
    const found = await sumCollection(db, expected.name);
    if (found.documents !== expected.documents || found.sha256 !== expected.sha256) throw notVerified(expected.name);
  }
  const stored = new FilesSum();
  for await (const { id } of storedFiles(db)) {
    const bytes = await readFileBytes(db, id);
    if (bytes === undefined) throw notVerified(`files/${id}`);
    stored.add(id, bytes);
  }
  if (stored.digest() !== archived) throw notVerified(fileInfos);
};

/**
 * Restores the archive into the empty store behind `db` and verifies it. `finish` does what follows from a restore (indexes, run numbers, erasures)
 * before the store may be used. Throws BackupError; when the archive is at fault or the store isn't empty, nothing has been written. After a crash or
 * a full disk in the middle no start serves from the store, and the same command begins again.
 */
export async function restoreBackup(
  db: Db,
  file: string,
  { key, now }: RestoreOptions,
  finish: (manifest: Manifest) => Promise<void>,
): Promise<Manifest> {
  const reading = { key, schemaVersion };
  await readArchive(file, reading, () => Promise.resolve());
  await requireEmpty(db);
  await markRestore(db, file, now);
  const files = new FilesSum();
  const manifest = await readArchive(file, reading, (entry) => writeEntry(db, entry, files));
  await indexBuckets(db);
  await verify(db, manifest, files.digest());
  await finish(manifest);
  await beginVersion(db, manifest.schemaVersion);
  await clearRestore(db);
  return manifest;
}

/** Reads an archive from end to end without any store. Throws BackupError. */
export async function checkBackup(file: string, key: string | undefined): Promise<Manifest> {
  return readArchive(file, { key, schemaVersion }, () => Promise.resolve());
}
