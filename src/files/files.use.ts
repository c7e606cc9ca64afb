// How much of the store each producer uses: bytes and number of files, held to a limit by one conditional update. What is on its way in or out
// is noted beside the sum until it has happened, so that a crash at any point is put right by looking whether the file is there.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { AppError } from '../errors.ts';
import { fileModel } from './files.store.ts';

/** What one producer may keep, unfinished uploads included. */
export type FileLimits = { bytes: number; files: number };

export const defaultFileLimits: FileLimits = { bytes: 2_000_000_000, files: 20_000 };

/** Bytes that the sum holds for a file (or an upload) that may or may not be there. */
type Pending = { id: string; bytes: number; files: number; at: Date };
type Use = { _id: string; bytes: number; files: number; pending: Pending[] };

const count = { type: Number, required: true } as const;
const pendingSchema = new mongoose.Schema<Pending>(
  { id: { type: String, required: true }, bytes: count, files: count, at: { type: Date, required: true } },
  { _id: false, id: false, strict: 'throw' },
);
const useSchema = new mongoose.Schema<Use>(
  {
    _id: { type: String, required: true },
    bytes: count,
    files: count,
    pending: { type: [pendingSchema], required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
useSchema.index({ 'pending.at': 1 }, { name: 'fileUse_pending', sparse: true });

export function fileUseModel(db: Db): mongoose.Model<Use> {
  return (db.models['FileUse'] as mongoose.Model<Use> | undefined) ?? db.model<Use>('FileUse', useSchema, 'fileUse');
}

const limits = new WeakMap<Db, FileLimits>();

/** Sets what producers may keep in this store; `defaultFileLimits` until then. */
export function limitFiles(db: Db, given: FileLimits): void {
  limits.set(db, given);
}

const limitsOf = (db: Db): FileLimits => limits.get(db) ?? defaultFileLimits;

/** What a producer uses, and what it may. */
export async function fileUseOf(db: Db, producerId: string): Promise<FileLimits & { limits: FileLimits }> {
  const { bytes, files } = await readUse(db, producerId);
  return { bytes, files, limits: limitsOf(db) };
}

const readUse = async (db: Db, producerId: string): Promise<Use> => {
  const known = await fileUseModel(db).findById(producerId).lean<Use>();
  if (known !== null) return known;
  // The first time, what is there already is added up; from then on every file passes through here.
  const [sum] = await fileModel(db).aggregate<{ bytes: number; files: number }>([
    { $match: { producerId, erasedAt: { $exists: false } } },
    { $group: { _id: null, bytes: { $sum: '$roomBytes' }, files: { $sum: 1 } } },
  ]);
  const use: Use = { _id: producerId, bytes: sum?.bytes ?? 0, files: sum?.files ?? 0, pending: [] };
  try {
    await fileUseModel(db).create(use);
    return use;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    return readUse(db, producerId);
  }
};

// Whole megabytes read the same in both languages.
const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;

const exceeded = (use: { bytes: number; files: number }, most: FileLimits): AppError =>
  new AppError('quota-exceeded', {
    used: megabytes(use.bytes),
    limit: megabytes(most.bytes),
    usedFiles: use.files,
    limitFiles: most.files,
  });

/** Throws 'quota-exceeded' when nothing more fits, before any work is spent on an upload. */
export async function requireRoom(db: Db, producerId: string): Promise<void> {
  const most = limitsOf(db);
  const use = await readUse(db, producerId);
  if (use.bytes >= most.bytes || use.files >= most.files) throw exceeded(use, most);
}

/**
 * Takes room for a file that is about to be stored under `id`; `settleUse` ends it, whatever came of it. Throws 'quota-exceeded'.
 * Harmless when the room was taken before under this id.
 */
export async function takeRoom(
  db: Db,
  producerId: string,
  wanted: { id: string; bytes: number; files: number },
  now: Date,
): Promise<void> {
  const most = limitsOf(db);
  await readUse(db, producerId);
  const taken = await fileUseModel(db).updateOne(
    {
      _id: producerId,
      'pending.id': { $ne: wanted.id },
      bytes: { $lte: most.bytes - wanted.bytes },
      files: { $lte: most.files - wanted.files },
    },
    { $inc: { bytes: wanted.bytes, files: wanted.files }, $push: { pending: { ...wanted, at: now } } },
  );
  if (taken.modifiedCount === 1) return;
  const use = await readUse(db, producerId);
  if (use.pending.some(({ id }) => id === wanted.id)) return;
  throw exceeded(use, most);
}

/** Notes that a file is about to go; `settleUse` gives its room back once it is gone. */
export async function beginRelease(
  db: Db,
  producerId: string,
  going: { id: string; bytes: number; files: number },
  now: Date,
): Promise<void> {
  await readUse(db, producerId);
  await fileUseModel(db).updateOne(
    { _id: producerId, 'pending.id': { $ne: going.id } },
    { $push: { pending: { ...going, at: now } } },
  );
}

/** Ends what was noted under `id`: a file that is there keeps its room, one that is not gives it back. Safe to run twice. */
export async function settleUse(db: Db, producerId: string, id: string, isThere: boolean): Promise<void> {
  const noted = { _id: producerId, 'pending.id': id };
  const done = { $pull: { pending: { id } } };
  if (isThere) {
    await fileUseModel(db).updateOne(noted, done);
    return;
  }
  const use = await fileUseModel(db).findOne(noted).lean<Use>();
  const pending = use?.pending.find((one) => one.id === id);
  if (pending === undefined) return;
  await fileUseModel(db).updateOne(noted, { ...done, $inc: { bytes: -pending.bytes, files: -pending.files } });
}

/** What was noted before a moment and never ended, at most `limit` producers' worth. */
export async function findUnsettled(
  db: Db,
  before: Date,
  limit: number,
): Promise<{ producerId: string; id: string }[]> {
  const found = await fileUseModel(db)
    .find({ 'pending.at': { $lt: before } })
    .limit(limit)
    .lean<Use[]>();
  return found.flatMap(({ _id, pending }) =>
    pending.filter(({ at }) => at < before).map(({ id }) => ({ producerId: _id, id })),
  );
}
