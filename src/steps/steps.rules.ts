// What a step may be and what it is worth: guards, versions, evidence grade, gaps. Pure; days are days in Viet Nam.
import type { Batch } from '../batches/batches.types.ts';
import { addDays, dayOf, daysBetween } from '../days.ts';
import type { Day } from '../days.ts';
import { fieldError } from '../errors.ts';
import type { NewStep } from './steps.input.ts';
import type { Confirmation, EvidenceGrade, JournalEntry, JournalGap, Step } from './steps.types.ts';

const minutes = 60_000;
/** An entry made this long before it arrived was made without a network (architecture.md, Guards). */
const queuedAfterMinutes = 10;

/** Photos that a step may have: those that it announced, and others up to this number. */
export const mostStepPhotos = 12;

/** Last day of the work. */
export const lastDayOf = (step: Pick<Step, 'doneOn' | 'doneUntil'>): Day => step.doneUntil ?? step.doneOn;

/** The step that a version takes the place of. */
export const replacedIdOf = (step: {
  corrects?: string | undefined;
  withdraws?: string | undefined;
}): string | undefined => step.corrects ?? step.withdraws;

/** Whether it was made offline: more than ten minutes before it arrived. Without `madeAt` it was not. */
export function isLateOffline(sent: Pick<NewStep, 'queued' | 'madeAt'>, now: Date): boolean {
  if (!sent.queued || sent.madeAt === undefined) return false;
  return now.getTime() - Date.parse(sent.madeAt) > queuedAfterMinutes * minutes;
}

/**
 * A closed batch takes no new work. What makes the record truer stays possible (corrections, withdrawals), and work that was done offline and
 * arrives late is not lost.
 */
export function isBarredByClosing(
  batch: Pick<Batch, 'closed'>,
  sent: Pick<NewStep, 'corrects' | 'withdraws'>,
  isLate: boolean,
): boolean {
  return batch.closed !== undefined && replacedIdOf(sent) === undefined && !isLate;
}

/** The versions that stand: neither corrected nor withdrawn, and no withdrawals. */
export function standingSteps<S extends Step>(steps: readonly S[]): S[] {
  const replaced = new Set(steps.map(replacedIdOf));
  return steps.filter((step) => !replaced.has(step.id) && step.withdraws === undefined);
}

/** The earlier versions of a step, newest first. */
export function earlierVersions(step: Step, steps: readonly Step[]): Step[] {
  const byId = new Map(steps.map((one) => [one.id, one]));
  const versions: Step[] = [];
  for (let id = replacedIdOf(step); id !== undefined;) {
    const version = byId.get(id);
    if (version === undefined || versions.includes(version)) break;
    versions.push(version);
    id = replacedIdOf(version);
  }
  return versions;
}

/**
 * The step that a correction or withdrawal concerns, out of the steps of the same batch. Throws 'fields-wrong' where it is not among them,
 * is itself a withdrawal, or (withdrawing) differs in kind or day.
 */
export function replacedStep(sent: NewStep, steps: readonly Step[]): Step | undefined {
  const field = sent.withdraws === undefined ? 'corrects' : 'withdraws';
  const id = replacedIdOf(sent);
  if (id === undefined) return undefined;
  const found = steps.find((step) => step.id === id);
  if (found === undefined || found.withdraws !== undefined) throw fieldError(field, 'unknown-reference');
  if (sent.withdraws !== undefined) {
    if (sent.kind !== found.kind) throw fieldError('kind', 'differs-from-withdrawn');
    if (sent.doneOn !== found.doneOn) throw fieldError('doneOn', 'differs-from-withdrawn');
  }
  return found;
}

/** Sites of a step must be sites of its batch. */
export function requireSitesOfBatch(siteIds: readonly string[], sitesOfBatch: readonly string[]): void {
  if (!siteIds.every((id) => sitesOfBatch.includes(id))) throw fieldError('siteIds', 'unknown-reference');
}

// Name and interval of a material may have changed between two sendings of one step: what the person said was which material.
const materialSaid = ({ data }: Step): string[] =>
  data.materialId === undefined ? [data.material ?? ''] : ['', data.materialId];
const waitSaid = ({ data }: Step): number | string =>
  data.waitSource === 'material' ? 'material' : (data.waitDays ?? '');

