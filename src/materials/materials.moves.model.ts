// The stock book as stored: inserted once, never changed. A line takes the place of one other, and only one can.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { MaterialMove } from './materials.types.ts';

type Stored = Omit<MaterialMove, 'id'> & { _id: string };

const must = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;

const schema = new mongoose.Schema<Stored>(
  {
    _id: must,
    producerId: must,
    materialId: must,
    kind: must,
    amount: Number,
    told: text,
    lot: text,
    supplier: text,
    on: must,
    batchId: String,
    receiptFileId: String,
    replaces: String,
    fromStep: { type: Boolean, required: true },
    byUserId: must,
    recordedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
const replacedOnce = 'materialMoves_replaced_once';
schema.index(
  { producerId: 1, replaces: 1 },
  { unique: true, partialFilterExpression: { replaces: { $type: 'string' } }, name: replacedOnce },
);
schema.index({ producerId: 1, materialId: 1, on: 1 }, { name: 'materialMoves_material' });
schema.index({ receiptFileId: 1 }, { name: 'materialMoves_receipt', sparse: true });

export function moveModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['MaterialMove'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('MaterialMove', schema, 'materialMoves');
}

const toMove = ({ _id, ...rest }: Stored): MaterialMove => ({
  ...rest,
  id: _id,
  amount: rest.amount,
  batchId: rest.batchId,
  receiptFileId: rest.receiptFileId,
  replaces: rest.replaces,
});

export type InsertedMove = { state: 'inserted' | 'id-taken'; move: MaterialMove } | { state: 'replaced-before' };

export async function insertMove(db: Db, move: MaterialMove): Promise<InsertedMove> {
  const { id, ...rest } = move;
  try {
    await moveModel(db).create({ _id: id, ...rest });
    return { state: 'inserted', move };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await findMove(db, id);
    if (stored !== undefined) return { state: 'id-taken', move: stored };
    if (isDuplicateKey(error)?.index !== replacedOnce) throw error;
    return { state: 'replaced-before' };
  }
}

export async function findMove(db: Db, moveId: string): Promise<MaterialMove | undefined> {
  const found = await moveModel(db).findById(moveId).lean<Stored>();
  return found === null ? undefined : toMove(found);
}

/** Every line of these materials, in no order. */
export async function findMoves(db: Db, producerId: string, materialIds: readonly string[]): Promise<MaterialMove[]> {
  if (materialIds.length === 0) return [];
  const found = await moveModel(db)
    .find({ producerId, materialId: { $in: [...materialIds] } })
    .lean<Stored[]>();
  return found.map(toMove);
}

/** Which of these lines another one took the place of: that may be a line of another material. */
export async function findReplacedMoves(db: Db, producerId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await moveModel(db)
    .find({ producerId, replaces: { $in: [...ids] } }, { replaces: 1 })
    .lean<Pick<Stored, 'replaces'>[]>();
  return new Set(found.flatMap(({ replaces }) => replaces ?? []));
}
