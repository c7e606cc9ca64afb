// People as stored. One login is one person; one person at most is the first administrator.
import mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { roleKinds } from '../actor.ts';
import type { Role } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { User } from './accounts.types.ts';

// `leaving`: who is making this administrator go just now, one mark for each attempt.
type Stored = Omit<User, 'id' | 'roles'> & {
  _id: string;
  roles: Role[];
  isFirstAdmin?: true;
  leaving?: { id: string; at: Date }[];
};

const roleSchema = new mongoose.Schema<Record<string, string>>(
  {
    kind: { type: String, required: true, enum: [...roleKinds] },
    producerId: { type: String },
    provinceCode: { type: String },
    communeCode: { type: String },
  },
  { _id: false, strict: 'throw' },
);

const userSchema = new mongoose.Schema<Stored>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    login: { type: String, required: true },
    roles: { type: [roleSchema], required: true },
    passwordHash: { type: String },
    hasSecondFactor: { type: Boolean },
    passwordReset: { type: { byId: String, at: Date, told: Boolean }, _id: false, default: undefined },
    factorRenewal: {
      type: { renewalId: String, byIds: [String], at: Date, told: Boolean },
      _id: false,
      default: undefined,
    },
    createdAt: { type: Date, required: true },
    erasedAt: { type: Date },
    leaving: { type: [Object], default: undefined },
    isFirstAdmin: { type: Boolean },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
userSchema.index({ login: 1 }, { unique: true, name: 'users_login' });
// The guard of the set-up: of two at once, one insert fails. The person and the mark are one document, so a crash leaves neither alone.
userSchema.index(
  { isFirstAdmin: 1 },
  { unique: true, name: 'users_firstAdmin', partialFilterExpression: { isFirstAdmin: true } },
);

export function userModel(db: Db): mongoose.Model<Stored> {
  return (db.models['User'] as mongoose.Model<Stored> | undefined) ?? db.model<Stored>('User', userSchema, 'users');
}

const toUser = ({ _id, isFirstAdmin: _mark, leaving: _leaving, ...rest }: Stored): User => ({ id: _id, ...rest });

export type InsertedUser = 'inserted' | 'id-taken' | 'login-taken' | 'first-admin-taken';

/** Inserts a person; says which uniqueness refused it. */
export async function insertUser(db: Db, user: User, mark: { isFirstAdmin?: true } = {}): Promise<InsertedUser> {
  const { id, roles, ...rest } = user;
  try {
    await userModel(db).create({ _id: id, ...rest, ...mark, roles: [...roles] });
    return 'inserted';
  } catch (error) {
    const duplicate = isDuplicateKey(error);
    if (duplicate === undefined) throw error;
    if (duplicate.index === 'users_login') return 'login-taken';
    return duplicate.index === 'users_firstAdmin' ? 'first-admin-taken' : 'id-taken';
  }
}

export async function findUser(db: Db, userId: string): Promise<User | undefined> {
  const found = await userModel(db).findById(userId).lean<Stored>();
  return found === null ? undefined : toUser(found);
}

export async function findUserByLogin(db: Db, login: string): Promise<User | undefined> {
  const found = await userModel(db).findOne({ login }).lean<Stored>();
  return found === null ? undefined : toUser(found);
}

/** Replaces the password's hash, if it is still this one; false when someone else was first. */
export async function storePassword(
  db: Db,
  userId: string,
  present: string | undefined,
  passwordHash: string,
): Promise<boolean> {
  const filter = { _id: userId, passwordHash: present ?? { $exists: false } };
  return (await userModel(db).updateOne(filter, { $set: { passwordHash } })).matchedCount === 1;
}

export async function storeReset(db: Db, userId: string, reset: NonNullable<User['passwordReset']>): Promise<void> {
  await userModel(db).updateOne({ _id: userId }, { $set: { passwordReset: reset } });
}

/** Whether the person has still to be told of a reset; only one sign-in gets yes. */
export async function takeResetNotice(db: Db, userId: string): Promise<boolean> {
  const filter = { _id: userId, 'passwordReset.told': false };
  return (await userModel(db).updateOne(filter, { $set: { 'passwordReset.told': true } })).modifiedCount === 1;
}

/** Notes a renewal of the second factor, once. */
export async function storeRenewal(db: Db, userId: string, renewal: NonNullable<User['factorRenewal']>): Promise<void> {
  const filter = { _id: userId, 'factorRenewal.renewalId': { $ne: renewal.renewalId } };
  await userModel(db).updateOne(filter, { $set: { factorRenewal: renewal, hasSecondFactor: false } });
}

