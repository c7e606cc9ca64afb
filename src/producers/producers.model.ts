// Producers as stored. Approvals live inside, are only ever pushed, and each push raises the version.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { Address, Approval, Producer } from './producers.types.ts';

type Stored = Omit<Producer, 'id'> & { _id: string };

const text = { type: String, required: false, default: '' } as const;
const must = { type: String, required: true } as const;

const addressSchema = new mongoose.Schema<Address>(
  { communeCode: must, communeName: must, provinceCode: must, provinceName: must, street: text },
  { _id: false, strict: 'throw' },
);
const approvalSchema = new mongoose.Schema<Approval>(
  { id: must, outcome: must, reason: text, byUserId: must, at: { type: Date, required: true } },
  { _id: false, id: false, strict: 'throw' },
);
const producerSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    legalName: must,
    kind: must,
    registrationNumber: text,
    address: { type: addressSchema, required: true },
    formerAddress: text,
    hotline: text,
    gln: text,
    story: text,
    publicName: { type: Boolean, required: true },
    publicPhone: { type: Boolean, required: true },
    sample: { type: Boolean, required: true },
    approvals: { type: [approvalSchema], required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
producerSchema.index({ 'address.provinceCode': 1, _id: -1 }, { name: 'producers_province' });

export function producerModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['Producer'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('Producer', producerSchema, 'producers');
}

const toProducer = ({ _id, ...rest }: Stored): Producer => ({ id: _id, ...rest });

/** Inserts the producer under its id; when the id is taken, returns the stored one. */
export async function insertProducer(db: Db, producer: Producer): Promise<{ producer: Producer; inserted: boolean }> {
  const { id, ...rest } = producer;
  try {
    await producerModel(db).create({ _id: id, ...rest });
    return { producer, inserted: true };
  } catch (error) {
    const stored = isDuplicateKey(error) === undefined ? undefined : await findProducer(db, id);
    if (stored === undefined) throw error;
    return { producer: stored, inserted: false };
  }
}

export async function findProducer(db: Db, producerId: string): Promise<Producer | undefined> {
  const found = await producerModel(db).findById(producerId).lean<Stored>();
  return found === null ? undefined : toProducer(found);
}

export async function findProducersByIds(db: Db, producerIds: readonly string[]): Promise<Producer[]> {
  const found = await producerModel(db)
    .find({ _id: { $in: [...producerIds] } })
    .lean<Stored[]>();
  return found.map(toProducer);
}

/** One page of the producers in these provinces or with these ids, newest first, below the id `after`. */
export async function findProducers(
  db: Db,
  within: { provinceCodes: readonly string[]; producerIds: readonly string[] },
  page: { limit: number; after?: string | undefined },
): Promise<Producer[]> {
  const found = await producerModel(db)
    .find({
      $or: [{ 'address.provinceCode': { $in: [...within.provinceCodes] } }, { _id: { $in: [...within.producerIds] } }],
      ...(page.after === undefined ? {} : { _id: { $lt: page.after } }),
    })
    .sort({ _id: -1 })
    .limit(page.limit)
    .lean<Stored[]>();
  return found.map(toProducer);
}

/** Appends the decision if exactly `knownCount` decisions are there; false when someone was quicker. */
export async function pushApproval(
  db: Db,
  producerId: string,
  approval: Approval,
  knownCount: number,
): Promise<boolean> {
  const pushed = await producerModel(db).updateOne(
    { _id: producerId, approvals: { $size: knownCount } },
    { $push: { approvals: approval }, $inc: { version: 1 } },
  );
  return pushed.modifiedCount === 1;
}

export async function hasProducers(db: Db): Promise<boolean> {
  return (await producerModel(db).exists({})) !== null;
}
