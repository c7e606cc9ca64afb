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
import { exchangeToken, signInLimits } from './accounts.rules.ts';
import { blindName, hashSecret, newSecret } from './accounts.secrets.ts';
import { accessTokenSeconds, readAccessToken, signAccessToken } from './accounts.tokens.ts';
import type { Begin, From, OpenedSession, Session, User } from './accounts.types.ts';
import { mustProve } from '../proof.ts';
import type { Proof, SignedIn } from '../proof.ts';
import { needsSecondFactor } from './factors.rules.ts';
import {
  deleteSession,
  deleteSessionOf,
  deleteSessionsOf,
  findOpenLink,
  findOpenSession,
  findSessionsOf,
  insertSession,
  removeOver,
  storeExchange,
  takeLink,
} from './sessions.model.ts';
import { deviceLabel, sessionEnd } from './sessions.rules.ts';

const proofOf = ({ by, passwordAt, secondFactorAt }: Proof): Proof => ({
  by,
  ...(passwordAt === undefined ? {} : { passwordAt }),
  ...(secondFactorAt === undefined ? {} : { secondFactorAt }),
});

const signedIn = (user: User, session: Session): SignedIn => ({
  actor: { userId: user.id, name: user.name, roles: user.roles },
  sessionId: session.id,
  proof: proofOf(session),
  mustProve: mustProve(proofOf(session), user.hasSecondFactor === true || needsSecondFactor(user.roles)),
});

const opened = (sessionKey: Buffer, user: User, session: Session, secret: string, now: Date): OpenedSession => ({
  ...signedIn(user, session),
  accessToken: signAccessToken(sessionKey, { userId: user.id, sessionId: session.id }, now),
  accessSeconds: accessTokenSeconds,
  refreshToken: `${session.id}.${secret}`,
  refreshSeconds: Math.round((session.expiresAt.getTime() - now.getTime()) / 1000),
});

/** Opens a session for a person who has proved to be it; `begin` says by what. */
export async function openSession(
  db: Db,
  sessionKey: Buffer,
  user: User,
  begin: Begin,
  now: Date,
): Promise<OpenedSession> {
  await Promise.all([removeOver(db, now), removeOldLimits(db, now)]);
  const secret = newSecret();
  const session: Session = {
    id: uuidv7(),
    userId: user.id,
    device: deviceLabel(begin.userAgent),
    ...proofOf(begin),
    tokens: { open: [hashSecret(secret)], used: [] },
    revision: 0,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: sessionEnd({ by: begin.by, createdAt: now }, now),
  };
  await insertSession(db, session);
  return opened(sessionKey, user, session, secret, now);
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
  from: From,
  now: Date,
): Promise<OpenedSession> {
  const limits = limitsOf(sessionKey, login, from.address, now);
  const seconds = await takeTurns(db, limits, now);
  if (seconds > 0) throw new AppError('too-many-requests', { seconds });
  const user = await findUserByLogin(db, login);
  const fits = await isPassword(user?.passwordHash, password);
  if (user === undefined || !fits) throw new AppError('wrong-credentials');
  await giveBackTurns(db, limits);
  return openSession(db, sessionKey, user, { by: 'password', userAgent: from.userAgent, passwordAt: now }, now);
}

/** Passes for a sign-in link that is neither used nor over; throws 'link-used-or-expired'. Looking does not use it up. */
export async function requireOpenLink(db: Db, token: string, now: Date): Promise<void> {
  const link = await findOpenLink(db, hashSecret(token), now);
  // A reset link sets a password and opens nothing by itself.
  if (link?.userId === undefined || (link.purpose !== 'sign-in' && link.purpose !== 'demo'))
    throw new AppError('link-used-or-expired');
}

/** Uses a one-time link up and signs its person in. Throws 'link-used-or-expired', also to the second of two at once. */
export async function signInByLink(
  db: Db,
  sessionKey: Buffer,
  token: string,
  from: From,
  now: Date,
): Promise<OpenedSession> {
  await requireOpenLink(db, token, now);
  const link = await takeLink(db, hashSecret(token), now);
  const user = link?.userId === undefined ? undefined : await findUser(db, link.userId);
  if (link === undefined || user === undefined) throw new AppError('link-used-or-expired');
  const by = link.purpose === 'demo' ? 'demo' : 'link';
  return openSession(db, sessionKey, user, { by, userAgent: from.userAgent }, now);
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
  return signedIn(user, session);
}

/** The same session as the store has it now, with what was proven in it since. Throws 'session-ended'. */
export async function signedInAgain(db: Db, sessionId: string, now: Date): Promise<SignedIn> {
  const session = await findOpenSession(db, sessionId, now);
  const user = session === undefined ? undefined : await findUser(db, session.userId);
  if (session === undefined || user === undefined) throw new AppError('session-ended');
  return signedIn(user, session);
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
    const expiresAt = sessionEnd(session, now);
    // Someone else exchanged in between: look again. Each round somebody got through, so it ends.
    if (await storeExchange(db, session, tokens, now, expiresAt))
      return opened(sessionKey, user, { ...session, expiresAt }, secret, now);
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

/** The open sessions of a person, last used first. */
export async function sessionsOf(db: Db, userId: string, now: Date): Promise<Session[]> {
  return findSessionsOf(db, userId, now);
}

/** Ends one session of a person at once; false when the person has no such session (any more). */
export async function endSessionOf(db: Db, userId: string, sessionId: string): Promise<boolean> {
  return deleteSessionOf(db, userId, sessionId);
}

/** Ends all sessions of a person at once, on every instance, but for the one that is given; says how many. For a change of password or role too. */
export async function endSessionsOf(db: Db, userId: string, exceptSessionId?: string): Promise<number> {
  return deleteSessionsOf(db, userId, exceptSessionId);
}
