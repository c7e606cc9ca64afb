// What nobody needs any more: sessions and one-time links that are over, counters whose window has passed. The embedded engine deletes nothing by
// itself, and a quiet server may see no sign-in for weeks, so the sweep does it too.
import type { Db } from '../db/connect.ts';
import { removeOldLimits } from '../db/limits.ts';
import { removeOver } from './sessions.model.ts';

/** Safe to run at any time, twice, and on several machines at once. */
export async function sweepAccounts(db: Db, now: Date): Promise<void> {
  await removeOver(db, now);
  await removeOldLimits(db, now);
}
