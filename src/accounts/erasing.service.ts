// Making a person go who asked for it: name, login, password, sessions. What they recorded stays under their opaque id, since others may have to
// prove it; wherever the name stood, it says since when it is gone.
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import { systemId } from '../retention.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { erase, registerEraser } from '../files/erasures.ts';
import type { Erasure, ErasureReason } from '../files/files.types.ts';
import { beginLeaving, blankUser, findUser } from './accounts.model.ts';
import { requireAdmin } from './accounts.rules.ts';
import { deleteFactors } from './factors.model.ts';
import { deleteLinksOf, deleteSessionsOf, findSessionsOf } from './sessions.model.ts';

/** How persons are named in the list of erasures. Features that hold something of a person register an eraser of their own under it. */
export const personErasing = 'person';

/** What stands where something of the person stood. */
export function erasedWords({ at }: Erasure): string {
  const [year, month, day] = dayOf(at).split('-');
  return `đã xoá theo yêu cầu ngày ${day}/${month}/${year}`;
}

/** For the list's machinery, also after a restore: everything that says who the person is goes. Runs again without harm. */
const carryOut = async (db: Db, erasure: Erasure): Promise<void> => {
  const { recordId: userId, at } = erasure;
  await blankUser(db, userId, erasedWords(erasure), at);
  await deleteSessionsOf(db, userId);
  await deleteLinksOf(db, userId);
  await deleteFactors(db, userId);
};

/** Lets the list of erasures carry out those of persons. */
export function prepareErasing(db: Db): void {
  registerEraser(db, personErasing, carryOut);
}

/**
 * Whom this person may have erased: oneself; anybody for administrators. The only administrator stays until there is another. Throws
 * 'not-allowed', 'user-not-found', 'last-admin'.
 */
export async function requireErasable(db: Db, actor: Actor, userId: string, now: Date): Promise<void> {
  if (userId !== actor.userId) requireAdmin(actor);
  const user = await findUser(db, userId);
  if (user === undefined || user.erasedAt !== undefined) throw new AppError('user-not-found');
  const isAdmin = user.roles.some(({ kind }) => kind === 'admin');
  if (isAdmin && !(await beginLeaving(db, userId, now))) throw new AppError('last-admin');
}

/** Lists the erasure of a person and carries it out; `requireErasable` comes first. Once erased stays as it was then. */
export async function erasePerson(
  db: Db,
  { id, userId, reason, byUserId }: { id: string; userId: string; reason: ErasureReason; byUserId: string },
  now: Date,
): Promise<Erasure> {
  // A person is their own scope in the list, as a producer is of its files.
  return erase(db, {
    id,
    producerId: userId,
    what: personErasing,
    hash: userId,
    recordId: userId,
    reason,
    byUserId,
    at: now,
  });
}

/**
 * Erases a person whose account was only for this producer. False when the account is still used (it is signed in somewhere), so nothing should
 * go yet; true when the person went, went before, or stays for other roles. Safe to run again.
 */
export async function eraseIfOnly(db: Db, userId: string, producerId: string, now: Date): Promise<boolean> {
  const user = await findUser(db, userId);
  if (user === undefined || user.erasedAt !== undefined) return true;
  const isOnly =
    user.roles.length > 0 && user.roles.every((role) => 'producerId' in role && role.producerId === producerId);
  if (!isOnly) return true;
  if ((await findSessionsOf(db, userId, now)).length > 0) return false;
  await erasePerson(db, { id: uuidv7(), userId, reason: 'personal-data', byUserId: systemId }, now);
  return true;
}
