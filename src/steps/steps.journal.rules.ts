// The journal as it stands, put together from the records of a batch. Pure.
import type { Batch } from '../batches/batches.types.ts';
import { byNewest, earlierVersions, evidenceGrade, photosOf, replacedIdOf, standingSteps } from './steps.rules.ts';
import type { Attachment, Confirmation, JournalEntry, Step, StepMark, StepVersion } from './steps.types.ts';

/** All records of one batch's journal; `texts` by hash, without the erased ones. */
export type JournalRecords = {
  steps: Step[];
  attachments: Attachment[];
  confirmations: Confirmation[];
  texts: ReadonlyMap<string, string>;
};

const groupByStep = <R extends { stepId: string }>(records: readonly R[]): Map<string, R[]> => {
  const groups = new Map<string, R[]>();
  for (const record of records) groups.set(record.stepId, [...(groups.get(record.stepId) ?? []), record]);
  return groups;
};

/** '' without a note, undefined when it was erased. */
const noteOf = (step: Step, texts: ReadonlyMap<string, string>): string | undefined =>
  step.noteHash === undefined ? '' : texts.get(step.noteHash);

/** Guards seen broken at the time, and those that a hold of the batch has found since. */
const marksOf = (step: Step, holds: Batch['holds']): StepMark[] => {
  const found = holds.flatMap(({ stepId, reason }) =>
    stepId === step.id && reason !== 'units-negative' ? [reason] : [],
  );
  return [...new Set([...step.marks, ...found])];
};

/** The versions that stand, newest work first, each with its photos, note, grade and marks. */
export function journalEntries(batch: Pick<Batch, 'holds'>, records: JournalRecords): JournalEntry[] {
  const { steps, texts } = records;
  const attachments = groupByStep(records.attachments);
  const confirmations = groupByStep(records.confirmations);
  return standingSteps(steps)
    .sort(byNewest)
    .map((step) => {
      const earlier = earlierVersions(step, steps);
      const candidates = [step, ...earlier].flatMap(({ id }) => attachments.get(id) ?? []);
      const photos = photosOf(step, earlier, candidates);
      return {
        step,
        note: noteOf(step, texts),
        photos: photos.map(({ fileId, receivedSha256 }) => ({ fileId, receivedSha256 })),
        ...evidenceGrade(photos.length, confirmations.get(step.id) ?? []),
        marks: marksOf(step, batch.holds),
        correctionCount: earlier.length,
      };
    });
}

/** All versions of the work that a step belongs to, newest first. */
export function versionsOf(step: Step, records: Pick<JournalRecords, 'steps' | 'texts'>): StepVersion[] {
  const successor = new Map(records.steps.map((one) => [replacedIdOf(one), one]));
  let newest = step;
  for (let next = successor.get(step.id); next !== undefined; next = successor.get(next.id)) newest = next;
  return [newest, ...earlierVersions(newest, records.steps)].map((version) => ({
    step: version,
    note: noteOf(version, records.texts),
    replacedBy: successor.get(version.id)?.id,
  }));
}
