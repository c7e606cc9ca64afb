// People who sign in, their sessions, and the one-time links that let them in.
import type { Actor, Role } from '../actor.ts';

/** A person. `login` is a phone number as digits with a leading 0, or an e-mail address in lower case. Without a password hash only a link lets them in. */
export type User = {
  id: string;
  name: string;
  login: string;
  roles: readonly Role[];
  passwordHash?: string;
  createdAt: Date;
};

/** The refresh tokens of a session that still say something, as SHA-256. */
export type RefreshTokens = {
  /** Given out and not used yet: successors of `used[0]`. More than one when the predecessor came again because an answer was lost. */
  open: readonly string[];
  /** Used, latest first; the first is the predecessor of `open`, the others only count while their grace lasts. */
  used: readonly { hash: string; firstUsedAt: Date }[];
};

/** One sign-in on one device. It ends by being deleted. */
export type Session = {
  id: string;
  userId: string;
  tokens: RefreshTokens;
  /** Raised with every renewal: two at once do not overwrite each other. */
  revision: number;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
};

/** 'sign-in': handed over to a person; 'demo': printed for a sample person; 'set-up': makes the first administrator. */
export type LinkPurpose = 'sign-in' | 'demo' | 'set-up';

/** A one-time link; its token is stored as SHA-256 only. A set-up link names nobody. */
export type Link = { tokenHash: string; purpose: LinkPurpose; userId?: string; createdAt: Date; expiresAt: Date };

/** Who a valid access token stands for, with the roles of this moment. */
export type SignedIn = { actor: Actor; sessionId: string };

/** What a person gets when signing in or renewing. */
export type OpenedSession = SignedIn & {
  accessToken: string;
  accessSeconds: number;
  refreshToken: string;
  refreshSeconds: number;
};
