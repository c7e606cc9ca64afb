// People who come by themselves: a producer's first person who signs up, and recorders whose phones join by a code. Whether a login was there already is never said to who asks.
import { noteAudit } from '../audit/audit.ts';
import type { Role } from '../actor.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { giveBackTurns, networkOf, takeTurns } from '../db/limits.ts';
import { AppError } from '../errors.ts';
import { addRoleInFront, findUser, findUserByLogin, insertUser, removeRole, storeName } from './accounts.model.ts';
import { hashPassword } from './accounts.passwords.ts';
import { joinLimit, signUpLimit } from './accounts.rules.ts';
import { blindName } from './accounts.secrets.ts';
import type { From, OpenedSession, User } from './accounts.types.ts';
import { endSessionsOf, openSession } from './sessions.service.ts';

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

/** Counts an attempt of this address at a joining code; returns how to give it back when it was right. Throws 'too-many-requests'. */
export async function takeJoinTurn(
  db: Db,
  sessionKey: Buffer,
  address: string,
  now: Date,
): Promise<() => Promise<void>> {
  const limit = { key: blindName(sessionKey, dayOf(now), 'join', networkOf(address)), ...joinLimit };
  const seconds = await takeTurns(db, [limit], now);
  if (seconds > 0) throw new AppError('too-many-requests', { seconds });
  return () => giveBackTurns(db, [limit]);
}

const recorderOf = (producerId: string): Role => ({ kind: 'recorder', producerId });

/**
 * Makes a person who records for one producer and signs in by a code only: without login or password. The same again is the same person; an id
 * of anybody else is 'id-with-other-content', which tells nothing.
 */
export async function addRecorder(
  db: Db,
  { id, name, producerId }: { id: string; name: string; producerId: string },
  now: Date,
): Promise<void> {
  // Nobody can type this as a login; it keeps the unique index of logins as it is.
  const user: User = { id, name, login: `device:${id}`, roles: [recorderOf(producerId)], createdAt: now };
  if ((await insertUser(db, user)) === 'inserted') return;
  const stored = await findUser(db, id);
  const isSame =
    stored?.login === user.login && stored.name === name && JSON.stringify(stored.roles) === JSON.stringify(user.roles);
  if (!isSame) throw new AppError('id-with-other-content');
}

/** Takes the recorder's role away and ends every session; felt at the next request, on every instance. */
export async function endRecorder(db: Db, userId: string, producerId: string): Promise<void> {
  await removeRole(db, userId, recorderOf(producerId));
  await endSessionsOf(db, userId);
}

/** Another shown name; false when there is no such person. */
export async function renamePerson(db: Db, userId: string, name: string): Promise<boolean> {
  return storeName(db, userId, name);
}

/** Opens a device session for a recorder whose code was right; with `endsOthers` the phones before it are out. Throws 'join-code-over'. */
export async function joinDevice(
  db: Db,
  sessionKey: Buffer,
  userId: string,
  { endsOthers, userAgent }: { endsOthers: boolean; userAgent: From['userAgent'] },
  now: Date,
): Promise<OpenedSession> {
  const user = await findUser(db, userId);
  if (user === undefined || user.roles.length === 0) throw new AppError('join-code-over');
  if (endsOthers) await endSessionsOf(db, userId);
  return openSession(db, sessionKey, user, { by: 'device', userAgent }, now);
}
