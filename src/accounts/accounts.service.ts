// What is done with people: make them, name them, list them, hand them a link, set up the first administrator.
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import { auditModel, noteAudit } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import { limitModel } from '../db/limits.ts';
import { AppError } from '../errors.ts';
import type { FirstAdmin, NewUser, UserPaging } from './accounts.input.ts';
import { findUser, findUserNames, findUsers, hasAdmin, insertUser, userModel } from './accounts.model.ts';
import { hashPassword } from './accounts.passwords.ts';
import { handOverLinkMinutes, isSameUser, requireAdmin, setUpLinkMinutes } from './accounts.rules.ts';
import { hashSecret, newSecret } from './accounts.secrets.ts';
import type { From, HandOver, LinkPurpose, OpenedSession, User } from './accounts.types.ts';
import { findOpenLink, insertLink, linkModel, removeOver, sessionModel, takeLink } from './sessions.model.ts';
import { factorsModel } from './factors.model.ts';
import { requireGoodPassword } from './passwords.service.ts';
import { prepareErasing } from './erasing.service.ts';
import { openSession } from './sessions.service.ts';

/** Makes the collections of this feature known, so that their indexes exist from the start. */
export function registerAccounts(db: Db): void {
  prepareErasing(db);
  for (const model of [userModel, sessionModel, linkModel, factorsModel, limitModel, auditModel]) model(db);
}

/** The stored person, made by this call or by an earlier one with the same id and content. Throws 'login-taken', 'id-with-other-content'. */
const storeUser = async (db: Db, sent: NewUser, passwordHash: string | undefined, now: Date): Promise<User> => {
  const user: User = { ...sent, createdAt: now, ...(passwordHash === undefined ? {} : { passwordHash }) };
  if ((await insertUser(db, user)) === 'inserted') return user;
  // The unique login may answer before the id does, so the id is asked first.
  const stored = await findUser(db, sent.id);
  if (stored === undefined) throw new AppError('login-taken');
  if (isSameUser(stored, sent)) return stored;
  const { id, name, login, roles } = stored;
  throw new AppError('id-with-other-content', { existing: { id, name, login, roles }, sent });
};

/** Makes a person, without asking who does it: for set-up, samples and imports. The same id and content again is the same person. */
export async function createUser(
  db: Db,
  { password, ...newUser }: NewUser & { password?: string },
  now: Date,
): Promise<{ id: string }> {
  const { id } = await storeUser(db, newUser, password === undefined ? undefined : await hashPassword(password), now);
  return { id };
}

/** An administrator makes a person. Throws 'not-allowed', 'login-taken', 'id-with-other-content'. */
export async function addUser(db: Db, actor: Actor, newUser: NewUser, now: Date): Promise<User> {
  requireAdmin(actor);
  const user = await storeUser(db, newUser, undefined, now);
  const note = {
    actorId: actor.userId,
    what: 'user-created',
    recordId: user.id,
    after: { roles: user.roles },
    at: now,
  };
  await noteAudit(db, { id: `${user.id}:created`, ...note });
  return user;
}

const storeLink = async (
  db: Db,
  of: { purpose: LinkPurpose; userId?: string },
  now: Date,
  validMinutes: number,
): Promise<string> => {
  const token = newSecret();
  const expiresAt = new Date(now.getTime() + validMinutes * 60_000);
  await removeOver(db, now);
  await insertLink(db, { tokenHash: hashSecret(token), ...of, createdAt: now, expiresAt });
  return token;
};

/** A one-time link that signs the person in; returns its token. For programs of the operator, which have asked who does it. */
export async function makeSignInLink(
  db: Db,
  userId: string,
  purpose: 'sign-in' | 'demo',
  now: Date,
  validMinutes: number,
): Promise<string> {
  return storeLink(db, { purpose, userId }, now, validMinutes);
}

/** An administrator makes a link to hand over, good for 24 hours. Throws 'not-allowed', 'user-not-found'. */
export async function handOverLink(db: Db, actor: Actor, userId: string, now: Date): Promise<HandOver> {
  requireAdmin(actor);
  const user = await findUser(db, userId);
  if (user === undefined) throw new AppError('user-not-found');
  await noteAudit(db, { actorId: actor.userId, what: 'sign-in-link-made', recordId: user.id, at: now });
  const token = await makeSignInLink(db, user.id, 'sign-in', now, handOverLinkMinutes);
  return { user, token, expiresAt: new Date(now.getTime() + handOverLinkMinutes * 60_000) };
}

/** A link of 30 minutes to become the first administrator; undefined once there is one. Returns its token. */
export async function makeSetUpLink(db: Db, now: Date): Promise<string | undefined> {
  if (await hasAdmin(db)) return undefined;
  return storeLink(db, { purpose: 'set-up' }, now, setUpLinkMinutes);
}

/** Passes for a set-up link that still counts. Throws 'set-up-done' once there is an administrator, else 'link-used-or-expired'. */
export async function requireSetUpLink(db: Db, token: string, now: Date): Promise<void> {
  if (await hasAdmin(db)) throw new AppError('set-up-done');
  const link = await findOpenLink(db, hashSecret(token), now);
  if (link?.purpose !== 'set-up') throw new AppError('link-used-or-expired');
}

/** Makes the first administrator and signs them in. Of two at once one becomes it; the other gets 'set-up-done'. Throws 'login-taken' too. */
export async function setUpFirstAdmin(
  db: Db,
  sessionKey: Buffer,
  token: string,
  { name, login, password }: FirstAdmin,
  from: From,
  now: Date,
): Promise<OpenedSession> {
  await requireSetUpLink(db, token, now);
  requireGoodPassword(password, { login, name });
  const user: User = {
    id: uuidv7(),
    name,
    login,
    roles: [{ kind: 'admin' }],
    passwordHash: await hashPassword(password),
    createdAt: now,
  };
  // The insert decides; the link is used up after it, so that a login that is taken does not cost the link.
  const inserted = await insertUser(db, user, { isFirstAdmin: true });
  if (inserted === 'login-taken') throw new AppError('login-taken');
  if (inserted !== 'inserted') throw new AppError('set-up-done');
  await takeLink(db, hashSecret(token), now);
  const note = { actorId: user.id, what: 'user-created', recordId: user.id, after: { roles: user.roles }, at: now };
  await noteAudit(db, { id: `${user.id}:created`, ...note });
  return openSession(db, sessionKey, user, { by: 'password', userAgent: from.userAgent, passwordAt: now }, now);
}

/** People, newest first, for administrators; `next` is the `after` of the page behind, or null. Throws 'not-allowed'. */
export async function listUsers(
  db: Db,
  actor: Actor,
  { limit, after }: UserPaging,
): Promise<{ items: User[]; next: string | null }> {
  requireAdmin(actor);
  const found = await findUsers(db, limit + 1, after);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** One person, for administrators. Throws 'not-allowed', 'user-not-found'. */
export async function userFor(db: Db, actor: Actor, userId: string): Promise<User> {
  requireAdmin(actor);
  const user = await findUser(db, userId);
  if (user === undefined) throw new AppError('user-not-found');
  return user;
}

/** Shown names by id, for pages that say who did something; ids of nobody are left out. */
export async function userNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  return findUserNames(db, ids);
}
