// A lease: of all processes that share a store, one does a piece of work. It ends by itself when its holder dies.
import mongoose from 'mongoose';
import type { Db } from './connect.ts';
import { isDuplicateKey } from './indexes.ts';

type Stored = { _id: string; holder: string; until: Date };

const leaseSchema = new mongoose.Schema<Stored>(
  {
    _id: { type: String, required: true },
    holder: { type: String, required: true },
    until: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);

export function leaseModel(db: Db): mongoose.Model<Stored> {
  return (db.models['Lease'] as mongoose.Model<Stored> | undefined) ?? db.model<Stored>('Lease', leaseSchema, 'leases');
}

/** Takes the lease `name`, or makes one's own longer; false while somebody else holds it. */
export async function takeLease(db: Db, name: string, holder: string, now: Date, lastsMs: number): Promise<boolean> {
  const until = new Date(now.getTime() + lastsMs);
  try {
    const taken = await leaseModel(db).updateOne(
      { _id: name, $or: [{ holder }, { until: { $lte: now } }] },
      { $set: { holder, until } },
      { upsert: true },
    );
    return taken.matchedCount + taken.upsertedCount === 1;
  } catch (error) {
    // Somebody holds it: the condition found nothing and the insert found the name taken.
    if (isDuplicateKey(error) === undefined) throw error;
    return false;
  }
}

/** Gives one's own lease back. */
export async function giveBackLease(db: Db, name: string, holder: string): Promise<void> {
  await leaseModel(db).deleteOne({ _id: name, holder });
}
