// What the renewal of a second factor needs of the accounts: who could confirm, taking the factor away, and telling the person.
import type { Role } from '../actor.ts';
import { noteAudit } from '../audit/audit.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { takeTurns } from '../db/limits.ts';
import { AppError } from '../errors.ts';
import { findAbleOfficials, findUser, findUserByLogin, findUsersById, storeRenewal } from './accounts.model.ts';
import { blindName } from './accounts.secrets.ts';
import type { User } from './accounts.types.ts';
import { deleteFactorsFrom, findFactors } from './factors.model.ts';
import { endSessionsOf } from './sessions.service.ts';

export async function personById(db: Db, userId: string): Promise<User | undefined> {
  return findUser(db, userId);
}

export async function personByLogin(db: Db, login: string): Promise<User | undefined> {
  return findUserByLogin(db, login);
}

export async function peopleById(db: Db, userIds: readonly string[]): Promise<User[]> {
  return findUsersById(db, userIds);
}

/** People with one of these roles who have a second factor themselves. */
export async function ableOfficials(db: Db, roles: readonly Role[]): Promise<User[]> {
  return findAbleOfficials(db, roles);
}

/** Counts a request for this person. Throws 'too-many-requests'. */
export async function countRenewal(
  db: Db,
  sessionKey: Buffer,
  userId: string,
  limit: { most: number; windowSeconds: number },
  now: Date,
): Promise<void> {
  const key = blindName(sessionKey, dayOf(now), 'factor renewal', userId);
  const seconds = await takeTurns(db, [{ key, ...limit }], now);
  if (seconds > 0) throw new AppError('too-many-requests', { seconds });
}

/**
 * Takes the second factor away that the person had when it was asked for; one that they took in since stays. All their sessions end, and the
 * next sign-in says who confirmed. Safe to run again and twice at once: the factor goes last, so a crash leaves something to do again.
 */
export async function takeFactorAway(
  db: Db,
  of: { renewalId: string; userId: string; askedAt: Date; byIds: readonly string[] },
  now: Date,
): Promise<void> {
  const { renewalId, userId, askedAt, byIds } = of;
  const { totp } = await findFactors(db, userId);
  if (totp === undefined || totp.since > askedAt) return;
  await storeRenewal(db, userId, { renewalId, byIds: [...byIds], at: now, told: false });
  await endSessionsOf(db, userId);
  for (const actorId of byIds) {
    const note = { actorId, what: 'second-factor-renewed', recordId: userId, at: now };
    await noteAudit(db, { id: `${renewalId}:${actorId}:done`, ...note });
  }
  await deleteFactorsFrom(db, userId, askedAt);
}
