// Sessions and one-time links as stored. Both are removed when they end or are over: the embedded engine deletes nothing by itself.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import type { Link, RefreshTokens, Session } from './accounts.types.ts';

type StoredSession = Omit<Session, 'id' | 'tokens' | 'by' | 'device'> & {
  _id: string;
  // Missing in sessions that began before they were kept.
  by?: Session['by'];
  device?: string;
  open: string[];
  used: { hash: string; firstUsedAt: Date }[];
};
type StoredLink = Omit<Link, 'tokenHash'> & { _id: string; usedAt: Date | null };

const options = { strict: 'throw', versionKey: false, autoIndex: false } as const;
const usedToken = new mongoose.Schema(
  { hash: { type: String, required: true }, firstUsedAt: { type: Date, required: true } },
  { _id: false, strict: 'throw' },
);

const sessionSchema = new mongoose.Schema<StoredSession>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    by: { type: String },
    device: { type: String },
    passwordAt: { type: Date },
    secondFactorAt: { type: Date },
    open: { type: [String], required: true },
    used: { type: [usedToken], required: true },
    revision: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  options,
);
sessionSchema.index({ expiresAt: 1 }, { name: 'sessions_expiresAt' });
sessionSchema.index({ userId: 1, lastUsedAt: -1 }, { name: 'sessions_user' });

const linkSchema = new mongoose.Schema<StoredLink>(
  {
    _id: { type: String, required: true },
    purpose: { type: String, required: true },
    userId: { type: String },
    byId: { type: String },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  options,
);
linkSchema.index({ expiresAt: 1 }, { name: 'signInLinks_expiresAt' });

export function sessionModel(db: Db): mongoose.Model<StoredSession> {
  return (
    (db.models['Session'] as mongoose.Model<StoredSession> | undefined) ??
    db.model<StoredSession>('Session', sessionSchema, 'sessions')
  );
}

export function linkModel(db: Db): mongoose.Model<StoredLink> {
  return (
    (db.models['SignInLink'] as mongoose.Model<StoredLink> | undefined) ??
    db.model<StoredLink>('SignInLink', linkSchema, 'signInLinks')
  );
}

const toSession = ({ _id, open, used, ...rest }: StoredSession): Session => ({
  id: _id,
  tokens: { open, used },
  by: 'link',
  device: '',
  ...rest,
});

export async function insertSession(db: Db, session: Session): Promise<void> {
  const { id, tokens, ...rest } = session;
  await sessionModel(db).create({ _id: id, ...rest, open: [...tokens.open], used: [...tokens.used] });
}

/** A session that is not over. */
export async function findOpenSession(db: Db, sessionId: string, now: Date): Promise<Session | undefined> {
  const found = await sessionModel(db)
    .findOne({ _id: sessionId, expiresAt: { $gt: now } })
    .lean<StoredSession>();
  return found === null ? undefined : toSession(found);
}

/** Stores the exchange of a token if the session is still as it was read; false when someone else was first. */
export async function storeExchange(
  db: Db,
  read: Session,
  tokens: RefreshTokens,
  lastUsedAt: Date,
  expiresAt: Date,
): Promise<boolean> {
  const stored = await sessionModel(db).updateOne(
    { _id: read.id, revision: read.revision },
    {
      $set: { open: [...tokens.open], used: [...tokens.used], lastUsedAt, expiresAt },
      $inc: { revision: 1 },
    },
  );
  return stored.modifiedCount === 1;
}

/** Ends a session; ended twice is ended once. Says whether this call ended it. */
export async function deleteSession(db: Db, sessionId: string): Promise<boolean> {
  return (await sessionModel(db).deleteOne({ _id: sessionId })).deletedCount === 1;
}

/** Ends one session of this person, and no one else's. Says whether this call ended it. */
export async function deleteSessionOf(db: Db, userId: string, sessionId: string): Promise<boolean> {
  return (await sessionModel(db).deleteOne({ _id: sessionId, userId })).deletedCount === 1;
}

/** Ends all sessions of a person, but for one where it is given. Says how many. */
export async function deleteSessionsOf(db: Db, userId: string, exceptId?: string): Promise<number> {
  const filter = exceptId === undefined ? { userId } : { userId, _id: { $ne: exceptId } };
  return (await sessionModel(db).deleteMany(filter)).deletedCount;
}

/** The open sessions of a person, last used first. */
export async function findSessionsOf(db: Db, userId: string, now: Date): Promise<Session[]> {
  const found = await sessionModel(db)
    .find({ userId, expiresAt: { $gt: now } })
    .sort({ lastUsedAt: -1, _id: -1 })
    .limit(200)
    .lean<StoredSession[]>();
  return found.map(toSession);
}

/** Notes what was proven in an open session just now; false when it is over. */
export async function storeProof(
  db: Db,
  sessionId: string,
  proven: { passwordAt?: Date; secondFactorAt?: Date },
): Promise<boolean> {
  return (await sessionModel(db).updateOne({ _id: sessionId }, { $set: proven })).matchedCount === 1;
}

export async function insertLink(db: Db, { tokenHash, ...rest }: Link): Promise<void> {
  await linkModel(db).create({ _id: tokenHash, ...rest });
}

const toLink = ({ _id, usedAt: _used, ...rest }: StoredLink): Link => ({ tokenHash: _id, ...rest });

const isOpenLink = (tokenHash: string, now: Date) => ({ _id: tokenHash, usedAt: null, expiresAt: { $gt: now } });

/** A link that is neither used nor over. */
export async function findOpenLink(db: Db, tokenHash: string, now: Date): Promise<Link | undefined> {
  const found = await linkModel(db).findOne(isOpenLink(tokenHash, now)).lean<StoredLink>();
  return found === null ? undefined : toLink(found);
}

/** Uses a link up: of two at once, one gets it and the other undefined. */
export async function takeLink(db: Db, tokenHash: string, now: Date): Promise<Link | undefined> {
  const found = await linkModel(db)
    .findOneAndUpdate(isOpenLink(tokenHash, now), { $set: { usedAt: now } })
    .lean<StoredLink>();
  return found === null ? undefined : toLink(found);
}

/** One-time links of a person go. */
export async function deleteLinksOf(db: Db, userId: string): Promise<void> {
  await linkModel(db).deleteMany({ userId });
}

/** Removes sessions and links that are over. */
export async function removeOver(db: Db, now: Date): Promise<void> {
  const over = { expiresAt: { $lte: now } };
  await Promise.all([sessionModel(db).deleteMany(over), linkModel(db).deleteMany(over)]);
}
