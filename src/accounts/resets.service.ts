// A forgotten password: a link that is handed over, good for a day and once, sets a new one. It never touches the second factor.
import type { Actor } from '../actor.ts';
import { noteAudit } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import type { HandOver } from './accounts.types.ts';
import { findUser, storePassword, storeReset, takeRenewalNotice, takeResetNotice } from './accounts.model.ts';
import { hashPassword } from './accounts.passwords.ts';
import { handOverLinkMinutes, requireAdmin } from './accounts.rules.ts';
import { hashSecret, newSecret } from './accounts.secrets.ts';
import type { Link, User } from './accounts.types.ts';
import { requireGoodPassword } from './passwords.service.ts';
import { findOpenLink, insertLink, removeOver, takeLink } from './sessions.model.ts';
import { endSessionsOf } from './sessions.service.ts';

/** Makes a link that sets a person's password anew, for whoever has asked whether `byId` may hand one over. Throws 'user-not-found'. */
export async function makeResetLink(db: Db, byId: string, userId: string, now: Date): Promise<HandOver> {
  const user = await findUser(db, userId);
  if (user === undefined) throw new AppError('user-not-found');
  const token = newSecret();
  const expiresAt = new Date(now.getTime() + handOverLinkMinutes * 60_000);
  await removeOver(db, now);
  await noteAudit(db, { actorId: byId, what: 'password-reset-link-made', recordId: user.id, at: now });
  await insertLink(db, { tokenHash: hashSecret(token), purpose: 'reset', userId, byId, createdAt: now, expiresAt });
  return { user, token, expiresAt };
}

/** An administrator hands over a reset link for anyone. Throws 'not-allowed', 'user-not-found'. */
export async function handOverReset(db: Db, actor: Actor, userId: string, now: Date): Promise<HandOver> {
  requireAdmin(actor);
  return makeResetLink(db, actor.userId, userId, now);
}

/** The person whose password a link sets anew. Throws 'link-used-or-expired'. Looking does not use it up. */
export async function requireResetLink(db: Db, token: string, now: Date): Promise<{ link: Link; user: User }> {
  const link = await findOpenLink(db, hashSecret(token), now);
  const user = link?.purpose === 'reset' && link.userId !== undefined ? await findUser(db, link.userId) : undefined;
  if (link === undefined || user === undefined) throw new AppError('link-used-or-expired');
  return { link, user };
}

/**
 * Sets the password by a reset link; all sessions of the person end. The person is told at the next sign-in who handed the link over. Throws
 * 'link-used-or-expired', also to the second of two at once, and a fault beside 'password', which does not use the link up.
 */
export async function resetPassword(db: Db, token: string, password: string, now: Date): Promise<void> {
  const { link, user } = await requireResetLink(db, token, now);
  requireGoodPassword(password, user);
  const passwordHash = await hashPassword(password);
  if ((await takeLink(db, hashSecret(token), now)) === undefined) throw new AppError('link-used-or-expired');
  const byId = link.byId ?? user.id;
  if (!(await storePassword(db, user.id, user.passwordHash, passwordHash))) throw new AppError('changed-meanwhile');
  await endSessionsOf(db, user.id);
  await storeReset(db, user.id, { byId, at: now, told: false });
  await noteAudit(db, { actorId: byId, what: 'password-reset', recordId: user.id, at: now });
}

/** Whether the person has still to be told of a reset or a renewed second factor; asked once a sign-in, and told by the security page from then on. */
export async function hasUntoldChange(db: Db, userId: string): Promise<boolean> {
  const untold = await Promise.all([takeResetNotice(db, userId), takeRenewalNotice(db, userId)]);
  return untold.includes(true);
}
