// Signing in, staying signed in, signing out: every way in ends in a session whose end is felt at once.
import { v7 as uuidv7 } from 'uuid';
import { noteAudit } from '../audit/audit.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { giveBackTurns, networkOf, removeOldLimits, takeTurns } from '../db/limits.ts';
import type { Limit } from '../db/limits.ts';
import { AppError } from '../errors.ts';
import type { Credentials } from './accounts.input.ts';
import { findUser, findUserByLogin } from './accounts.model.ts';
import { isPassword } from './accounts.passwords.ts';
import { exchangeToken, sessionEnd, signInLimits } from './accounts.rules.ts';
import { blindName, hashSecret, newSecret } from './accounts.secrets.ts';
import { accessTokenSeconds, readAccessToken, signAccessToken } from './accounts.tokens.ts';
import type { OpenedSession, SignedIn, User } from './accounts.types.ts';
import {
  deleteSession,
  findOpenLink,
  findOpenSession,
  insertSession,
  removeOver,
  storeExchange,
  takeLink,
} from './sessions.model.ts';

const opened = (
  sessionKey: Buffer,
  user: User,
  sessionId: string,
  secret: string,
  now: Date,
  end: Date,
): OpenedSession => ({
  actor: { userId: user.id, name: user.name, roles: user.roles },
  sessionId,
  accessToken: signAccessToken(sessionKey, { userId: user.id, sessionId }, now),
  accessSeconds: accessTokenSeconds,
  refreshToken: `${sessionId}.${secret}`,
  refreshSeconds: Math.round((end.getTime() - now.getTime()) / 1000),
});

/** Opens a session for a person who has proved to be it. */
export async function openSession(db: Db, sessionKey: Buffer, user: User, now: Date): Promise<OpenedSession> {
  await Promise.all([removeOver(db, now), removeOldLimits(db, now)]);
  const sessionId = uuidv7();
  const secret = newSecret();
  const expiresAt = sessionEnd(now, now);
  await insertSession(db, {
    id: sessionId,
    userId: user.id,
    tokens: { open: [hashSecret(secret)], used: [] },
    revision: 0,
    createdAt: now,
    lastUsedAt: now,
    expiresAt,
  });
  return opened(sessionKey, user, sessionId, secret, now, expiresAt);
}

// Logins and addresses are personal data: the counters know them by a name that changes every day.
const limitsOf = (sessionKey: Buffer, login: string, address: string, now: Date): Limit[] => {
  const network = networkOf(address);
  const blind = (...parts: string[]) => blindName(sessionKey, dayOf(now), ...parts);
  const { windowSeconds } = signInLimits;
  return [
    { key: blind('login at address', login, network), most: signInLimits.loginAtAddress, windowSeconds },
    { key: blind('login', login), most: signInLimits.login, windowSeconds },
    { key: blind('address', network), most: signInLimits.address, windowSeconds },
  ];
};

/**
 * Signs in with login and password. Throws 'wrong-credentials', in the same words and time whether the login exists or not, and
 * 'too-many-requests' (facts.seconds) before anything is compared. Only failed attempts stay counted.
 */
export async function signIn(
  db: Db,
  sessionKey: Buffer,
  { login, password }: Credentials,
  address: string,
  now: Date,
): Promise<OpenedSession> {
  const limits = limitsOf(sessionKey, login, address, now);
  const seconds = await takeTurns(db, limits, now);
  if (seconds > 0) throw new AppError('too-many-requests', { seconds });
  const user = await findUserByLogin(db, login);
  const fits = await isPassword(user?.passwordHash, password);
  if (user === undefined || !fits) throw new AppError('wrong-credentials');
  await giveBackTurns(db, limits);
  return openSession(db, sessionKey, user, now);
}

/** Passes for a sign-in link that is neither used nor over; throws 'link-used-or-expired'. Looking does not use it up. */
export async function requireOpenLink(db: Db, token: string, now: Date): Promise<void> {
  const link = await findOpenLink(db, hashSecret(token), now);
  if (link?.userId === undefined) throw new AppError('link-used-or-expired');
}

/** Uses a one-time link up and signs its person in. Throws 'link-used-or-expired', also to the second of two at once. */
export async function signInByLink(db: Db, sessionKey: Buffer, token: string, now: Date): Promise<OpenedSession> {
  await requireOpenLink(db, token, now);
  const link = await takeLink(db, hashSecret(token), now);
  const user = link?.userId === undefined ? undefined : await findUser(db, link.userId);
  if (user === undefined) throw new AppError('link-used-or-expired');
  return openSession(db, sessionKey, user, now);
}

/** Who an access token stands for right now, or undefined: the session must be open still, and roles are those of this moment. */
export async function readSignedIn(
  db: Db,
  sessionKey: Buffer,
  accessToken: string,
  now: Date,
): Promise<SignedIn | undefined> {
  const claims = readAccessToken(sessionKey, accessToken, now);
  if (claims === undefined) return undefined;
  const [session, user] = await Promise.all([findOpenSession(db, claims.sessionId, now), findUser(db, claims.userId)]);
  if (user === undefined || session?.userId !== user.id) return undefined;
  return { actor: { userId: user.id, name: user.name, roles: user.roles }, sessionId: session.id };
}

/** Exchanges a refresh token for new tokens, or undefined when it does not count any more. A reused one ends its session. */
export async function renewSession(
  db: Db,
  sessionKey: Buffer,
  refreshToken: string,
  now: Date,
): Promise<OpenedSession | undefined> {
  const [, sessionId = '', presented = ''] = /^([0-9a-f-]{36})\.([\w-]{43})$/.exec(refreshToken) ?? [];
  if (presented === '') return undefined;
  await removeOver(db, now);
  for (;;) {
    const session = await findOpenSession(db, sessionId, now);
    const user = session === undefined ? undefined : await findUser(db, session.userId);
    if (session === undefined || user === undefined) return undefined;
    const secret = newSecret();
    const tokens = exchangeToken(session.tokens, hashSecret(presented), hashSecret(secret), now);
    if (tokens === undefined) return endReused(db, sessionId, user, now);
    const end = sessionEnd(session.createdAt, now);
    // Someone else exchanged in between: look again. Each round somebody got through, so it ends.
    if (await storeExchange(db, session, tokens, now, end))
      return opened(sessionKey, user, sessionId, secret, now, end);
  }
}

const endReused = async (db: Db, sessionId: string, user: User, now: Date): Promise<undefined> => {
  await deleteSession(db, sessionId);
  await noteAudit(db, {
    id: `${sessionId}:reuse`,
    actorId: user.id,
    what: 'session-ended-by-reuse',
    recordId: sessionId,
    at: now,
  });
};

/** Ends a session at once, on every instance; there may be none. */
export async function endSession(db: Db, sessionId: string | undefined): Promise<void> {
  if (sessionId !== undefined) await deleteSession(db, sessionId);
}
