// The waiting time as people ask for it: may I harvest today, and if not, from when?
import type { Day } from '../days.ts';
import { harvestBreach } from './steps.guards.rules.ts';
import type { Waiting } from './steps.overview.types.ts';
import type { JournalEntry } from './steps.types.ts';

/** What forbids a harvest of the whole batch on a day, or undefined. `entries` are the steps that stand. */
export function waitingOf(entries: readonly JournalEntry[], today: Day): Waiting | undefined {
  const sprays = entries.map(({ step }) => step).filter(({ kind }) => kind === 'spray');
  const harvest = { id: '', kind: 'harvest' as const, doneOn: today, doneUntil: undefined, siteIds: [] };
  const breach = harvestBreach(harvest, sprays);
  return breach === undefined ? undefined : { sprayedOn: breach.sprayedOn ?? today, allowedFrom: breach.allowedFrom };
}
