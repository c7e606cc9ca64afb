// Reading back as routes and pages ask for it: soon, beside the answer, with what the app has.
import { checkSoon } from './labels.check.service.ts';
import type { Deps } from '../deps.ts';
import { sizeOfLetters } from './labels.text.ts';
import type { LabelRun } from './labels.types.ts';

/** Has the symbols of a run read back; the promise ends with the reading, and never fails. */
export function readBackSoon(deps: Deps, runId: string): Promise<void> {
  const { db, keys, clock, smallestLetterMm } = deps;
  const needs = { db, codeKey: keys.codeKey, clock, minimumPt: sizeOfLetters(smallestLetterMm) };
  return checkSoon(needs, runId, (error) => {
    deps.log.error({ err: error, run: runId }, 'reading a run back failed; the sweep tries again');
  });
}

// A caller of the API waits for a short reading instead of asking again.
const waitsFor = 650;

/** Ends with the reading of a run that is short enough to wait for. */
export async function waitForReading(deps: Deps, run: LabelRun): Promise<void> {
  if (run.quantity <= waitsFor) await readBackSoon(deps, run.id);
}
