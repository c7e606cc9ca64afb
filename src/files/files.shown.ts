// Which private files somebody chose to show to everybody for now, and which pictures may show people and so wait for a consent: each feature tells
// how to find its own.
import type { Db } from '../db/connect.ts';
import type { ReferenceFinder } from './files.references.ts';

const finders = new WeakMap<Db, Map<string, ReferenceFinder>>();
const peopleFinders = new WeakMap<Db, Map<string, ReferenceFinder>>();

/** Makes a feature's shown files known, under a name of its own. Called where the feature prepares its collections. */
export function registerShownFiles(db: Db, name: string, find: ReferenceFinder): void {
  const known = finders.get(db) ?? new Map<string, ReferenceFinder>();
  finders.set(db, known.set(name, find));
}

/** Makes known which of a feature's files are taken where people work and live, so that people may be on them. */
export function registerPhotosOfPeople(db: Db, name: string, find: ReferenceFinder): void {
  const known = peopleFinders.get(db) ?? new Map<string, ReferenceFinder>();
  peopleFinders.set(db, known.set(name, find));
}

const isFoundBy = async (
  found: ReadonlyMap<string, ReferenceFinder> | undefined,
  db: Db,
  fileId: string,
): Promise<boolean> => {
  for (const find of found?.values() ?? []) if ((await find(db, [fileId])).includes(fileId)) return true;
  return false;
};

/** Whether people may be on the file. */
export async function isPhotoOfPeople(db: Db, fileId: string): Promise<boolean> {
  return isFoundBy(peopleFinders.get(db), db, fileId);
}

/** Whether anybody may look at a file that is not public by itself. */
export async function isShownFile(db: Db, fileId: string): Promise<boolean> {
  return isFoundBy(finders.get(db), db, fileId);
}
