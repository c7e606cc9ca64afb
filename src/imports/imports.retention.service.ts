// Lists hold names and addresses; once they are stored, or were left, their files need not be kept. What a run did stays.
import type { Db } from '../db/connect.ts';
import { clearRun, findRunsToClear } from './imports.model.ts';
import { dropReports } from './imports.report.model.ts';

const runsAtOnce = 20;

/**
 * Removes the file and the report's rows of runs that ended before a moment, or were looked at before it and never stored. The run lets go of
 * them first: what a crash leaves is a stray, which `finishImports` drops. Safe to run twice and at once. Returns how many runs were cleared.
 */
export async function clearOldImports(db: Db, before: Date): Promise<number> {
  let count = 0;
  for (const run of await findRunsToClear(db, before, runsAtOnce)) {
    if (!(await clearRun(db, run))) continue;
    await dropReports(db, [run.contentId]);
    count += 1;
  }
  return count;
}
