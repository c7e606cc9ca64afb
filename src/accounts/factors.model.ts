// Second factors as stored, one document a person. Every use is one conditional update: a code counts once, also when it is sent twice at once.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import type { Factors, Totp } from './factors.types.ts';

type Stored = Omit<Factors, 'userId' | 'recovery'> & { _id: string; recovery: string[] };

const totpSchema = new mongoose.Schema<Totp>(
  {
    sealed: { type: String, required: true },
    lastStep: { type: Number, required: true },
    since: { type: Date, required: true },
  },
  { _id: false, strict: 'throw' },
);
const pendingSchema = new mongoose.Schema(
  { sealed: { type: String, required: true }, at: { type: Date, required: true } },
  { _id: false, strict: 'throw' },
);
const factorsSchema = new mongoose.Schema<Stored>(
  {
    _id: { type: String, required: true },
    totp: { type: totpSchema },
    pending: { type: pendingSchema },
    recovery: { type: [String], required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);

export function factorsModel(db: Db): mongoose.Model<Stored> {
  return (
    (db.models['SecondFactor'] as mongoose.Model<Stored> | undefined) ??
    db.model<Stored>('SecondFactor', factorsSchema, 'secondFactors')
  );
}

export async function findFactors(db: Db, userId: string): Promise<Factors> {
  const found = await factorsModel(db).findById(userId).lean<Stored>();
  if (found === null) return { userId, recovery: [] };
  const { _id, ...rest } = found;
  return { userId: _id, ...rest };
}

/** Keeps a secret that is shown to be scanned; an earlier one that was not confirmed is forgotten. */
export async function storePending(db: Db, userId: string, sealed: string, at: Date): Promise<void> {
  await factorsModel(db).updateOne(
    { _id: userId },
    { $set: { pending: { sealed, at } }, $setOnInsert: { recovery: [] } },
    { upsert: true },
  );
}

/** The pending secret becomes the one that counts, with new recovery codes; false when another one is pending by now. */
export async function storeConfirmed(
  db: Db,
  userId: string,
  totp: Totp,
  recovery: readonly string[],
): Promise<boolean> {
  const confirmed = await factorsModel(db).updateOne(
    { _id: userId, 'pending.sealed': totp.sealed },
    { $set: { totp, recovery: [...recovery] }, $unset: { pending: 1 } },
  );
  return confirmed.matchedCount === 1;
}

/** Uses a time step up; false when it, or a later one, was used before. */
export async function useStep(db: Db, userId: string, sealed: string, step: number): Promise<boolean> {
  const used = await factorsModel(db).updateOne(
    { _id: userId, 'totp.sealed': sealed, 'totp.lastStep': { $lt: step } },
    { $set: { 'totp.lastStep': step } },
  );
  return used.modifiedCount === 1;
}

/** Uses a recovery code up; false when there is no such one (any more). */
export async function useRecovery(db: Db, userId: string, hash: string): Promise<boolean> {
  const used = await factorsModel(db).updateOne({ _id: userId, recovery: hash }, { $pull: { recovery: hash } });
  return used.modifiedCount === 1;
}

/** New recovery codes put the old ones out; false when the person has no second factor. */
export async function storeRecovery(db: Db, userId: string, recovery: readonly string[]): Promise<boolean> {
  const filter = { _id: userId, totp: { $exists: true } };
  return (await factorsModel(db).updateOne(filter, { $set: { recovery: [...recovery] } })).matchedCount === 1;
}

/** Takes a second factor away that was there at a moment; one that was taken in later stays. */
export async function deleteFactorsFrom(db: Db, userId: string, at: Date): Promise<void> {
  await factorsModel(db).deleteOne({ _id: userId, 'totp.since': { $lte: at } });
}

/** Takes the second factor away, whole. */
export async function deleteFactors(db: Db, userId: string): Promise<void> {
  await factorsModel(db).deleteOne({ _id: userId });
}
