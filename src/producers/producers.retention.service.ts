// Who applied and was refused long ago: what says who they are goes, under opaque ids the rest stays.
import { eraseIfOnly } from '../accounts/erasing.service.ts';
import { blankNotesOn } from '../audit/audit.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { blankApplicant, findRefusedBefore } from './producers.refused.model.ts';

const atOnce = 50;

/**
 * Removes who applied from applications that were refused before a moment, never approved, and not sent again. The applicant's account goes too
 * when it was for nothing else and is signed in nowhere; the record is marked last, so that what a crash cuts off is done at the next round.
 * Returns how many applications were freed of names.
 */
export async function forgetRefused(db: Db, before: Date, now: Date): Promise<number> {
  let count = 0;
  for (let after = ''; ;) {
    const found = await findRefusedBefore(db, before, { after, limit: atOnce });
    for (const application of found) {
      if (!(await eraseIfOnly(db, application.userId, application.id, now))) continue;
      const [year, month, day] = dayOf(now).split('-');
      if (!(await blankApplicant(db, application, `đã xoá vì hết thời hạn giữ ngày ${day}/${month}/${year}`, now)))
        continue;
      if (application.kind === 'household') await blankNotesOn(db, application.id);
      count += 1;
    }
    const last = found.at(-1);
    if (last === undefined || found.length < atOnce) return count;
    after = last.id;
  }
}
