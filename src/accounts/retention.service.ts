// What nobody needs any more: sessions and one-time links that are over, counters whose window has passed. The embedded engine deletes nothing by
// itself, and a quiet server may see no sign-in for weeks, so the sweep does it too.
import { removeNotes } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import { removeOldLimits } from '../db/limits.ts';
import { removeOver } from './sessions.model.ts';

/** Safe to run at any time, twice, and on several machines at once. */
export async function sweepAccounts(db: Db, now: Date): Promise<void> {
  await removeOver(db, now);
  await removeOldLimits(db, now);
}

/** What the audit log calls signing in, well or not. Notes of what someone may do, or changed, are not among them. */
export const signInNotes = [
  'signed-in',
  'sign-in-failed',
  'sign-in-link-made',
  'recovery-code-used',
  'session-ended-by-reuse',
] as const;

const notesAtOnce = 5000;

/** Removes old notes of signing in, a piece at a time. Returns how many went. */
export async function removeSignInNotes(db: Db, before: Date): Promise<number> {
  return removeNotes(db, signInNotes, before, notesAtOnce);
}
