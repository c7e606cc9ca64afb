// People who come by themselves: a producer's first person who signs up. Whether a login was there already is never said to who asks.
import { noteAudit } from '../audit/audit.ts';
import type { Role } from '../actor.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { networkOf, takeTurns } from '../db/limits.ts';
import { AppError } from '../errors.ts';
import { addRoleInFront, findUser, findUserByLogin, insertUser } from './accounts.model.ts';
import { hashPassword } from './accounts.passwords.ts';
import { signUpLimit } from './accounts.rules.ts';
import { blindName } from './accounts.secrets.ts';
import type { User } from './accounts.types.ts';

/** Counts a sign-up of this address. Throws 'too-many-requests' (facts.seconds). */
export async function takeSignUpTurn(db: Db, sessionKey: Buffer, address: string, now: Date): Promise<void> {
  const key = blindName(sessionKey, dayOf(now), 'sign-up', networkOf(address));
  const seconds = await takeTurns(db, [{ key, ...signUpLimit }], now);
  if (seconds > 0) throw new AppError('too-many-requests', { seconds });
}

/** Id of the person with this login, or undefined. Never to be told to who asks. */
export async function userIdByLogin(db: Db, login: string): Promise<string | undefined> {
  return (await findUserByLogin(db, login))?.id;
}

/** Shown name and login of a person, for officers who have to reach an applicant; undefined for nobody. */
export async function personOf(db: Db, userId: string): Promise<Pick<User, 'name' | 'login' | 'roles'> | undefined> {
  const user = await findUser(db, userId);
  return user === undefined ? undefined : { name: user.name, login: user.login, roles: user.roles };
}

/**
 * Makes a person with a password, or finds whose the login is: that person then stays as it is, password and roles too. Takes the same time
 * either way.
 */
export async function registerPerson(
  db: Db,
  { password, ...person }: { id: string; name: string; login: string; roles: Role[]; password: string },
  now: Date,
): Promise<{ userId: string; isNew: boolean }> {
  const user: User = { ...person, passwordHash: await hashPassword(password), createdAt: now };
  if ((await insertUser(db, user)) !== 'inserted') {
    const known = (await findUserByLogin(db, person.login))?.id;
    if (known === undefined) throw new AppError('id-with-other-content');
    return { userId: known, isNew: false };
  }
  const note = { actorId: user.id, what: 'user-created', recordId: user.id, after: { roles: user.roles }, at: now };
  await noteAudit(db, { id: `${user.id}:created`, ...note });
  return { userId: user.id, isNew: true };
}

/** Gives a person a role, in front of the others; one that is there already stays where it is. */
export async function grantRole(db: Db, actorId: string, userId: string, role: Role, now: Date): Promise<void> {
  if (!(await addRoleInFront(db, userId, role))) return;
  await noteAudit(db, { actorId, what: 'role-granted', recordId: userId, after: { role }, at: now });
}
