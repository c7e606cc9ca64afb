// The journal as it stands, put together from the records of a batch. Pure.
import type { Batch } from '../batches/batches.types.ts';
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import { byNewest, earlierVersions, evidenceGrade, photosOf, replacedIdOf, standingSteps } from './steps.rules.ts';
import type { Attachment, Confirmation, JournalEntry, Step, StepMark, StepVersion } from './steps.types.ts';

/** All records of one batch's journal; `texts` by hash, without the erased ones; `erased`: when which note (by hash) or file (by id) was. */
export type JournalRecords = {
  steps: Step[];
  attachments: Attachment[];
  confirmations: Confirmation[];
  texts: ReadonlyMap<string, string>;
  erased: ReadonlyMap<string, Date>;
};

const groupByStep = <R extends { stepId: string }>(records: readonly R[]): Map<string, R[]> => {
  const groups = new Map<string, R[]>();
  for (const record of records) groups.set(record.stepId, [...(groups.get(record.stepId) ?? []), record]);
  return groups;
};

/** '' without a note, undefined when it was erased. */
const noteOf = (step: Step, texts: ReadonlyMap<string, string>): string | undefined =>
  step.noteHash === undefined ? '' : texts.get(step.noteHash);

const noteErasedOn = (step: Step, erased: ReadonlyMap<string, Date>): Day | undefined => {
  const at = step.noteHash === undefined ? undefined : erased.get(step.noteHash);
  return at === undefined ? undefined : dayOf(at);
};

/** The photos of a step: those that are there, and those that were erased. */
const photosAndErased = (
  candidates: readonly Attachment[],
  erased: ReadonlyMap<string, Date>,
): Pick<JournalEntry, 'photos' | 'erasedPhotos'> => {
  const shown: Pick<JournalEntry, 'photos' | 'erasedPhotos'> = { photos: [], erasedPhotos: [] };
  for (const { fileId, receivedSha256 } of candidates) {
    const at = erased.get(fileId);
    if (at === undefined) shown.photos.push({ fileId, receivedSha256 });
    else shown.erasedPhotos.push({ receivedSha256, erasedOn: dayOf(at) });
  }
  return shown;
};

/** Guards seen broken at the time, and those that a hold of the batch has found since. */
const marksOf = (step: Step, holds: Batch['holds']): StepMark[] => {
  const found = holds.flatMap(({ stepId, reason }) =>
    stepId === step.id && reason !== 'units-negative' ? [reason] : [],
  );
  return [...new Set([...step.marks, ...found])];
};

/** The versions that stand, newest work first, each with its photos, note, grade and marks. */
export function journalEntries(batch: Pick<Batch, 'holds'>, records: JournalRecords): JournalEntry[] {
  const { steps, texts, erased } = records;
  const attachments = groupByStep(records.attachments);
  const confirmations = groupByStep(records.confirmations);
  return standingSteps(steps)
    .sort(byNewest)
    .map((step) => {
      const earlier = earlierVersions(step, steps);
      const candidates = [step, ...earlier].flatMap(({ id }) => attachments.get(id) ?? []);
      const shown = photosAndErased(photosOf(step, earlier, candidates), erased);
      return {
        step,
        note: noteOf(step, texts),
        noteErasedOn: noteErasedOn(step, erased),
        ...shown,
        ...evidenceGrade(shown.photos.length, confirmations.get(step.id) ?? []),
        marks: marksOf(step, batch.holds),
        correctionCount: earlier.length,
      };
    });
}

/** All versions of the work that a step belongs to, newest first. */
export function versionsOf(step: Step, records: Pick<JournalRecords, 'steps' | 'texts' | 'erased'>): StepVersion[] {
  const successor = new Map(records.steps.map((one) => [replacedIdOf(one), one]));
  let newest = step;
  for (let next = successor.get(step.id); next !== undefined; next = successor.get(next.id)) newest = next;
  return [newest, ...earlierVersions(newest, records.steps)].map((version) => ({
    step: version,
    note: noteOf(version, records.texts),
    noteErasedOn: noteErasedOn(version, records.erased),
    replacedBy: successor.get(version.id)?.id,
  }));
}
