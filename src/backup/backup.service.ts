// Making a backup of a store that is in use. There are no snapshots to read from, so the order of reading keeps it whole: what names another record
// is read before it, so that everything named is in the archive too.
import { createHash } from 'node:crypto';
import type { Db } from '../db/connect.ts';
import { schemaVersion } from '../db/migrations.ts';
import type { AddEntry, Content } from './backup.archive.ts';
import { BackupError } from './backup.error.ts';
import { writeArchive } from './backup.archive.ts';
import {
  collectionNames,
  fileChunks,
  fileInfos,
  filledCollections,
  readCollection,
  readFileBytes,
  storedFiles,
} from './backup.model.ts';
import { formatVersion } from './backup.types.ts';
import type { CollectionSum, Manifest } from './backup.types.ts';

/**
 * Left out: what counts for minutes (limits, leases, uploads on their way, which the phone begins again), and what lets somebody in. A sign-in link
 * that was used since, or the device of a phone that was lost since, must not open again with an old backup: people sign in anew.
 */
const leftOut: ReadonlySet<string> = new Set([
  'limits',
  'leases',
  'partialUploads',
  'uploadPieces',
  'sessions',
  'signInLinks',
  'joinCodes',
  'storeState',
]);

/**
 * Read last, in this order. A batch is read after its label runs: a run taken in between is then missing while its units are gone, and never the
 * reverse, which would let more labels out than there are goods. Erasures, the counter of runs and the secrets come at the very end.
 */
const readLast = [
  'steps',
  'batches',
  'materials',
  'certificates',
  'products',
  'sites',
  'producers',
  'users',
  'fileRecords',
  fileInfos,
  'imports.files',
  'imports.chunks',
  'units',
  'outlines',
  'erasures',
  'counters',
  'secrets',
];

const inOrder = (names: readonly string[]): string[] => {
  const kept = names.filter((name) => !leftOut.has(name) && name !== fileChunks);
  return [...kept.filter((name) => !readLast.includes(name)), ...readLast.filter((name) => kept.includes(name))];
};

const numbered = (name: string, number: number): string =>
  `collections/${name}/${String(number).padStart(6, '0')}.bson`;

const addCollection = async (db: Db, name: string, add: AddEntry): Promise<CollectionSum> => {
  let entries = 0;
  return readCollection(db, name, async (documents) => {
    entries += 1;
    await add(numbered(name, entries), documents.length, documents);
  });
};

const infosAtOnce = 1_000;

/** Each file as an entry of its own, and what GridFS says of those that were still there. */
const addFiles = async (db: Db, add: AddEntry): Promise<{ sum: CollectionSum; files: Manifest['files'] }> => {
  const hash = createHash('sha256');
  const files = { count: 0, bytes: 0 };
  let infos: Buffer[] = [];
  let entries = 0;
  const flush = async (): Promise<void> => {
    if (infos.length === 0) return;
    entries += 1;
    const together = Buffer.concat(infos);
    infos = [];
    await add(numbered(fileInfos, entries), together.length, together);
  };
  for await (const { id, document } of storedFiles(db)) {
    const bytes = await readFileBytes(db, id);
    if (bytes === undefined) continue;
    await add(`files/${id}`, bytes.length, bytes);
    files.count += 1;
    files.bytes += bytes.length;
    hash.update(document);
    infos.push(document);
    if (infos.length >= infosAtOnce) await flush();
  }
  await flush();
  return { sum: { name: fileInfos, documents: files.count, sha256: hash.digest('hex') }, files };
};

const addEverything =
  (db: Db) =>
  async (add: AddEntry): Promise<Content> => {
    const collections: CollectionSum[] = [];
    let files: Manifest['files'] = { count: 0, bytes: 0 };
    for (const name of inOrder(await collectionNames(db))) {
      if (name !== fileInfos) collections.push(await addCollection(db, name, add));
      else {
        const added = await addFiles(db, add);
        collections.push(added.sum);
        files = added.files;
      }
    }
    return { collections: collections.filter(({ documents }) => documents > 0), files };
  };

// A folder or database that was named by mistake must not pass for a backup.
const nothingThere = (): BackupError =>
  new BackupError('store-empty', {
    vi: 'Kho này chưa có dữ liệu nào để sao lưu. Hãy kiểm tra MONGODB_URI, DATABASE và DATA_DIR.',
    en: 'There is nothing to back up in this store. Check MONGODB_URI, DATABASE and DATA_DIR.',
  });

export type BackupOptions = { key: string | undefined; productVersion: string; now: Date };

/**
 * Writes everything that lasts into one file, while the product serves. Returns the manifest: documents and SHA-256 per collection, files. Throws
 * BackupError when the file is there already or can't be written; then nothing of it is left.
 */
export async function makeBackup(db: Db, file: string, options: BackupOptions): Promise<Manifest> {
  const { key, productVersion, now } = options;
  if ((await filledCollections(db)).every((name) => leftOut.has(name))) throw nothingThere();
  const about = {
    format: 'ocop-trace-backup',
    formatVersion,
    schemaVersion,
    productVersion,
    madeAt: now.toISOString(),
  } as const;
  return writeArchive(file, about, key, addEverything(db));
}
