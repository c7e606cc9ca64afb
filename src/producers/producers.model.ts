// Producers as stored. Approvals and consents live inside, are only ever pushed, and each push raises the version: the stamp of the pages that
// show the producer, so that what was taken back is off them at the next comparison.
import mongoose from 'mongoose';
import { keepChangeNotes } from '../audit/changes.ts';
import type { WithUnnoted } from '../audit/changes.ts';
import type { Consent } from '../consents.types.ts';
import type { Db } from '../db/connect.ts';
import { consentSchema } from '../db/consent-schema.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { listing } from '../db/listing.ts';
import type { ListPage } from '../db/listing.ts';
import { fold, searchWords } from '../fold.ts';
import { numberKey } from './producers.number.ts';
import type { Address, Approval, ApprovalState, Producer, Shop, SignUp } from './producers.types.ts';

/** `numberKey`: the registration number in one spelling, '' when none. */
type ListWords = { foldedName: string; searchWords: string[]; numberKey: string };

// `approvedNumber` is there while the producer is approved: the guard that no two approved ones have one number.
export type StoredProducer = Omit<Producer, 'id'> & { _id: string; approvedNumber?: string } & ListWords & WithUnnoted;

type Stored = StoredProducer;

const text = { type: String, required: false, default: '' } as const;
const must = { type: String, required: true } as const;

const addressSchema = new mongoose.Schema<Address>(
  { communeCode: text, communeName: text, provinceCode: must, provinceName: must, street: text },
  { _id: false, strict: 'throw' },
);
const approvalSchema = new mongoose.Schema<Approval>(
  { id: must, outcome: must, reason: text, byUserId: must, at: { type: Date, required: true } },
  { _id: false, id: false, strict: 'throw' },
);
const shopSchema = new mongoose.Schema<Shop>({ url: must }, { _id: false, strict: 'throw' });
const signUpSchema = new mongoose.Schema<SignUp>(
  {
    userId: must,
    representative: must,
    termsVersion: must,
    consentVersion: must,
    at: { type: Date, required: true },
    declinedAt: Date,
    erasedAt: Date,
  },
  { _id: false, strict: 'throw' },
);
const producerSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    legalName: must,
    foldedName: must,
    searchWords: { type: [String], required: true },
    numberKey: String,
    approvedNumber: String,
    kind: must,
    registrationNumber: text,
    address: { type: addressSchema, required: true },
    formerAddress: text,
    hotline: text,
    gln: text,
    story: text,
    shops: { type: [shopSchema], required: true },
    consents: { type: [consentSchema], required: true },
    sample: { type: Boolean, required: true },
    claim: must,
    importKey: String,
    source: text,
    claimId: String,
    approvals: { type: [approvalSchema], required: true },
    askedAgainAt: Date,
    signUp: { type: signUpSchema, required: false },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
producerSchema.index({ 'address.provinceCode': 1, _id: -1 }, { name: 'producers_province' });
producerSchema.index({ 'address.provinceCode': 1, foldedName: 1, _id: 1 }, { name: 'producers_province_name' });
producerSchema.index({ 'address.provinceCode': 1, searchWords: 1 }, { name: 'producers_province_words' });
producerSchema.index({ importKey: 1 }, { unique: true, sparse: true, name: 'producers_importKey' });
producerSchema.index({ numberKey: 1 }, { name: 'producers_number' });
producerSchema.index(
  { approvedNumber: 1 },
  { unique: true, name: 'producers_approvedNumber', partialFilterExpression: { approvedNumber: { $type: 'string' } } },
);
producerSchema.index({ 'signUp.userId': 1 }, { sparse: true, name: 'producers_applicant' });
producerSchema.index({ _id: 1, version: 1 }, { name: 'producers_versions' });
keepChangeNotes(producerSchema, 'producers');

export function producerModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['Producer'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('Producer', producerSchema, 'producers');
}

const toProducer = ({
  _id,
  foldedName: _f,
  searchWords: _s,
  numberKey: _n,
  approvedNumber: _a,
  unnoted: _u,
  signUp,
  ...rest
}: Stored): Producer => ({
  id: _id,
  ...rest,
  // A store of before consents had dates holds none: nothing of a household is public until it is asked again.
  consents: rest.consents ?? [],
  ...(signUp == null ? {} : { signUp }),
  importKey: rest.importKey ?? undefined,
  claimId: rest.claimId ?? undefined,
  askedAgainAt: rest.askedAgainAt ?? undefined,
});

/** By which words a list finds the producer, and the name by which it sorts. */
export function listWords({ legalName, registrationNumber, address }: Producer): ListWords {
  return {
    foldedName: fold(legalName),
    searchWords: searchWords(legalName, registrationNumber, address.communeName),
    numberKey: numberKey(registrationNumber),
  };
}

