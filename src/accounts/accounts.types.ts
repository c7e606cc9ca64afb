// People who sign in, their sessions, and the one-time links that let them in.
import type { Role } from '../actor.ts';
import type { Proof, SessionStart, SignedIn } from '../proof.ts';

/** A person. `login` is a phone number as digits with a leading 0, or an e-mail address in lower case. Without a password hash only a link lets them in. */
export type User = {
  id: string;
  name: string;
  login: string;
  roles: readonly Role[];
  passwordHash?: string;
  /** A second factor was taken in: every sign-in asks for it. */
  hasSecondFactor?: boolean;
  /** Who handed the link over by which the password was set last, and whether the person was told at a sign-in. */
  passwordReset?: { byId: string; at: Date; told: boolean };
  /** Which request had the second factor taken away last, who confirmed it, and whether the person was told at a sign-in. */
  factorRenewal?: { renewalId: string; byIds: string[]; at: Date; told: boolean };
  createdAt: Date;
  /** Since when name, login and all proofs are gone, on request; `name` then says so. */
  erasedAt?: Date;
};

/** The refresh tokens of a session that still say something, as SHA-256. */
export type RefreshTokens = {
  /** Given out and not used yet: successors of `used[0]`. More than one when the predecessor came again because an answer was lost. */
  open: readonly string[];
  /** Used, latest first; the first is the predecessor of `open`, the others only count while their grace lasts. */
  used: readonly { hash: string; firstUsedAt: Date }[];
};

/** One sign-in on one device. It ends by being deleted. */
export type Session = Proof & {
  id: string;
  userId: string;
  /** What its browser calls itself, coarse ('Android, Chrome'); '' when it says nothing. */
  device: string;
  tokens: RefreshTokens;
  /** Raised with every renewal: two at once do not overwrite each other. */
  revision: number;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
};

/** 'sign-in': handed over to a person; 'demo': printed for a sample person; 'set-up': makes the first administrator; 'reset': sets a
 * password anew. */
export type LinkPurpose = 'sign-in' | 'demo' | 'set-up' | 'reset';

/** A one-time link; its token is stored as SHA-256 only. A set-up link names nobody. */
export type Link = {
  tokenHash: string;
  purpose: LinkPurpose;
  userId?: string;
  /** Who hands a reset link over. */
  byId?: string;
  createdAt: Date;
  expiresAt: Date;
};

/** A link to hand over to a person. */
export type HandOver = { user: User; token: string; expiresAt: Date };

/** How a session begins: what was proven for it, and the User-Agent of the device. */
export type Begin = { by: SessionStart; userAgent: string; passwordAt?: Date; secondFactorAt?: Date };

/** Where a request comes from: the network address, for limits, and the User-Agent. */
export type From = { address: string; userAgent: string };

/** What a person gets when signing in or renewing. */
export type OpenedSession = SignedIn & {
  accessToken: string;
  accessSeconds: number;
  refreshToken: string;
  refreshSeconds: number;
};

/** What a person sees of their own security. */
export type Security = {
  user: User;
  sessions: readonly Session[];
  factors: { hasTotp: boolean; recoveryLeft: number };
  /** Shown name of who handed over the link of the last reset, and when that was. */
  reset?: { by: string; at: Date };
  /** Shown names of who confirmed the last renewal of the second factor, and when that was. */
  renewal?: { by: readonly string[]; at: Date };
};