/** The same as takeResetNotice for a renewal of the second factor. */
export async function takeRenewalNotice(db: Db, userId: string): Promise<boolean> {
  const filter = { _id: userId, 'factorRenewal.told': false };
  return (await userModel(db).updateOne(filter, { $set: { 'factorRenewal.told': true } })).modifiedCount === 1;
}

export async function findUsersById(db: Db, userIds: readonly string[]): Promise<User[]> {
  const found = await userModel(db)
    .find({ _id: { $in: [...new Set(userIds)] } })
    .lean<Stored[]>();
  return found.map(toUser);
}

/** People with a second factor and one of these roles. */
export async function findAbleOfficials(db: Db, roles: readonly Role[]): Promise<User[]> {
  if (roles.length === 0) return [];
  const anyOf = roles.map((role) => ({ roles: { $elemMatch: role } }));
  const found = await userModel(db).find({ hasSecondFactor: true, $or: anyOf }).limit(500).lean<Stored[]>();
  return found.map(toUser);
}

/** Whether sign-in asks the person for a second factor. */
export async function markSecondFactor(db: Db, userId: string, hasSecondFactor: boolean): Promise<void> {
  await userModel(db).updateOne({ _id: userId }, { $set: { hasSecondFactor } });
}

/** Newest first; `after` is the id of the last one seen. */
export async function findUsers(db: Db, limit: number, after: string | undefined): Promise<User[]> {
  const filter = after === undefined ? {} : { _id: { $lt: after } };
  const found = await userModel(db).find(filter).sort({ _id: -1 }).limit(limit).lean<Stored[]>();
  return found.map(toUser);
}

/** Shown names by id; ids of nobody are left out. */
export async function findUserNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await userModel(db)
    .find({ _id: { $in: [...new Set(ids)] } })
    .select({ name: 1 })
    .lean<Pick<Stored, '_id' | 'name'>[]>();
  return new Map(found.map(({ _id, name }) => [_id, name]));
}

/** Puts a role in front of the others; false when the person has it already, or is not there. */
export async function addRoleInFront(db: Db, userId: string, role: Role): Promise<boolean> {
  const added = await userModel(db).updateOne(
    { _id: userId, roles: { $not: { $elemMatch: role } } },
    { $push: { roles: { $each: [role], $position: 0 } } },
  );
  return added.modifiedCount === 1;
}

/** Leaves of a person the id and when it came; `name` says that the rest is gone. The whole document is replaced, so nothing that is added to it later stays. */
export async function blankUser(db: Db, userId: string, name: string, erasedAt: Date): Promise<void> {
  const found = await userModel(db).findById(userId).lean<Stored>();
  if (found === null || found.erasedAt !== undefined) return;
  const { createdAt, isFirstAdmin } = found;
  const mark = isFirstAdmin === true ? { isFirstAdmin } : {};
  await userModel(db).replaceOne(
    { _id: userId },
    { name, login: `erased:${userId}`, roles: [], createdAt, erasedAt, ...mark },
  );
}

// No request lasts this long: a mark that is older was left by a crash.
const leavingMs = 600_000;

/**
 * Marks an administrator as leaving, unless no other one would stay; false then. Everybody marks first and looks afterwards, so of two who make
 * each other go at once neither counts the other as staying, and somebody always stays.
 */
export async function beginLeaving(db: Db, userId: string, now: Date): Promise<boolean> {
  const mark = { id: uuidv7(), at: now };
  await userModel(db).updateOne({ _id: userId }, { $push: { leaving: mark } });
  const since = new Date(now.getTime() - leavingMs);
  const staying = await userModel(db).exists({
    'roles.kind': 'admin',
    _id: { $ne: userId },
    leaving: { $not: { $elemMatch: { at: { $gte: since } } } },
  });
  if (staying === null) await userModel(db).updateOne({ _id: userId }, { $pull: { leaving: { id: mark.id } } });
  return staying !== null;
}

/** Takes a role away; none is there any more afterwards. */
export async function removeRole(db: Db, userId: string, role: Role): Promise<void> {
  await userModel(db).updateOne({ _id: userId }, { $pull: { roles: role } });
}

/** Changes the shown name; false when there is no such person. */
export async function storeName(db: Db, userId: string, name: string): Promise<boolean> {
  return (
    (await userModel(db).updateOne({ _id: userId, erasedAt: { $exists: false } }, { $set: { name } })).matchedCount ===
    1
  );
}

export async function hasAdmin(db: Db): Promise<boolean> {
  return (await userModel(db).exists({ 'roles.kind': 'admin' })) !== null;
}