/** Whether two records of the same id say the same. The note is compared by the caller, who can read it. */
export function isSameStep(stored: Step, sent: Step): boolean {
  const said = (step: Step) =>
    JSON.stringify([
      step.batchId,
      step.kind,
      step.doneOn,
      step.doneUntil ?? '',
      [...step.siteIds].sort(),
      [step.data.amount ?? '', step.data.unit ?? '', materialSaid(step)],
      [waitSaid(step), step.data.unitsPacked ?? ''],
      [...step.photoHashes].sort(),
      step.corrects ?? '',
      step.withdraws ?? '',
      step.queued,
      step.madeAt?.getTime() ?? '',
    ]);
  return said(stored) === said(sent);
}

/** Evidence grade, lowest first: own word, a photo that is really there, someone else of the organisation, an official. */
export function evidenceGrade(
  photoCount: number,
  confirmations: readonly Confirmation[],
): { grade: EvidenceGrade; confirmedOn: Day | undefined; confirmedBy: string | undefined } {
  for (const level of ['official', 'cooperative'] as const) {
    const [first] = confirmations
      .filter((one) => one.level === level)
      .sort((one, other) => one.at.getTime() - other.at.getTime());
    if (first !== undefined) {
      const grade = level === 'official' ? 'official-verified' : 'cooperative-confirmed';
      return { grade, confirmedOn: dayOf(first.at), confirmedBy: first.byUserId };
    }
  }
  return { grade: photoCount > 0 ? 'with-photo' : 'self-declared', confirmedOn: undefined, confirmedBy: undefined };
}

/** Newest work first; of one day, what was recorded last. */
export function byNewest(one: Step, other: Step): number {
  const byDay = lastDayOf(other).localeCompare(lastDayOf(one));
  return byDay !== 0 ? byDay : other.recordedAt.getTime() - one.recordedAt.getTime() || (one.id < other.id ? 1 : -1);
}

/**
 * Three weeks: orchards and tea are tended more often than that between flowering and harvest, so a longer silence is worth showing.
 * It is one number for every crop until there is an activity calendar that knows which work a crop expects when; no law sets it.
 */
export const gapAfterDays = 21;

/**
 * Silences of more than `thresholdDays` days between consecutive entries, oldest first. Work of several days and 'nothing done' cover all
 * their days. Nothing is expected after `seasonEnd` (the harvest or packing), so days after it are no gap.
 */
export function gapsOf(
  entries: readonly { step: Pick<Step, 'doneOn' | 'doneUntil'> }[],
  options: { thresholdDays?: number; seasonEnd?: Day | undefined } = {},
): JournalGap[] {
  const { thresholdDays = gapAfterDays, seasonEnd } = options;
  const inOrder = entries.map(({ step }) => step).sort((one, other) => one.doneOn.localeCompare(other.doneOn));
  const gaps: JournalGap[] = [];
  let coveredUntil: Day | undefined;
  for (const step of inOrder) {
    if (coveredUntil !== undefined && (seasonEnd === undefined || coveredUntil < seasonEnd)) {
      const days = daysBetween(coveredUntil, step.doneOn) - 1;
      if (days > thresholdDays) gaps.push({ fromDay: addDays(coveredUntil, 1), toDay: addDays(step.doneOn, -1), days });
    }
    const last = lastDayOf(step);
    if (coveredUntil === undefined || last > coveredUntil) coveredUntil = last;
  }
  return gaps;
}

/** The photos of an entry: those of this version, and those of earlier ones that it still names. */
export function photosOf<A extends { stepId: string; receivedSha256: string }>(
  step: Step,
  earlier: readonly Step[],
  attachments: readonly A[],
): A[] {
  const versions = new Set(earlier.map(({ id }) => id));
  const seen = new Set<string>();
  return attachments.filter((one) => {
    const isShown =
      one.stepId === step.id || (versions.has(one.stepId) && step.photoHashes.includes(one.receivedSha256));
    if (!isShown || seen.has(one.receivedSha256)) return false;
    seen.add(one.receivedSha256);
    return true;
  });
}

/** How many photos an entry has and how many its recorder meant to send: "2/3 ảnh". */
export function photoCount(entry: Pick<JournalEntry, 'photos' | 'erasedPhotos' | 'step'>): {
  arrived: number;
  expected: number;
} {
  const arrived = new Set(entry.photos.map(({ receivedSha256 }) => receivedSha256)).size;
  return { arrived, expected: arrived + missingPhotos(entry).length };
}

/** Announced photos that have not come; one that was erased is not missing. */
export function missingPhotos({
  step,
  photos,
  erasedPhotos,
}: Pick<JournalEntry, 'photos' | 'erasedPhotos' | 'step'>): string[] {
  const known = new Set([...photos, ...erasedPhotos].map(({ receivedSha256 }) => receivedSha256));
  return [...new Set(step.photoHashes)].filter((hash) => !known.has(hash));
}
