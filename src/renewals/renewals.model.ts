// Requests and confirmations as stored, append-only: who asked, who confirmed, when. People are ids.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { Confirmation, Renewal } from './renewals.types.ts';

type StoredRenewal = Omit<Renewal, 'id'> & { _id: string };
// The id is request and person together: nobody confirms one twice, also not at once.
type StoredConfirmation = Confirmation & { _id: string };

const renewalSchema = new mongoose.Schema<StoredRenewal>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    askedById: { type: String, required: true },
    at: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
renewalSchema.index({ expiresAt: 1 }, { name: 'factorRenewals_expiresAt' });

const confirmationSchema = new mongoose.Schema<StoredConfirmation>(
  {
    _id: { type: String, required: true },
    renewalId: { type: String, required: true },
    byId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
confirmationSchema.index({ renewalId: 1 }, { name: 'factorRenewalConfirmations_renewal' });

export function renewalModel(db: Db): mongoose.Model<StoredRenewal> {
  return (
    (db.models['FactorRenewal'] as mongoose.Model<StoredRenewal> | undefined) ??
    db.model<StoredRenewal>('FactorRenewal', renewalSchema, 'factorRenewals')
  );
}

export function confirmationModel(db: Db): mongoose.Model<StoredConfirmation> {
  return (
    (db.models['FactorRenewalConfirmation'] as mongoose.Model<StoredConfirmation> | undefined) ??
    db.model<StoredConfirmation>('FactorRenewalConfirmation', confirmationSchema, 'factorRenewalConfirmations')
  );
}

const toRenewal = ({ _id, ...rest }: StoredRenewal): Renewal => ({ id: _id, ...rest });

/** False when the id is taken. */
export async function insertRenewal(db: Db, { id, ...rest }: Renewal): Promise<boolean> {
  try {
    await renewalModel(db).create({ _id: id, ...rest });
    return true;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    return false;
  }
}

export async function findRenewal(db: Db, renewalId: string): Promise<Renewal | undefined> {
  const found = await renewalModel(db).findById(renewalId).lean<StoredRenewal>();
  return found === null ? undefined : toRenewal(found);
}

/** Those that are not over at this moment, oldest first. */
export async function findCurrent(db: Db, now: Date): Promise<Renewal[]> {
  const found = await renewalModel(db)
    .find({ expiresAt: { $gt: now } })
    .sort({ expiresAt: 1, _id: 1 })
    .limit(500)
    .lean<StoredRenewal[]>();
  return found.map(toRenewal);
}

/** Adds a person's confirmation; one that is there already stays as it is. */
export async function insertConfirmation(db: Db, confirmation: Confirmation): Promise<boolean> {
  try {
    await confirmationModel(db).create({ _id: `${confirmation.renewalId}:${confirmation.byId}`, ...confirmation });
    return true;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    return false;
  }
}

export async function findConfirmations(db: Db, renewalIds: readonly string[]): Promise<Confirmation[]> {
  const found = await confirmationModel(db)
    .find({ renewalId: { $in: [...renewalIds] } })
    .sort({ at: 1, _id: 1 })
    .lean<StoredConfirmation[]>();
  return found.map(({ _id, ...rest }) => rest);
}
