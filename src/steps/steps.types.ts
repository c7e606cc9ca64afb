// Steps: what was done to a batch, by whom and when. Append-only: a correction or withdrawal is a new step that names the one it concerns.
import type { ErasureReason } from '../files/files.types.ts';

export { erasureReasons } from '../files/files.types.ts';

export const stepKinds = [
  'fertilise',
  'spray',
  'water',
  'prune',
  'pollinate',
  'bag-fruit',
  'weed',
  'harvest',
  'grade',
  'process',
  'pack',
  'ship',
  'nothing-done',
  'other',
] as const;
export type StepKind = (typeof stepKinds)[number];

/** What a kind may tell beside its day. Amounts carry their unit; `waitDays` is the pre-harvest interval on the product's label, never 0 by default. */
export type StepData = {
  amount: number | undefined;
  unit: string | undefined;
  material: string | undefined;
  waitDays: number | undefined;
  unitsPacked: number | undefined;
  /** Of the producer's stock; `material` is then its name when the step was recorded. */
  materialId?: string | undefined;
  /** 'material': the interval was taken from the material as it then was, also where that had none. Only with a `materialId`. */
  waitSource?: 'person' | 'material' | undefined;
};

/** A guard that a step broke when it was kept all the same: entered late, queued offline, or two at once. */
export const stepMarks = [
  'step-in-future',
  'step-before-planting',
  'harvest-too-soon',
  'waiting-time-unknown',
  'batch-recalled',
] as const;
export type StepMark = (typeof stepMarks)[number];

/** The stored fact. People are opaque ids; the note is a salted hash whose text lies apart (`contents`), where it can be erased. */
export type Step = {
  id: string;
  producerId: string;
  batchId: string;
  siteIds: string[];
  kind: StepKind;
  /** Day of the work in Viet Nam, and its last day when it took several. */
  doneOn: string;
  doneUntil: string | undefined;
  recordedAt: Date;
  byUserId: string;
  onBehalf: boolean;
  data: StepData;
  /** Salted SHA-256 of the note; undefined without one. */
  noteHash: string | undefined;
  /** SHA-256 of the photos that the recorder means to send (of the bytes as sent). */
  photoHashes: string[];
  /** The step that this one replaces, or takes back. */
  corrects: string | undefined;
  withdraws: string | undefined;
  /** Made offline and sent later, and when it was made. */
  queued: boolean;
  madeAt: Date | undefined;
  /** Guards that it was seen to break when it was recorded. */
  marks: StepMark[];
};

/** Append-only: a photo of a step that is really there. */
export type Attachment = {
  id: string;
  stepId: string;
  producerId: string;
  receivedSha256: string;
  fileId: string;
  arrivedAt: Date;
};

/** How far one photo of a step has come; an upload goes on at `receivedBytes`. */
export type StepPhotoState = {
  state: 'missing' | 'partial' | 'arrived' | 'erased';
  receivedBytes: number;
  /** Undefined while nothing of it is here. */
  totalBytes: number | undefined;
  attachment: Attachment | undefined;
  erasedOn: string | undefined;
};

/** What of a step can be erased on request. */
export const stepErasable = ['photo', 'note'] as const;

/** Append-only: a photo or the note of a step was erased. `hash` is that of the photo as sent, or the salted one of the note. */
export type StepErasure = {
  id: string;
  stepId: string;
  producerId: string;
  what: (typeof stepErasable)[number];
  hash: string;
  reason: ErasureReason;
  byUserId: string;
  at: Date;
};

/** Append-only: someone stands up for a step. */
export type Confirmation = {
  id: string;
  stepId: string;
  producerId: string;
  level: 'cooperative' | 'official';
  byUserId: string;
  at: Date;
};

/** Evidence grade of a step, lowest first. */
export const evidenceGrades = ['self-declared', 'with-photo', 'cooperative-confirmed', 'official-verified'] as const;
export type EvidenceGrade = (typeof evidenceGrades)[number];

/** A step as it stands now, with what hangs on it. */
export type JournalEntry = {
  step: Step;
  /** '' when there is none; undefined when it was erased on request. */
  note: string | undefined;
  photos: { fileId: string; receivedSha256: string }[];
  /** Photos that were here and were erased on request; they count no more. */
  erasedPhotos: { receivedSha256: string; erasedOn: string }[];
  /** Day in Viet Nam on which the note was erased, where it was. */
  noteErasedOn: string | undefined;
  grade: EvidenceGrade;
  /** Day in Viet Nam of the confirmation that gives the grade, and whose it is (opaque id). */
  confirmedOn: string | undefined;
  confirmedBy: string | undefined;
  /** Guards that it breaks: seen when it was recorded, or found afterwards. */
  marks: StepMark[];
  /** How many earlier versions it replaces. */
  correctionCount: number;
};

/** One version of a step in the history: the fact, and what came of it. */
export type StepVersion = {
  step: Step;
  note: string | undefined;
  noteErasedOn: string | undefined;
  replacedBy: string | undefined;
};

/** Days without any record between two entries of a season, first and last day included. */
export type JournalGap = { fromDay: string; toDay: string; days: number };
