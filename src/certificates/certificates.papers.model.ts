// What happened to the papers of certificates, as stored: inserted in the order of their numbers and never changed.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { CertificatePaper } from './certificates.types.ts';

type StoredPaper = Omit<CertificatePaper, 'id'> & { _id: string; sequence: number };

const text = { type: String, required: true } as const;

const paperSchema = new mongoose.Schema<StoredPaper>(
  {
    _id: text,
    certificateId: text,
    sequence: { type: Number, required: true },
    kind: text,
    fileId: text,
    before: String,
    byUserId: text,
    recordedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
// Two people at once both write the next fact; only one gets its place, and the other looks again.
paperSchema.index({ certificateId: 1, sequence: 1 }, { unique: true, name: 'certificatePapers_sequence' });
paperSchema.index({ fileId: 1 }, { name: 'certificatePapers_file' });

export function certificatePaperModel(db: Db): mongoose.Model<StoredPaper> {
  const known = db.models['CertificatePaper'] as mongoose.Model<StoredPaper> | undefined;
  return known ?? db.model<StoredPaper>('CertificatePaper', paperSchema, 'certificatePapers');
}

/** Inserts the fact as number `sequence` (from 1) of its certificate; 'taken' when that number is there already. */
export async function insertPaper(db: Db, paper: CertificatePaper, sequence: number): Promise<'inserted' | 'taken'> {
  const { id, ...rest } = paper;
  try {
    await certificatePaperModel(db).create({ _id: id, ...rest, sequence });
    return 'inserted';
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    return 'taken';
  }
}

const plain = ({ _id, sequence: _sequence, ...rest }: StoredPaper): CertificatePaper => ({
  ...rest,
  id: _id,
  before: rest.before,
});

/** Oldest first. */
export async function findPapers(db: Db, certificateIds: readonly string[]): Promise<CertificatePaper[]> {
  if (certificateIds.length === 0) return [];
  const found = await certificatePaperModel(db)
    .find({ certificateId: { $in: [...certificateIds] } })
    .sort({ certificateId: 1, sequence: 1 })
    .lean<StoredPaper[]>();
  return found.map(plain);
}

/** Certificates on whose track these files are. */
export async function findCertificateIdsOfFiles(db: Db, fileIds: readonly string[]): Promise<string[]> {
  return certificatePaperModel(db).distinct('certificateId', { fileId: { $in: [...fileIds] } });
}
