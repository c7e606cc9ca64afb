// Erasures as stored: what was asked to go, kept for ever so that it can be made to go again after a restore. Holds hashes and ids only, no
// names and no free text.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { Erasure } from './files.types.ts';

type Stored = Omit<Erasure, 'id'> & { _id: string };

const must = { type: String, required: true } as const;

const erasureSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    producerId: must,
    what: must,
    hash: must,
    recordId: must,
    reason: must,
    byUserId: must,
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
erasureSchema.index({ producerId: 1, what: 1, hash: 1 }, { unique: true, name: 'erasures_once' });
erasureSchema.index({ at: 1 }, { name: 'erasures_at' });

export function erasureModel(db: Db): mongoose.Model<Stored> {
  return (
    (db.models['Erasure'] as mongoose.Model<Stored> | undefined) ??
    db.model<Stored>('Erasure', erasureSchema, 'erasures')
  );
}

const toErasure = ({ _id, ...rest }: Stored): Erasure => ({ id: _id, ...rest });

/** Inserts it; when its id is taken, or the same was erased before, gives the stored one. */
export async function insertErasure(db: Db, erasure: Erasure): Promise<Erasure> {
  const { id, ...rest } = erasure;
  const { producerId, what, hash } = erasure;
  try {
    await erasureModel(db).create({ _id: id, ...rest });
    return erasure;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored =
      (await erasureModel(db).findById(id).lean<Stored>()) ??
      (await erasureModel(db).findOne({ producerId, what, hash }).lean<Stored>());
    if (stored === null) throw error;
    return toErasure(stored);
  }
}

export async function findErasure(
  db: Db,
  producerId: string,
  what: string,
  hash: string,
): Promise<Erasure | undefined> {
  const found = await erasureModel(db).findOne({ producerId, what, hash }).lean<Stored>();
  return found === null ? undefined : toErasure(found);
}

/** Erasures since a moment, in the order of their ids, after the id `after` ('' for the first). */
export async function findErasures(
  db: Db,
  { since, after, limit }: { since: Date; after: string; limit: number },
): Promise<Erasure[]> {
  const found = await erasureModel(db)
    .find({ _id: { $gt: after }, at: { $gte: since } })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Stored[]>();
  return found.map(toErasure);
}