/** The document of a producer. */
export function storedProducer(producer: Producer): StoredProducer {
  const { id, ...rest } = producer;
  return { _id: id, ...rest, ...listWords(producer) };
}

/** Inserts the producer under its id; when the id is taken, returns the stored one. */
export async function insertProducer(db: Db, producer: Producer): Promise<{ producer: Producer; inserted: boolean }> {
  try {
    await producerModel(db).create(storedProducer(producer));
    return { producer, inserted: true };
  } catch (error) {
    const stored = isDuplicateKey(error) === undefined ? undefined : await findProducer(db, producer.id);
    if (stored === undefined) throw error;
    return { producer: stored, inserted: false };
  }
}

export async function findProducer(db: Db, producerId: string): Promise<Producer | undefined> {
  const found = await producerModel(db).findById(producerId).lean<Stored>();
  return found === null ? undefined : toProducer(found);
}

export async function findVersion(db: Db, producerId: string): Promise<number | undefined> {
  const found = await producerModel(db).findById(producerId, { version: 1 }).lean<{ version: number }>();
  return found?.version;
}

export async function findProducersByIds(db: Db, producerIds: readonly string[]): Promise<Producer[]> {
  const found = await producerModel(db)
    .find({ _id: { $in: [...producerIds] } })
    .lean<Stored[]>();
  return found.map(toProducer);
}

/** Ids of the producers in these provinces. */
export async function findIdsInProvinces(db: Db, provinceCodes: readonly string[]): Promise<string[]> {
  if (provinceCodes.length === 0) return [];
  const found = await producerModel(db)
    .find({ 'address.provinceCode': { $in: [...provinceCodes] } }, { _id: 1 })
    .lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}

/** Ids of the producers of these communes (GSO codes). */
export async function findIdsInCommunes(db: Db, communeCodes: readonly string[]): Promise<string[]> {
  const found = await producerModel(db)
    .find({ 'address.communeCode': { $in: [...communeCodes] } }, { _id: 1 })
    .lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}

/** What a list may be narrowed to. */
export type ProducerFilter = {
  commune?: string | undefined;
  kind?: string | undefined;
  approval?: ApprovalState | undefined;
  claim?: string | undefined;
};

const lastOutcomeIs = (outcome: string) => ({
  $expr: { $eq: [{ $arrayElemAt: ['$approvals.outcome', -1] }, outcome] },
});
const isWaiting = { $or: [{ approvals: { $size: 0 } }, { askedAgainAt: { $exists: true } }] };

const filtered = ({ commune, kind, approval, claim }: ProducerFilter): Record<string, unknown>[] => [
  ...(commune === undefined ? [] : [{ 'address.communeCode': commune }]),
  ...(kind === undefined ? [] : [{ kind }]),
  ...(claim === undefined ? [] : [{ claim }]),
  ...(approval === 'pending' ? [isWaiting] : []),
  ...(approval === 'approved' || approval === 'refused'
    ? [{ askedAgainAt: { $exists: false } }, lastOutcomeIs(approval)]
    : []),
];

/** The producers in these provinces or with these ids that a page of the list shows, and one more if there is one. */
export async function findProducers(
  db: Db,
  within: { provinceCodes: readonly string[]; producerIds: readonly string[] },
  page: ListPage & ProducerFilter,
): Promise<Producer[]> {
  const { conditions, order, limit } = listing('foldedName', page);
  const inSight = {
    $or: [{ 'address.provinceCode': { $in: [...within.provinceCodes] } }, { _id: { $in: [...within.producerIds] } }],
  };
  const found = await producerModel(db)
    .find({ $and: [inSight, ...conditions, ...filtered(page)] })
    .sort(order)
    .limit(limit)
    .lean<Stored[]>();
  return found.map(toProducer);
}

/** The communes of these provinces that have producers, each code once. */
export async function findCommunes(
  db: Db,
  provinceCodes: readonly string[],
): Promise<{ code: string; name: string }[]> {
  const grouped = await producerModel(db).aggregate<{ _id: string; name: string }>([
    { $match: { 'address.provinceCode': { $in: [...provinceCodes] }, 'address.communeCode': { $gt: '' } } },
    { $group: { _id: '$address.communeCode', name: { $max: '$address.communeName' } } },
  ]);
  return grouped.map(({ _id, name }) => ({ code: _id, name }));
}

/**
 * Appends the decision if exactly `seen.count` decisions (and that version) are there; 'overtaken' when someone was quicker, 'number-taken'
 * when another producer is approved under the same registration number.
 */
