// The guards of the journal: days in order, the batch under recall, the waiting time between a spray and a harvest. Pure.
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import { AppError } from '../errors.ts';
import { lastDayOf } from './steps.rules.ts';
import type { Step, StepMark } from './steps.types.ts';

/** The longest waiting time that a label can be entered with; earlier sprays can't reach a harvest. */
export const longestWaitDays = 365;

/** A rule that a step breaks, with the day that would be right and the sites concerned. */
export type Breach = {
  mark: StepMark;
  allowedFrom?: Day;
  sprayedOn?: Day;
  startedOn?: Day;
  today?: Day;
  siteIds?: string[];
};

type Work = Pick<Step, 'id' | 'kind' | 'doneOn' | 'doneUntil' | 'siteIds'>;
type Spray = Work & Pick<Step, 'data'>;

/** A step without sites concerns the whole batch, and so every site. */
const sharedSites = (one: Work, other: Work): string[] | undefined => {
  if (one.siteIds.length === 0) return other.siteIds;
  if (other.siteIds.length === 0) return one.siteIds;
  const shared = one.siteIds.filter((id) => other.siteIds.includes(id));
  return shared.length === 0 ? undefined : shared;
};

/**
 * The breach of one spray by one harvest, or undefined. The harvest may begin on the last day of spraying plus the waiting time; a spray
 * whose waiting time is not known forbids every later harvest of its sites until it is filled in from the label: it is never read as 0.
 */
export function waitingBreach(spray: Spray, harvest: Work): Breach | undefined {
  const siteIds = sharedSites(spray, harvest);
  if (siteIds === undefined || lastDayOf(harvest) < spray.doneOn) return undefined;
  if (spray.data.waitDays === undefined) return { mark: 'waiting-time-unknown', sprayedOn: spray.doneOn, siteIds };
  const allowedFrom = addDays(lastDayOf(spray), spray.data.waitDays);
  return harvest.doneOn < allowedFrom
    ? { mark: 'harvest-too-soon', allowedFrom, sprayedOn: spray.doneOn, siteIds }
    : undefined;
}

const union = (breaches: readonly Breach[]): string[] => [...new Set(breaches.flatMap(({ siteIds }) => siteIds ?? []))];

/** The one breach to name of several: an unknown waiting time first, for no day can be promised; else the latest allowed day. */
export function worstBreach(breaches: readonly Breach[]): Breach | undefined {
  const unknown = breaches.filter(({ mark }) => mark === 'waiting-time-unknown');
  const [oldest] = unknown.sort((one, other) => (one.sprayedOn ?? '').localeCompare(other.sprayedOn ?? ''));
  if (oldest !== undefined) return oldest;
  const [latest] = [...breaches].sort((one, other) => (other.allowedFrom ?? '').localeCompare(one.allowedFrom ?? ''));
  return latest === undefined ? undefined : { ...latest, siteIds: union(breaches) };
}

/** What forbids a harvest after these sprays. */
export function harvestBreach(harvest: Work, sprays: readonly Spray[]): Breach | undefined {
  return worstBreach(sprays.flatMap((spray) => waitingBreach(spray, harvest) ?? []));
}

/** A break between two stored steps: it concerns the lot of the harvest, and its cause is the one that was told later. */
export type WaitingBreach = { batchId: string; causeId: string; breach: Breach };

/** Every break among one spray or harvest and the others; both sides of a pair find the same cause. */
export function waitingBreaches(step: Step, others: readonly Step[]): WaitingBreach[] {
  return others.flatMap((other) => {
    const [spray, harvest] = step.kind === 'spray' ? [step, other] : [other, step];
    const breach = waitingBreach(spray, harvest);
    if (breach === undefined) return [];
    const lead = step.recordedAt.getTime() - other.recordedAt.getTime() || (step.id < other.id ? -1 : 1);
    return [{ batchId: harvest.batchId, causeId: lead > 0 ? step.id : other.id, breach }];
  });
}

/** Days in order: not after today, not before the batch's first day. */
export function dayBreach(work: Pick<Step, 'doneOn' | 'doneUntil'>, startedOn: Day, today: Day): Breach | undefined {
  if (lastDayOf(work) > today) return { mark: 'step-in-future', today };
  if (work.doneOn < startedOn) return { mark: 'step-before-planting', startedOn };
  return undefined;
}

/**
 * A lot under recall takes no new work: it must not be picked, packed or shipped any further. What makes the record truer stays possible:
 * corrections and withdrawals.
 */
export function recallBreach(step: Pick<Step, 'corrects' | 'withdraws'>, isRecalled: boolean): Breach | undefined {
  const isNewWork = step.corrects === undefined && step.withdraws === undefined;
  return isRecalled && isNewWork ? { mark: 'batch-recalled' } : undefined;
}

/** A breach as the refusal that a person reads; `siteNames` are the names of its sites. */
export function refusal({ mark, siteIds, ...facts }: Breach, siteNames: readonly string[]): AppError {
  return new AppError(mark, siteIds === undefined ? facts : { ...facts, siteIds, sites: siteNames.join(', ') });
}
