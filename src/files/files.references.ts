// Which files are in use: each feature that keeps ids of files tells how to find its own. A file that no finder knows goes with the sweep.
import type { Db } from '../db/connect.ts';
import { touchFile } from './files.store.ts';
import type { StoredFile } from './files.types.ts';

/** Of these file ids, those that the feature's records name. */
export type ReferenceFinder = (db: Db, fileIds: readonly string[]) => Promise<readonly string[]>;

const finders = new WeakMap<Db, Map<string, ReferenceFinder>>();

/** Makes a feature's references known, under a name of its own (`products`). Called where the feature prepares its collections. */
export function registerReferences(db: Db, name: string, find: ReferenceFinder): void {
  const known = finders.get(db) ?? new Map<string, ReferenceFinder>();
  finders.set(db, known.set(name, find));
}

/** A finder over a collection of the feature's: the ids at these paths (`pictures.fileId`), each of which wants an index. */
export function referencesIn(collection: string, ...fields: string[]): ReferenceFinder {
  return async (db, fileIds) => {
    const found: string[] = [];
    for (const field of fields) {
      const values: unknown[] = await db.collection(collection).distinct(field, { [field]: { $in: [...fileIds] } });
      found.push(...values.filter((value) => typeof value === 'string'));
    }
    return found;
  };
}

/** Of these file ids, those that somebody refers to; all of them while no feature has told how to find out. */
export async function referredFiles(db: Db, fileIds: readonly string[]): Promise<Set<string>> {
  const known = finders.get(db);
  if (known === undefined || known.size === 0) return new Set(fileIds);
  const found = new Set<string>();
  for (const find of known.values()) for (const id of await find(db, fileIds)) found.add(id);
  return found;
}

/**
 * A producer's file that a record is about to name by its id, kept from the sweep for seven days from now. Undefined when the producer has no
 * such file, or it was erased. Files just stored need no claim.
 */
export async function claimFile(
  db: Db,
  producerId: string,
  fileId: string,
  now: Date,
): Promise<StoredFile | undefined> {
  const file = await touchFile(db, producerId, fileId, now);
  return file?.erasedAt === undefined ? file : undefined;
}
