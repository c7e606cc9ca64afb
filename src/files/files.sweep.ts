// What nobody needs goes after a delay: files without a reference, bytes without a record, uploads that were never ended. Runs beside the
// requests, a little at a time, and goes on where it stopped.
import type { Db } from '../db/connect.ts';
import { applyErasures } from './erasures.ts';
import { referredFiles } from './files.references.ts';
import { deleteUntouched, findFile, findNamedContents, findUntouched } from './files.store.ts';
import type { StoredFile } from './files.types.ts';
import { beginRelease, findUnsettled, settleUse } from './files.use.ts';
import { contentsAfter, dropContents, dropParts } from './grid.ts';
import { dropUpload } from './partial-uploads.ts';
import { deleteStrayPieces, findUploadsBefore, hasUpload } from './partial-uploads.store.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A file without a reference, and an upload that stopped, are kept so long. */
export const keptForDays = 7;
const atOnce = 500;

type Place = { file: string; content: string };
const places = new WeakMap<Db, Place>();

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/**
 * One round: at most 500 files and 500 stored contents are looked at, from where the last round ended. Safe to run at any time, twice, and on
 * several machines at once.
 */
export async function sweepFiles(db: Db, now: Date): Promise<void> {
  const place = places.get(db) ?? { file: '', content: '' };
  places.set(db, place);
  await applyErasures(db, before(now, dayMs));
  place.file = await sweepUnreferred(db, place.file, now);
  for (const upload of await findUploadsBefore(db, before(now, keptForDays * dayMs), atOnce))
    await dropUpload(db, upload);
  await deleteStrayPieces(db, before(now, keptForDays * dayMs), atOnce);
  place.content = await sweepContents(db, place.content, now);
  await settleInterrupted(db, now);
}

/** Deletes files that no feature refers to, and says after which one to go on ('' from the start). */
const sweepUnreferred = async (db: Db, after: string, now: Date): Promise<string> => {
  const files = await findUntouched(db, { since: before(now, keptForDays * dayMs), after, limit: atOnce });
  const referred = await referredFiles(
    db,
    files.map(({ id }) => id),
  );
  for (const file of files) if (!referred.has(file.id)) await deleteFile(db, file, now);
  return files.length < atOnce ? '' : (files.at(-1)?.id ?? '');
};

const deleteFile = async (db: Db, file: StoredFile, now: Date): Promise<void> => {
  const { id, producerId } = file;
  await beginRelease(db, producerId, { id, bytes: file.roomBytes, files: 1 }, now);
  if (await deleteUntouched(db, file)) await dropParts(db, file.parts);
  await settleUse(db, producerId, id, await isStored(db, id));
};

const isStored = async (db: Db, fileId: string): Promise<boolean> => {
  const file = await findFile(db, fileId);
  return file !== undefined && file.erasedAt === undefined;
};

/** Drops bytes that no record names and that were begun more than a day ago; a request that writes some is long over by then. */
const sweepContents = async (db: Db, after: string, now: Date): Promise<string> => {
  const contents = await contentsAfter(db, after, before(now, dayMs), atOnce);
  if (contents.length > 0) {
    const named = await findNamedContents(db, contents);
    await dropContents(
      db,
      contents.filter((id) => !named.has(id)),
    );
  }
  return contents.length < atOnce ? '' : (contents.at(-1) ?? '');
};

/** Room that a crash left noted: kept for what is there, given back for what is not. An open upload keeps its note. */
const settleInterrupted = async (db: Db, now: Date): Promise<void> => {
  for (const { producerId, id } of await findUnsettled(db, before(now, hourMs), atOnce)) {
    if (await hasUpload(db, id)) continue;
    await settleUse(db, producerId, id, await isStored(db, id));
  }
};
