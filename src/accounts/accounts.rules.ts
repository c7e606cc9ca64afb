// Who may manage people, when a refresh token still counts, and how often one may try. Pure.
import type { Actor } from '../actor.ts';
import type { NewUser } from './accounts.input.ts';
import type { RefreshTokens, User } from './accounts.types.ts';
import { requirePower } from '../powers.ts';

const graceMs = 60_000;
const mostOpenTokens = 20;

export const setUpLinkMinutes = 30;
/** A link that an administrator hands over: a day, so that it can travel by messenger. */
export const handOverLinkMinutes = 24 * 60;

/** Only administrators see and make people. Throws 'not-allowed'. */
export function requireAdmin(actor: Actor): void {
  requirePower(actor, 'keep-accounts');
}

/**
 * The tokens of a session after `presented` was exchanged for `successor` (both as hashes); undefined when that is a reuse, which ends the
 * session. A predecessor counts until its successor is first used, however late: the answer may have been lost on the way. It also counts
 * for 60 s from its own first use: pages open several requests at once. Every answer adds a successor to one line; the first that is used
 * puts its siblings out, so two holders of one token can't both go on unnoticed.
 */
export function exchangeToken(
  tokens: RefreshTokens,
  presented: string,
  successor: string,
  now: Date,
): RefreshTokens | undefined {
  const isInGrace = ({ firstUsedAt }: { firstUsedAt: Date }) => now.getTime() - firstUsedAt.getTime() <= graceMs;
  if (tokens.open.includes(presented)) {
    return { open: [successor], used: [{ hash: presented, firstUsedAt: now }, ...tokens.used.filter(isInGrace)] };
  }
  const [predecessor, ...older] = tokens.used;
  const counts = predecessor?.hash === presented || older.some((one) => one.hash === presented && isInGrace(one));
  if (!counts) return undefined;
  return { open: [...tokens.open, successor].slice(-mostOpenTokens), used: tokens.used };
}

/** Attempts at one login from one address, at one login from anywhere, and from one address at any login, in 15 minutes. */
export const signInLimits = {
  windowSeconds: 15 * 60,
  // A stranger at one address can't shut a farmer out: the first limit stops him before the second is full.
  loginAtAddress: 10,
  login: 25,
  // Mobile networks put a whole district behind one address.
  address: 100,
} as const;

/** Attempts of a signed-in person at their own password, and at their second factor. */
export const proofLimits = { most: 10, windowSeconds: 15 * 60 } as const;

/** Joining codes that were wrong, from one address. */
export const joinLimit = { most: 30, windowSeconds: 15 * 60 } as const;

/** Sign-ups from one address in an hour: a hall where a training is held stands behind one, a flood of made-up producers too. */
export const signUpLimit = { most: 20, windowSeconds: 3600 } as const;

const rolesText = (roles: User['roles']): string =>
  JSON.stringify(roles.map((role) => Object.entries(role).sort()).sort());

/** Whether a stored person is the one that is sent again. */
export function isSameUser(stored: User, sent: NewUser): boolean {
  return stored.name === sent.name && stored.login === sent.login && rolesText(stored.roles) === rolesText(sent.roles);
}
