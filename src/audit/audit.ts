// Who did what to a mutable record, append-only. Holds no personal data: people and records are ids.
import mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';

export type AuditNote = {
  /** Makes a note that is sent again harmless; a new one when left out. */
  id?: string;
  actorId: string;
  /** What was done, a stable word: `user-created`. */
  what: string;
  recordId: string;
  /** The changed fields as they were and as they are now. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  at: Date;
};

type Stored = Omit<AuditNote, 'id'> & { _id: string };

const auditSchema = new mongoose.Schema<Stored>(
  {
    _id: { type: String, required: true },
    actorId: { type: String, required: true },
    what: { type: String, required: true },
    recordId: { type: String, required: true },
    before: { type: mongoose.Schema.Types.Mixed },
    after: { type: mongoose.Schema.Types.Mixed },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
auditSchema.index({ recordId: 1, at: -1 }, { name: 'auditLog_record_at' });
auditSchema.index({ what: 1, at: 1 }, { name: 'auditLog_what_at' });

export function auditModel(db: Db): mongoose.Model<Stored> {
  return (
    (db.models['Audit'] as mongoose.Model<Stored> | undefined) ?? db.model<Stored>('Audit', auditSchema, 'auditLog')
  );
}

/** Adds a note to the audit log. The same id again is the same note. */
export async function noteAudit(db: Db, note: AuditNote): Promise<void> {
  const { id, ...rest } = note;
  try {
    await auditModel(db).create({ _id: id ?? uuidv7(), ...rest });
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
  }
}

/** The notes on one record, oldest first. */
export async function auditOf(db: Db, recordId: string): Promise<AuditNote[]> {
  const found = await auditModel(db).find({ recordId }).sort({ at: 1, _id: 1 }).limit(1000).lean<Stored[]>();
  return found.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
}

/** Removes notes of these kinds from before a moment, at most `limit` of them. Returns how many went. */
export async function removeNotes(db: Db, kinds: readonly string[], before: Date, limit: number): Promise<number> {
  const old = await auditModel(db)
    .find({ what: { $in: [...kinds] }, at: { $lt: before } }, { _id: 1 })
    .limit(limit)
    .lean<{ _id: string }[]>();
  if (old.length === 0) return 0;
  return (await auditModel(db).deleteMany({ _id: { $in: old.map(({ _id }) => _id) } })).deletedCount;
}

/** Takes what changed out of the notes on a record whose own facts are erased; who did what, and when, stays. */
export async function blankNotesOn(db: Db, recordId: string): Promise<void> {
  await auditModel(db).updateMany({ recordId }, { $unset: { before: 1, after: 1 } });
}
