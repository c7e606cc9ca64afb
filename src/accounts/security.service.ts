// What a person sees of their own security.
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import type { SignedIn } from '../proof.ts';
import { findUser, findUserNames } from './accounts.model.ts';
import type { Security } from './accounts.types.ts';
import { ownFactors } from './factors.service.ts';
import { sessionsOf } from './sessions.service.ts';

/** The person's own password state and sessions. Throws 'session-ended' when the person is gone. */
export async function securityOf(db: Db, { actor }: SignedIn, now: Date): Promise<Security> {
  const [user, sessions, factors] = await Promise.all([
    findUser(db, actor.userId),
    sessionsOf(db, actor.userId, now),
    ownFactors(db, actor.userId),
  ]);
  if (user === undefined) throw new AppError('session-ended');
  const { passwordReset } = user;
  if (passwordReset === undefined) return { user, sessions, factors };
  const by = (await findUserNames(db, [passwordReset.byId])).get(passwordReset.byId) ?? '';
  return { user, sessions, factors, reset: { by, at: passwordReset.at } };
}
