// Recorders and joining codes as stored. A code's document is found by a keyed hash, so the store never holds a code.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { JoinCode, Member } from './members.types.ts';

type StoredMember = Omit<Member, 'id'> & { _id: string };
type StoredCode = Omit<JoinCode, 'hash' | 'usedAt'> & { _id: string; usedAt: Date | null };

const must = { type: String, required: true } as const;
const options = { strict: 'throw', versionKey: false, autoIndex: false } as const;

const memberSchema = new mongoose.Schema<StoredMember>(
  {
    _id: must,
    producerId: must,
    phone: { type: String, default: '' },
    consentVersion: must,
    addedBy: must,
    addedAt: { type: Date, required: true },
    revokedAt: Date,
  },
  options,
);
memberSchema.index({ producerId: 1, _id: 1 }, { name: 'members_producer' });

const codeSchema = new mongoose.Schema<StoredCode>(
  {
    _id: must,
    memberId: must,
    endsOthers: { type: Boolean, required: true },
    madeBy: must,
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  options,
);
codeSchema.index({ memberId: 1 }, { name: 'joinCodes_member' });
codeSchema.index({ expiresAt: 1 }, { name: 'joinCodes_expiresAt' });

export function memberModel(db: Db): mongoose.Model<StoredMember> {
  const known = db.models['Member'] as mongoose.Model<StoredMember> | undefined;
  return known ?? db.model<StoredMember>('Member', memberSchema, 'members');
}

export function joinCodeModel(db: Db): mongoose.Model<StoredCode> {
  const known = db.models['JoinCode'] as mongoose.Model<StoredCode> | undefined;
  return known ?? db.model<StoredCode>('JoinCode', codeSchema, 'joinCodes');
}

const toMember = ({ _id, ...rest }: StoredMember): Member => ({
  id: _id,
  ...rest,
  revokedAt: rest.revokedAt ?? undefined,
});
const toCode = ({ _id, usedAt, ...rest }: StoredCode): JoinCode => ({
  hash: _id,
  ...rest,
  usedAt: usedAt ?? undefined,
});

/** Inserts the member; when the id is taken, returns the stored one. */
export async function insertMember(db: Db, member: Member): Promise<Member> {
  const { id, revokedAt: _none, ...rest } = member;
  try {
    await memberModel(db).create({ _id: id, ...rest });
    return member;
  } catch (error) {
    const stored = isDuplicateKey(error) === undefined ? undefined : await findMember(db, id);
    if (stored === undefined) throw error;
    return stored;
  }
}

export async function findMember(db: Db, memberId: string): Promise<Member | undefined> {
  const found = await memberModel(db).findById(memberId).lean<StoredMember>();
  return found === null ? undefined : toMember(found);
}

/** Oldest first. */
export async function findMembers(db: Db, producerId: string): Promise<Member[]> {
  const found = await memberModel(db).find({ producerId }).sort({ _id: 1 }).limit(500).lean<StoredMember[]>();
  return found.map(toMember);
}

/** Marks the member as revoked; the first moment stands. */
export async function markRevoked(db: Db, memberId: string, at: Date): Promise<void> {
  await memberModel(db).updateOne({ _id: memberId, revokedAt: { $exists: false } }, { $set: { revokedAt: at } });
}

/** Takes the phone number off for good; the right to record is over with it. */
export async function blankMember(db: Db, memberId: string, at: Date): Promise<void> {
  await memberModel(db).updateOne({ _id: memberId }, { $set: { phone: '' } });
  await markRevoked(db, memberId, at);
}

/** A new code of a member, in place of those that wait. Removes what is over for a day on the way, so that late phones still hear why. */
export async function insertJoinCode(db: Db, { hash, usedAt: _none, ...rest }: JoinCode): Promise<void> {
  const dayAgo = new Date(rest.createdAt.getTime() - 86_400_000);
  await joinCodeModel(db).deleteMany({
    $or: [{ memberId: rest.memberId, usedAt: null }, { expiresAt: { $lt: dayAgo } }],
  });
  await joinCodeModel(db).create({ _id: hash, ...rest });
}

export async function findJoinCode(db: Db, hash: string): Promise<JoinCode | undefined> {
  const found = await joinCodeModel(db).findById(hash).lean<StoredCode>();
  return found === null ? undefined : toCode(found);
}

/** Uses a code up: of two at once one gets it and the other undefined. */
export async function takeJoinCode(db: Db, hash: string, now: Date): Promise<JoinCode | undefined> {
  const found = await joinCodeModel(db)
    .findOneAndUpdate({ _id: hash, usedAt: null, expiresAt: { $gt: now } }, { $set: { usedAt: now } })
    .lean<StoredCode>();
  return found === null ? undefined : toCode(found);
}

export async function removeCodesOf(db: Db, memberId: string): Promise<void> {
  await joinCodeModel(db).deleteMany({ memberId, usedAt: null });
}
