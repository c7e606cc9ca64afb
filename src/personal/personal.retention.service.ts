// The round that removes what is kept long enough. The periods are settings (src/retention.ts); everything here is safe to run twice and at once.
import { removeSignInNotes } from '../accounts/retention.service.ts';
import { noteAudit } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import { clearOldImports } from '../imports/imports.retention.service.ts';
import { forgetRefused } from '../producers/producers.retention.service.ts';
import { periodStart, systemId } from '../retention.ts';
import type { RetentionDays } from '../retention.ts';

/** How many went. */
export type Removed = { importFiles: number; signIns: number; refusedApplicants: number };

/** One round, a piece at a time. When anything went, the audit log says how many; undefined when nothing did. */
export async function removeKeptLongEnough(db: Db, days: RetentionDays, now: Date): Promise<Removed | undefined> {
  const removed: Removed = {
    importFiles: await clearOldImports(db, periodStart(now, days.importFiles)),
    signIns: await removeSignInNotes(db, periodStart(now, days.signIns)),
    refusedApplicants: await forgetRefused(db, periodStart(now, days.refusedApplicants), now),
  };
  if (Object.values(removed).every((count) => count === 0)) return undefined;
  await noteAudit(db, { actorId: systemId, what: 'kept-long-enough', recordId: 'retention', after: removed, at: now });
  return removed;
}
