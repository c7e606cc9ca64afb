// Steps as the API shows them: days as YYYY-MM-DD, moments as RFC 3339, what is not known as null.
import { z } from 'zod';
import { missingPhotos, photoCount } from './steps.rules.ts';
import { erasureReasons, evidenceGrades, stepErasable, stepKinds, stepMarks } from './steps.types.ts';
import type {
  Attachment,
  Confirmation,
  JournalEntry,
  JournalGap,
  Step,
  StepErasure,
  StepPhotoState,
  StepVersion,
} from './steps.types.ts';

export const stepShape = z.object({
  id: z.string(),
  batchId: z.string(),
  siteIds: z.array(z.string()),
  kind: z.enum(stepKinds),
  doneOn: z.string(),
  doneUntil: z.string().nullable(),
  recordedAt: z.string(),
  byUserId: z.string(),
  onBehalf: z.boolean(),
  amount: z.number().nullable(),
  unit: z.string().nullable(),
  material: z.string().nullable(),
  waitDays: z.number().nullable(),
  unitsPacked: z.number().nullable(),
  materialId: z.string().nullable(),
  /** Whether the interval was given, or taken from the material as it was when the step was recorded. */
  waitSource: z.enum(['person', 'material']).nullable(),
  noteHash: z.string().nullable(),
  photoHashes: z.array(z.string()),
  corrects: z.string().nullable(),
  withdraws: z.string().nullable(),
  queued: z.boolean(),
  madeAt: z.string().nullable(),
  marks: z.array(z.enum(stepMarks)),
});

export const entryShape = stepShape.extend({
  note: z.string().nullable(),
  photos: z.array(z.object({ fileId: z.string(), receivedSha256: z.string() })),
  /** Photos that the recorder meant to send, counting those that came unannounced. */
  photosExpected: z.number(),
  photosMissing: z.array(z.string()),
  /** Photos that were here and were erased on request. */
  photosErased: z.array(z.object({ receivedSha256: z.string(), erasedOn: z.string() })),
  noteErasedOn: z.string().nullable(),
  grade: z.enum(evidenceGrades),
  confirmedOn: z.string().nullable(),
  correctionCount: z.number(),
});

const gapShape = z.object({ fromDay: z.string(), toDay: z.string(), days: z.number() });

export const journalShape = z.object({
  items: z.array(entryShape),
  gaps: z.array(gapShape),
  next: z.string().nullable(),
});

const versionShape = stepShape.extend({
  note: z.string().nullable(),
  noteErasedOn: z.string().nullable(),
  replacedBy: z.string().nullable(),
});

export const historyShape = z.object({
  step: stepShape,
  /** How the work stands now; null when it was taken back. */
  entry: entryShape.nullable(),
  versions: z.array(versionShape),
});

export const attachmentShape = z.object({
  id: z.string(),
  stepId: z.string(),
  receivedSha256: z.string(),
  fileId: z.string(),
  arrivedAt: z.string(),
});

/** How far a photo has come: it goes on at `receivedBytes`; `totalBytes` is null while nothing of it is here. */
export const photoStateShape = z.object({
  state: z.enum(['missing', 'partial', 'arrived', 'erased']),
  receivedBytes: z.number(),
  totalBytes: z.number().nullable(),
  attachment: attachmentShape.nullable(),
  erasedOn: z.string().nullable(),
});

export const stepErasureShape = z.object({
  id: z.string(),
  stepId: z.string(),
  what: z.enum(stepErasable),
  /** Of the photo as sent, or the salted hash of the note. */
  hash: z.string(),
  reason: z.enum(erasureReasons),
  byUserId: z.string(),
  at: z.string(),
});

export const confirmationShape = z.object({
  id: z.string(),
  stepId: z.string(),
  level: z.enum(['cooperative', 'official']),
  byUserId: z.string(),
  at: z.string(),
});

/** A recorded fact for programs. */
export function stepJson(step: Step): z.output<typeof stepShape> {
  const { data, producerId: _producer, ...rest } = step;
  return {
    ...rest,
    doneUntil: step.doneUntil ?? null,
    recordedAt: step.recordedAt.toISOString(),
    amount: data.amount ?? null,
    unit: data.unit ?? null,
    material: data.material ?? null,
    waitDays: data.waitDays ?? null,
    unitsPacked: data.unitsPacked ?? null,
    materialId: data.materialId ?? null,
    waitSource: data.waitSource ?? null,
    noteHash: step.noteHash ?? null,
    corrects: step.corrects ?? null,
    withdraws: step.withdraws ?? null,
    madeAt: step.madeAt?.toISOString() ?? null,
  };
}

/** A journal entry for programs. */
export function entryJson(entry: JournalEntry): z.output<typeof entryShape> {
  return {
    ...stepJson(entry.step),
    marks: entry.marks,
    note: entry.note ?? null,
    photos: entry.photos,
    photosExpected: photoCount(entry).expected,
    photosMissing: missingPhotos(entry),
    photosErased: entry.erasedPhotos,
    noteErasedOn: entry.noteErasedOn ?? null,
    grade: entry.grade,
    confirmedOn: entry.confirmedOn ?? null,
    correctionCount: entry.correctionCount,
  };
}

/** One page of a journal with its gaps: `after` is the id of the last entry of the page before. */
export function journalJson(
  entries: readonly JournalEntry[],
  gaps: readonly JournalGap[],
  page: { limit: number; after?: string | undefined },
): z.output<typeof journalShape> {
  const start = page.after === undefined ? 0 : entries.findIndex(({ step }) => step.id === page.after) + 1;
  const items = entries.slice(start, start + page.limit);
  const hasMore = start + page.limit < entries.length;
  return {
    items: items.map(entryJson),
    gaps: [...gaps],
    next: hasMore ? (items.at(-1)?.step.id ?? null) : null,
  };
}

/** A step, how its work stands, and every version of it, newest first. */
export function historyJson(history: {
  step: Step;
  entry: JournalEntry | undefined;
  versions: readonly StepVersion[];
}): z.output<typeof historyShape> {
  return {
    step: stepJson(history.step),
    entry: history.entry === undefined ? null : entryJson(history.entry),
    versions: history.versions.map(({ step, note, noteErasedOn, replacedBy }) => ({
      ...stepJson(step),
      note: note ?? null,
      noteErasedOn: noteErasedOn ?? null,
      replacedBy: replacedBy ?? null,
    })),
  };
}

export function attachmentJson(attachment: Attachment): z.output<typeof attachmentShape> {
  const { producerId: _producer, ...shown } = attachment;
  return { ...shown, arrivedAt: attachment.arrivedAt.toISOString() };
}

export function photoStateJson(state: StepPhotoState): z.output<typeof photoStateShape> {
  const { attachment, erasedOn, totalBytes } = state;
  return {
    ...state,
    totalBytes: totalBytes ?? null,
    attachment: attachment === undefined ? null : attachmentJson(attachment),
    erasedOn: erasedOn ?? null,
  };
}

export function stepErasureJson({ producerId: _producer, ...erasure }: StepErasure): z.output<typeof stepErasureShape> {
  return { ...erasure, at: erasure.at.toISOString() };
}

export function confirmationJson(confirmation: Confirmation): z.output<typeof confirmationShape> {
  const { producerId: _producer, ...shown } = confirmation;
  return { ...shown, at: confirmation.at.toISOString() };
}
