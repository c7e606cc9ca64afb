// Labels printed between a backup and the incident after which it was restored: their runs are gone, their numbers are known as a gap.
import { placeOfCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { runGapOf } from '../labels/labels.service.ts';

/** The day of the restore in whose gap the code's run lies; undefined for a code that nobody has printed. */
export async function lostWithRestore(db: Db, codeKey: CodeKey, code: string): Promise<Day | undefined> {
  const place = placeOfCode(codeKey, code);
  const gap = place === undefined ? undefined : await runGapOf(db, place.run);
  return gap === undefined ? undefined : dayOf(gap.at);
}
