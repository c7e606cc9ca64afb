// Which private files somebody chose to show to everybody for now: each feature that lets people choose tells how to find its own.
import type { Db } from '../db/connect.ts';
import type { ReferenceFinder } from './files.references.ts';

const finders = new WeakMap<Db, Map<string, ReferenceFinder>>();

/** Makes a feature's shown files known, under a name of its own. Called where the feature prepares its collections. */
export function registerShownFiles(db: Db, name: string, find: ReferenceFinder): void {
  const known = finders.get(db) ?? new Map<string, ReferenceFinder>();
  finders.set(db, known.set(name, find));
}

/** Whether anybody may look at a file that is not public by itself. */
export async function isShownFile(db: Db, fileId: string): Promise<boolean> {
  for (const find of finders.get(db)?.values() ?? []) if ((await find(db, [fileId])).includes(fileId)) return true;
  return false;
}
