// Changes of mutable records, each with a note in the audit log that no crash can lose: the note travels inside the record's own update,
// is then copied to the log under its id, and only then taken off the record.
import type mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import type { Db } from '../db/connect.ts';
import { noteAudit } from './audit.ts';
import type { AuditNote } from './audit.ts';

/** Field of a record that holds notes on their way to the log. Models add it by `keepChangeNotes` and leave it out of what they return. */
export type WithUnnoted = { unnoted?: AuditNote[] };

/** Prepares a schema for `changeRecord`. `collection` gives the index its name. */
export function keepChangeNotes(schema: mongoose.Schema, collection: string): void {
  schema.add({ unnoted: { type: [Object], default: undefined } } as never);
  schema.index({ 'unnoted.id': 1 }, { name: `${collection}_unnoted`, sparse: true });
}

/** The fields that differ, as they were and as they are; `hidden` ones only say that they changed, since the log keeps no personal data. */
export function changedFields<T extends object>(
  before: T,
  after: T,
  names: readonly (keyof T & string)[],
  hidden: readonly string[] = [],
): { before: Record<string, unknown>; after: Record<string, unknown> } | undefined {
  const differing = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (differing.length === 0) return undefined;
  const pick = (from: T) =>
    Object.fromEntries(differing.map((name) => [name, hidden.includes(name) ? undefined : (from[name] ?? null)]));
  const mark = (values: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value === undefined ? { kept: false } : value]),
    );
  return { before: mark(pick(before)), after: mark(pick(after)) };
}

export type RecordChange = {
  recordId: string;
  /** The version that the person saw: when the record has another one, nothing is written. */
  seenVersion: number;
  /** Further conditions on the record, such as its producer. */
  where?: Record<string, unknown>;
  set: Record<string, unknown>;
  unset?: readonly string[];
  note: Omit<AuditNote, 'id' | 'recordId'>;
};

/** One conditional update that raises `version`; false when the record has changed since (or is not there). */
export async function changeRecord<S>(db: Db, model: mongoose.Model<S>, change: RecordChange): Promise<boolean> {
  const note: AuditNote = { ...change.note, id: uuidv7(), recordId: change.recordId };
  const unset = Object.fromEntries((change.unset ?? []).map((name) => [name, 1]));
  const updated = await model.updateOne(
    { ...change.where, _id: change.recordId, version: change.seenVersion } as never,
    {
      $set: change.set,
      ...(change.unset === undefined || change.unset.length === 0 ? {} : { $unset: unset }),
      $inc: { version: 1 },
      $push: { unnoted: note },
    } as never,
  );
  if (updated.modifiedCount === 0) return false;
  await moveNote(db, model, note);
  return true;
}

const moveNote = async <S>(db: Db, model: mongoose.Model<S>, note: AuditNote): Promise<void> => {
  await noteAudit(db, note);
  await model.updateOne({ _id: note.recordId } as never, { $pull: { unnoted: { id: note.id } } });
};

/** Copies to the log what a crash left on the records. Safe to run at any time and twice. */
export async function finishChangeNotes(db: Db): Promise<void> {
  const models = Object.values(db.models).filter((model) => model.schema.path('unnoted') !== undefined);
  for (const model of models) {
    const left = await model
      .find({ 'unnoted.id': { $exists: true } } as never)
      .limit(1000)
      .lean<WithUnnoted[]>();
    for (const { unnoted } of left) for (const note of unnoted ?? []) await moveNote(db, model, note);
  }
}
