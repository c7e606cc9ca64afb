// Reference data under keys of its own (a unit's code, a score card's decision and number): compared and stored so that a repetition changes
// nothing, and so that every later change raises a version and leaves a note.
import type mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { AppError } from '../errors.ts';
import type { RowOutcome } from '../importing/importing.types.ts';
import { changedFields, changeRecord } from './changes.ts';
import type { WithUnnoted } from './changes.ts';
import { requirePower } from '../powers.ts';

/** What every stored piece of reference data has beside its facts. */
export type ReferenceFrame = { _id: string; version: number; importedAt: Date } & WithUnnoted;

export type ReferenceKind<T extends object> = {
  model: (db: Db) => mongoose.Model<T & ReferenceFrame>;
  /** Fields that name a record; a unique index stands over them. */
  key: readonly (keyof T & string)[];
  /** The other fields that come from the file. Fields that only follow from these are stored with them and not compared. */
  facts: readonly (keyof T & string)[];
  /** Facts too heavy for the log: it says only that they changed. */
  heavy?: readonly string[];
  /** What the note calls the change: `unit-imported`. */
  what: string;
};

const keyOf = <T extends object>(kind: ReferenceKind<T>, value: T): string =>
  JSON.stringify(kind.key.map((name) => value[name]));

const findStored = async <T extends object>(db: Db, kind: ReferenceKind<T>, values: readonly T[]) => {
  const found = new Map<string, T & ReferenceFrame>();
  if (values.length === 0) return found;
  const keys = values.map((value) => Object.fromEntries(kind.key.map((name) => [name, value[name]])));
  const records = await kind
    .model(db)
    .find({ $or: keys } as never)
    .lean<(T & ReferenceFrame)[]>();
  for (const record of records) found.set(keyOf(kind, record), record);
  return found;
};

const differs = <T extends object>(kind: ReferenceKind<T>, stored: T, value: T) =>
  changedFields<T>(stored, value, kind.facts, kind.heavy);

/** What storing would do with each value. */
export async function compareReference<T extends object>(
  db: Db,
  kind: ReferenceKind<T>,
  values: readonly T[],
): Promise<RowOutcome[]> {
  const stored = await findStored(db, kind, values);
  return values.map((value) => {
    const known = stored.get(keyOf(kind, value));
    if (known === undefined) return 'new';
    return differs(kind, known, value) === undefined ? 'same' : 'changed';
  });
}

const insertNew = async <T extends object>(db: Db, kind: ReferenceKind<T>, values: readonly T[], now: Date) => {
  const documents = values.map((value) => ({ ...value, _id: uuidv7(), version: 1, importedAt: now }));
  try {
    await kind.model(db).insertMany(documents as never, { ordered: false, throwOnValidationError: true });
  } catch (error) {
    // Somebody else stored the same key meanwhile: what is there is compared next.
    if (isDuplicateKey(error) === undefined) throw error;
  }
};

/**
 * Stores reference data, the same as often as it is asked. Throws 'not-allowed' for anybody but an administrator, and 'changed-meanwhile' when
 * somebody else changed one of the records at the same moment.
 */
export async function storeReference<T extends object>(
  db: Db,
  kind: ReferenceKind<T>,
  actor: Actor,
  values: readonly T[],
  now: Date,
): Promise<void> {
  requirePower(actor, 'import-lists');
  const before = await findStored(db, kind, values);
  const missing = values.filter((value) => !before.has(keyOf(kind, value)));
  if (missing.length > 0) await insertNew(db, kind, missing, now);
  const stored = missing.length > 0 ? await findStored(db, kind, values) : before;
  for (const value of values) {
    const known = stored.get(keyOf(kind, value));
    const change = known === undefined ? undefined : differs(kind, known, value);
    if (known === undefined || change === undefined) continue;
    const isChanged = await changeRecord(db, kind.model(db), {
      recordId: known._id,
      seenVersion: known.version,
      set: { ...value, importedAt: now },
      note: { actorId: actor.userId, what: kind.what, ...change, at: now },
    });
    if (!isChanged) throw new AppError('changed-meanwhile');
  }
}
