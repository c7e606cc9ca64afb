// Erasing on request: the bytes and the name go, the record with its hashes stays and says when. Each erasure is listed first, so that a crash
// or a restore can't bring back what somebody asked to go.
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { findErasures, insertErasure } from './erasures.store.ts';
import { blankFile, fileModel, findErased, findFile } from './files.store.ts';
import type { Erasure } from './files.types.ts';
import { beginRelease, settleUse } from './files.use.ts';
import { dropParts } from './grid.ts';
import { dropPartialUploads } from './partial-uploads.ts';

/** Makes what an erasure names go. Runs again without harm, and for what is not there. */
export type Eraser = (db: Db, erasure: Erasure) => Promise<void>;

const erasers = new WeakMap<Db, Map<string, Set<Eraser>>>();

/**
 * Lets a feature erase what is its own (`note`). Called where the feature prepares its collections. Several features may hold something of one
 * `what` (a person): each registers its own eraser, once however often it asks.
 */
export function registerEraser(db: Db, what: string, erase: Eraser): void {
  const known = erasers.get(db) ?? new Map<string, Set<Eraser>>();
  erasers.set(db, known.set(what, (known.get(what) ?? new Set<Eraser>()).add(erase)));
}

/** Removes bytes, pages and name of a file; its record keeps the hashes and the moment. A second time, or for no file, nothing happens. */
export async function eraseFile(db: Db, fileId: string, now: Date): Promise<void> {
  const file = await findFile(db, fileId);
  if (file === undefined || file.erasedAt !== undefined) return;
  const { id, producerId } = file;
  await beginRelease(db, producerId, { id, bytes: file.roomBytes, files: 1 }, now);
  const before = await blankFile(db, id, now);
  if (before !== undefined) await dropParts(db, before.parts);
  const after = await findFile(db, id);
  await settleUse(db, producerId, id, after !== undefined && after.erasedAt === undefined);
}

const eraseByContent: Eraser = async (db, { producerId, hash, at }) => {
  await dropPartialUploads(db, producerId, hash);
  const file = await fileModel(db).findOne({ producerId, receivedSha256: hash }, { _id: 1 }).lean<{ _id: string }>();
  if (file !== null) await eraseFile(db, file._id, at);
};

const apply = async (db: Db, erasure: Erasure): Promise<void> => {
  const all = erasure.what === 'file' ? [eraseByContent] : [...(erasers.get(db)?.get(erasure.what) ?? [])];
  if (all.length === 0) throw new Error(`nothing erases ${erasure.what}`);
  for (const erase of all) await erase(db, erasure);
};

/** Lists the erasure and carries it out. What was erased before gives the first erasure; an id of another one is 'id-with-other-content'. */
export async function erase(db: Db, erasure: Erasure): Promise<Erasure> {
  const listed = await insertErasure(db, erasure);
  const isSame = (['producerId', 'what', 'hash'] as const).every((field) => listed[field] === erasure[field]);
  if (!isSame) throw new AppError('id-with-other-content');
  await apply(db, listed);
  return listed;
}

/**
 * Carries out every listed erasure again, or those since a moment: after a restore, and after a crash. Features must be prepared. Returns how
 * many there are.
 */
export async function applyErasures(db: Db, since: Date = new Date(0)): Promise<number> {
  const limit = 500;
  let count = 0;
  for (let after = ''; ;) {
    const listed = await findErasures(db, { since, after, limit });
    for (const erasure of listed) await apply(db, erasure);
    count += listed.length;
    const last = listed.at(-1);
    if (last === undefined || listed.length < limit) return count;
    after = last.id;
  }
}

/** Which of these files were erased, and when. */
export async function erasedFiles(db: Db, fileIds: readonly string[]): Promise<Map<string, Date>> {
  return findErased(db, fileIds);
}
