// Certificates and the decisions on them as stored. Both are inserted and never changed, but for one projection: whether a certificate still waits.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { OfficeScope, Certificate, CertificateDecision, CertificateSource } from './certificates.types.ts';

/** What the store needs beside the certificate to find it. */
export type CertificatePlace = {
  provinceCode: string;
  /** The number without signs and in lower case: two writings of one number meet. */
  numberKey: string;
  /** Nobody has verified it yet. Worked out from the decisions; follows them at once, and again when it was left behind. */
  waiting: boolean;
};

/** Records of the time before the import lack its fields. */
type Imported = 'issuedPart' | 'listedAs' | 'importKey' | 'source';
export type StoredCertificate = Omit<Certificate, 'id' | Imported> &
  Partial<Pick<Certificate, Imported>> &
  CertificatePlace & { _id: string };
type StoredDecision = Omit<CertificateDecision, 'id'> & { _id: string; sequence: number };

const text = { type: String, required: true } as const;
// Mongoose takes an empty text for a missing one.
const maybeEmpty = { type: String, default: '' } as const;
const moment = { type: Date, required: true } as const;
const flag = { type: Boolean, required: true } as const;

const sourceSchema = new mongoose.Schema<CertificateSource>(
  { key: maybeEmpty, evidence: maybeEmpty, note: maybeEmpty },
  { _id: false, strict: 'throw' },
);
const certificateSchema = new mongoose.Schema<StoredCertificate>(
  {
    _id: text,
    producerId: text,
    productId: text,
    provinceCode: text,
    type: text,
    number: maybeEmpty,
    numberKey: maybeEmpty,
    decisionNumber: maybeEmpty,
    issuerLevel: text,
    issuerName: maybeEmpty,
    issuedOn: String,
    issuedPart: maybeEmpty,
    lastDayPrinted: String,
    stars: Number,
    scopeText: maybeEmpty,
    enteredByOfficer: flag,
    documentFileId: String,
    listedAs: { type: String, default: 'recognised' },
    importKey: String,
    source: { type: sourceSchema },
    byUserId: text,
    recordedAt: moment,
    waiting: flag,
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
certificateSchema.index({ productId: 1, _id: -1 }, { name: 'certificates_product' });
certificateSchema.index({ producerId: 1, _id: -1 }, { name: 'certificates_producer' });
certificateSchema.index({ provinceCode: 1, _id: -1 }, { name: 'certificates_province_newest' });
certificateSchema.index({ provinceCode: 1, recordedAt: -1, _id: -1 }, { name: 'certificates_province' });
certificateSchema.index(
  { provinceCode: 1, recordedAt: 1, _id: 1 },
  { name: 'certificates_waiting', partialFilterExpression: { waiting: true } },
);
certificateSchema.index({ importKey: 1 }, { unique: true, sparse: true, name: 'certificates_importKey' });
certificateSchema.index({ documentFileId: 1 }, { sparse: true, name: 'certificates_document' });
certificateSchema.index({ numberKey: 1 }, { name: 'certificates_number' });

const decisionSchema = new mongoose.Schema<StoredDecision>(
  {
    _id: text,
    certificateId: text,
    sequence: { type: Number, required: true },
    kind: text,
    decisionNumber: maybeEmpty,
    decidedOn: text,
    effectiveOn: String,
    reason: maybeEmpty,
    byUserId: text,
    recordedAt: moment,
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
// Two officers at once both make the next decision; only one gets its place.
decisionSchema.index({ certificateId: 1, sequence: 1 }, { unique: true, name: 'certificateDecisions_sequence' });

export function certificateModel(db: Db): mongoose.Model<StoredCertificate> {
  const known = db.models['Certificate'] as mongoose.Model<StoredCertificate> | undefined;
  return known ?? db.model<StoredCertificate>('Certificate', certificateSchema, 'certificates');
}

export function certificateDecisionModel(db: Db): mongoose.Model<StoredDecision> {
  const known = db.models['CertificateDecision'] as mongoose.Model<StoredDecision> | undefined;
  return known ?? db.model<StoredDecision>('CertificateDecision', decisionSchema, 'certificateDecisions');
}

/** As the features know it. */
export const toCertificate = (stored: StoredCertificate): Certificate => {
  const { _id, provinceCode: _province, numberKey: _key, waiting: _waiting, ...rest } = stored;
  const { issuedOn, lastDayPrinted, stars, documentFileId, importKey, source } = rest;
  const { issuedPart = '', listedAs = 'recognised' } = rest;
  const imported = { issuedPart, listedAs, importKey, source };
  return { ...rest, id: _id, issuedOn, lastDayPrinted, stars, documentFileId, ...imported };
};

const toDecision = ({ _id, sequence: _sequence, ...rest }: StoredDecision): CertificateDecision => {
  return { ...rest, id: _id, effectiveOn: rest.effectiveOn };
};

/** Inserts it, or returns the record that has its id already. */
export async function insertCertificate(
  db: Db,
  certificate: Certificate,
  place: CertificatePlace,
): Promise<{ state: 'inserted' } | { state: 'id-taken'; stored: Certificate }> {
  const { id, ...rest } = certificate;
  try {
    await certificateModel(db).create({ _id: id, ...rest, ...place });
    return { state: 'inserted' };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await findCertificate(db, id);
    if (stored === undefined) throw error;
    return { state: 'id-taken', stored };
  }
}

/** Which of these import keys are there. */
export async function findImportKeys(db: Db, importKeys: readonly string[]): Promise<string[]> {
  const found = await certificateModel(db)
    .find({ importKey: { $in: [...importKeys] } }, { importKey: 1 })
    .lean<{ importKey: string }[]>();
  return found.map(({ importKey }) => importKey);
}

/** Inserts what is not there yet; a key or id that is taken is left alone. */
export async function insertImported(
  db: Db,
  list: readonly { certificate: Certificate; place: CertificatePlace }[],
): Promise<void> {
  if (list.length === 0) return;
  const documents = list.map(({ certificate: { id, ...rest }, place }) => ({ _id: id, ...rest, ...place }));
  try {
    await certificateModel(db).insertMany(documents, { ordered: false, throwOnValidationError: true });
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
  }
}

export async function findCertificate(db: Db, certificateId: string): Promise<Certificate | undefined> {
  const found = await certificateModel(db).findById(certificateId).lean<StoredCertificate>();
  return found === null ? undefined : toCertificate(found);
}

/** Newest first. */
export async function findCertificatesOfProducts(db: Db, productIds: readonly string[]): Promise<Certificate[]> {
  if (productIds.length === 0) return [];
  const found = await certificateModel(db)
    .find({ productId: { $in: productIds } })
    .sort({ _id: -1 })
    .lean<StoredCertificate[]>();
  return found.map(toCertificate);
}

/** Newest first, from after the named one. */
export async function findProductPage(
  db: Db,
  productId: string,
  after: string | undefined,
  count: number,
): Promise<Certificate[]> {
  const found = await certificateModel(db)
    .find({ productId, ...(after === undefined ? {} : { _id: { $lt: after } }) })
    .sort({ _id: -1 })
    .limit(count)
    .lean<StoredCertificate[]>();
  return found.map(toCertificate);
}

/** How many certificates of provinces wait. */
/** What lies in an office's scope. A list without single producers stays one look at the index of provinces. */
export const inOffice = ({ provinceCodes, producerIds }: OfficeScope): Record<string, unknown> => {
  const byProvince = { provinceCode: { $in: [...provinceCodes] } };
  if (producerIds.length === 0) return byProvince;
  const byProducer = { producerId: { $in: [...producerIds] } };
  return provinceCodes.length === 0 ? byProducer : { $or: [byProvince, byProducer] };
};

export async function countWaiting(db: Db, scope: OfficeScope): Promise<number> {
  return certificateModel(db).countDocuments({ ...inOffice(scope), waiting: true });
}

/** How many others have the same number. */
export async function countSameNumber(db: Db, certificate: Certificate, numberKey: string): Promise<number> {
  return certificateModel(db).countDocuments({ numberKey, type: certificate.type, _id: { $ne: certificate.id } });
}

/** Follows a decision; harmless when done before. */
export async function endWaiting(db: Db, certificateIds: readonly string[]): Promise<void> {
  await certificateModel(db).updateMany({ _id: { $in: certificateIds }, waiting: true }, { $set: { waiting: false } });
}

/** Inserts the decision as number `sequence` (from 1) on its certificate; 'taken' when its id or that number is there already. */
export async function insertDecision(
  db: Db,
  decision: CertificateDecision,
  sequence: number,
): Promise<'inserted' | 'taken'> {
  const { id, ...rest } = decision;
  try {
    await certificateDecisionModel(db).create({ _id: id, ...rest, sequence });
    return 'inserted';
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    return 'taken';
  }
}

export async function hasDecision(db: Db, decisionId: string): Promise<boolean> {
  return (await certificateDecisionModel(db).exists({ _id: decisionId })) !== null;
}

/** Oldest first. */
export async function findDecisions(db: Db, certificateIds: readonly string[]): Promise<CertificateDecision[]> {
  if (certificateIds.length === 0) return [];
  const found = await certificateDecisionModel(db)
    .find({ certificateId: { $in: certificateIds } })
    .sort({ certificateId: 1, sequence: 1 })
    .lean<StoredDecision[]>();
  return found.map(toDecision);
}
