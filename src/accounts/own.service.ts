// One's own account and sessions as data, without anything that opens a door.
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { findUser } from './accounts.model.ts';
import type { User } from './accounts.types.ts';
import { findSessionsOf } from './sessions.model.ts';

/** Unscoped: the caller asks who may see it. Throws 'user-not-found'. */
export async function userById(db: Db, userId: string): Promise<User> {
  const user = await findUser(db, userId);
  if (user === undefined) throw new AppError('user-not-found');
  return user;
}

/** Open sessions of a person: device and moments, no tokens. */
export async function ownSessions(db: Db, userId: string, now: Date) {
  const sessions = await findSessionsOf(db, userId, now);
  return sessions.map(({ id, by, device, createdAt, lastUsedAt, expiresAt }) => ({
    id,
    by,
    device,
    createdAt,
    lastUsedAt,
    expiresAt,
  }));
}
