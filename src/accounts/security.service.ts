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
  const { passwordReset, factorRenewal } = user;
  const ids = [...(passwordReset === undefined ? [] : [passwordReset.byId]), ...(factorRenewal?.byIds ?? [])];
  const names = ids.length === 0 ? new Map<string, string>() : await findUserNames(db, ids);
  const nameOf = (id: string): string => names.get(id) ?? '';
  return {
    user,
    sessions,
    factors,
    ...(passwordReset === undefined ? {} : { reset: { by: nameOf(passwordReset.byId), at: passwordReset.at } }),
    ...(factorRenewal === undefined ? {} : { renewal: { by: factorRenewal.byIds.map(nameOf), at: factorRenewal.at } }),
  };
}
