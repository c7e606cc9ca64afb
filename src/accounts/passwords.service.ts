// A person's own password: set, changed, and shown again before a deed that asks for it.
import { noteAudit } from '../audit/audit.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { giveBackTurns, takeTurns } from '../db/limits.ts';
import { AppError, fieldError } from '../errors.ts';
import type { SignedIn } from '../proof.ts';
import type { PasswordChange } from './accounts.input.ts';
import { findUser, storePassword } from './accounts.model.ts';
import { hashPassword, isPassword } from './accounts.passwords.ts';
import { proofLimits } from './accounts.rules.ts';
import { blindName } from './accounts.secrets.ts';
import type { User } from './accounts.types.ts';
import { passwordFault } from './passwords.rules.ts';
import { storeProof } from './sessions.model.ts';
import { endSessionsOf } from './sessions.service.ts';

/** Passes for a password that this person may set; else a fault beside the field. */
export function requireGoodPassword(password: string, person: { login: string; name: string }): void {
  const fault = passwordFault(password, person);
  if (fault !== undefined) throw fieldError('password', fault);
}

/** Counts an attempt of a signed-in person; throws 'too-many-requests'. Returns how to give it back when it was right. */
export async function countAttempt(
  db: Db,
  sessionKey: Buffer,
  what: 'password' | 'second factor',
  userId: string,
  now: Date,
): Promise<() => Promise<void>> {
  const limit = { key: blindName(sessionKey, dayOf(now), what, userId), ...proofLimits };
  const seconds = await takeTurns(db, [limit], now);
  if (seconds > 0) throw new AppError('too-many-requests', { seconds });
  return () => giveBackTurns(db, [limit]);
}

const requireUser = async (db: Db, userId: string): Promise<User> => {
  const user = await findUser(db, userId);
  if (user === undefined) throw new AppError('session-ended');
  return user;
};

/** The person of this session shows the password again. Throws a fault beside 'password', 'too-many-requests'. */
export async function provePassword(
  db: Db,
  sessionKey: Buffer,
  { actor, sessionId }: SignedIn,
  password: string,
  now: Date,
): Promise<void> {
  const giveBack = await countAttempt(db, sessionKey, 'password', actor.userId, now);
  const user = await requireUser(db, actor.userId);
  if (!(await isPassword(user.passwordHash, password))) throw fieldError('password', 'password-wrong');
  await giveBack();
  await storeProof(db, sessionId, { passwordAt: now });
}

// Whoever has none came by a link; a phone that was joined by a code may not give its person one.
const requirePresent = async (
  db: Db,
  sessionKey: Buffer,
  { actor, proof }: SignedIn,
  user: User,
  present: string | undefined,
  now: Date,
): Promise<void> => {
  if (user.passwordHash === undefined) {
    if (proof.by === 'device') throw new AppError('not-allowed');
    return;
  }
  const giveBack = await countAttempt(db, sessionKey, 'password', actor.userId, now);
  if (present === undefined) throw fieldError('present', 'required');
  if (!(await isPassword(user.passwordHash, present))) throw fieldError('present', 'password-wrong');
  await giveBack();
};

/**
 * Sets one's own password; whoever has one gives it too. All other sessions of the person end. Throws faults beside 'present' and
 * 'password', 'too-many-requests', 'changed-meanwhile', and 'not-allowed' for a first password on a device session.
 */
export async function changePassword(
  db: Db,
  sessionKey: Buffer,
  signedIn: SignedIn,
  { present, password }: PasswordChange,
  now: Date,
): Promise<void> {
  const { userId } = signedIn.actor;
  const user = await requireUser(db, userId);
  requireGoodPassword(password, user);
  await requirePresent(db, sessionKey, signedIn, user, present, now);
  const stored = await storePassword(db, userId, user.passwordHash, await hashPassword(password));
  if (!stored) throw new AppError('changed-meanwhile');
  await endSessionsOf(db, userId, signedIn.sessionId);
  await storeProof(db, signedIn.sessionId, { passwordAt: now });
  await noteAudit(db, { actorId: userId, what: 'password-changed', recordId: userId, at: now });
}