export async function pushApproval(
  db: Db,
  producer: Producer,
  approval: Approval,
  seen: { count: number; version?: number | undefined },
): Promise<'appended' | 'overtaken' | 'number-taken'> {
  const version = seen.version === undefined ? {} : { version: seen.version };
  const { registrationNumber } = producer;
  const isApproved = approval.outcome === 'approved';
  try {
    const pushed = await producerModel(db).updateOne(
      { _id: producer.id, approvals: { $size: seen.count }, registrationNumber, ...version },
      {
        $push: { approvals: approval },
        $inc: { version: 1 },
        $unset: { askedAgainAt: 1, ...(isApproved ? {} : { approvedNumber: 1 }) },
        ...(isApproved ? { $set: { approvedNumber: numberKey(registrationNumber) } } : {}),
      },
    );
    return pushed.modifiedCount === 1 ? 'appended' : 'overtaken';
  } catch (error) {
    if (isDuplicateKey(error)?.index === 'producers_approvedNumber') return 'number-taken';
    throw error;
  }
}

/** Appends what was said unless its id is there; false then, and when there is no such producer. */
export async function pushConsent(db: Db, producerId: string, consent: Consent): Promise<boolean> {
  const pushed = await producerModel(db).updateOne(
    { _id: producerId, 'consents.id': { $ne: consent.id } },
    { $push: { consents: consent }, $inc: { version: 1 } },
  );
  return pushed.modifiedCount === 1;
}

export async function hasProducers(db: Db): Promise<boolean> {
  return (await producerModel(db).exists({})) !== null;
}

/** Ids by import key of those that are there. */
export async function findIdsByImportKey(db: Db, importKeys: readonly string[]): Promise<Map<string, string>> {
  const found = await producerModel(db)
    .find({ importKey: { $in: [...importKeys] } }, { importKey: 1 })
    .lean<{ _id: string; importKey: string }[]>();
  return new Map(found.map(({ _id, importKey }) => [importKey, _id]));
}

/** Inserts imported producers in one go; one whose import key is there already is left as it is. */
export async function insertImported(db: Db, producers: readonly Producer[]): Promise<void> {
  if (producers.length === 0) return;
  try {
    await producerModel(db).insertMany(producers.map(storedProducer), { ordered: false, throwOnValidationError: true });
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
  }
}

/** The producers under this registration number, or unclaimed in the province under the same name; the one itself left out. */
export async function findTwins(db: Db, producer: Producer): Promise<Producer[]> {
  const { numberKey: key, foldedName } = listWords(producer);
  const sameName = { claim: 'unclaimed' as const, 'address.provinceCode': producer.address.provinceCode, foldedName };
  const found = await producerModel(db)
    .find({ _id: { $ne: producer.id }, $or: [sameName, ...(key === '' ? [] : [{ numberKey: key }])] })
    .sort({ _id: 1 })
    .limit(20)
    .lean<Stored[]>();
  return found.map(toProducer);
}

/** What this person applied with and did not turn down, newest first. */
export async function findSignUpsOf(db: Db, userId: string): Promise<Producer[]> {
  const found = await producerModel(db)
    .find({ 'signUp.userId': userId, 'signUp.declinedAt': { $exists: false } })
    .sort({ _id: -1 })
    .limit(20)
    .lean<Stored[]>();
  return found.map(toProducer);
}

/** Names another person as applicant, if it is still the one that was read. */
export async function setApplicant(db: Db, producerId: string, from: string, to: string): Promise<void> {
  await producerModel(db).updateOne({ _id: producerId, 'signUp.userId': from }, { $set: { 'signUp.userId': to } });
}

/** The first no of the applicant stands. */
export async function markDeclined(db: Db, producerId: string, userId: string, at: Date): Promise<void> {
  await producerModel(db).updateOne(
    { _id: producerId, 'signUp.userId': userId, 'signUp.declinedAt': { $exists: false } },
    { $set: { 'signUp.declinedAt': at }, $inc: { version: 1 } },
  );
}

/** Puts these words where the name of the person stood who applied. */
export async function blankApplicant(db: Db, userId: string, words: string): Promise<void> {
  await producerModel(db).updateMany({ 'signUp.userId': userId }, { $set: { 'signUp.representative': words } });
}

/**
 * Gives producers stored by an earlier release their registration number in one spelling, and approved ones its guard; of two approved under
 * one number the first keeps it. Safe to run twice.
 */
export async function addMissingNumbers(db: Db): Promise<void> {
  for (;;) {
    const left = await producerModel(db)
      .find({ numberKey: { $exists: false } })
      .sort({ _id: 1 })
      .limit(500)
      .lean<Stored[]>();
    if (left.length === 0) return;
    for (const { _id, registrationNumber, approvals, askedAgainAt } of left) {
      const key = numberKey(registrationNumber);
      const isApproved = askedAgainAt == null && approvals.at(-1)?.outcome === 'approved';
      try {
        const guard = isApproved && key !== '' ? { approvedNumber: key } : {};
        await producerModel(db).updateOne({ _id }, { $set: { numberKey: key, ...guard } });
      } catch (error) {
        if (isDuplicateKey(error) === undefined) throw error;
        await producerModel(db).updateOne({ _id }, { $set: { numberKey: key } });
      }
    }
  }
}
