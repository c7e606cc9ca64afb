// The journal of a batch as its own people read it: entries newest first, gaps where they are.
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay, formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { dayWords, sentenceStart, workWords } from '../i18n/work.ts';
import type { Material } from '../materials/materials.types.ts';
import { paths } from '../paths.ts';
import { waitToTakeOver } from './steps.materials.rules.ts';
import { photoCount } from './steps.rules.ts';
import type { JournalEntry, JournalGap, Step } from './steps.types.ts';

/** The days of a step: one, or first to last. */
export function stepDays(language: Language, step: Pick<Step, 'doneOn' | 'doneUntil'>, today: Day): string {
  if (step.doneUntil === undefined || step.doneUntil === step.doneOn) return dayWords(language, step.doneOn, today);
  const from = formatDay(language, step.doneOn);
  return t(language, 'steps.journal.gapDates', { from, to: formatDay(language, step.doneUntil) });
}

export type JournalRow = {
  isGap: boolean;
  title: string;
  day: string;
  detail: string[];
  grade: string;
  diamonds: string;
  marks: string[];
  note: string;
  photos: { src: string; href: string; alt: string }[];
  /** The interval that a spray's material has by now, for a spray recorded without one; '' otherwise. */
  takeOver: string;
  correctionHref: string;
};

const detailOf = (language: Language, entry: JournalEntry): string[] => {
  const { step } = entry;
  const { material, waitDays } = step.data;
  const { arrived, expected } = photoCount(entry);
  // Late entries show both dates (design, section 5).
  const isLate = dayOf(step.recordedAt) !== (step.doneUntil ?? step.doneOn);
  return [
    material ?? '',
    waitDays === undefined ? '' : t(language, 'steps.journal.wait', { days: waitDays }),
    step.kind === 'spray' && waitDays === undefined ? t(language, 'steps.journal.waitUnknown') : '',
    expected > arrived ? t(language, 'steps.journal.photosMissing', { there: arrived, all: expected }) : '',
    ...entry.erasedPhotos.map(({ erasedOn }) =>
      t(language, 'steps.journal.photoErased', { day: formatDay(language, erasedOn) }),
    ),
    isLate ? t(language, 'steps.journal.recorded', { moment: formatMoment(language, step.recordedAt) }) : '',
    entry.correctionCount > 0 ? t(language, 'steps.journal.corrected') : '',
    step.onBehalf ? t(language, 'steps.journal.onBehalf') : '',
  ].filter((words) => words !== '');
};

const grades = { 'self-declared': 1, 'with-photo': 2, 'cooperative-confirmed': 3, 'official-verified': 4 } as const;

const noteErased = (language: Language, on: Day | undefined): string =>
  on === undefined
    ? t(language, 'steps.journal.noteErased')
    : t(language, 'steps.journal.noteErasedOn', { day: formatDay(language, on) });

type RowOptions = { today: Day; mayCorrect: boolean; materials: readonly Material[] };

const entryRow = (language: Language, entry: JournalEntry, options: RowOptions): JournalRow => {
  const { today, mayCorrect } = options;
  const days = mayCorrect ? waitToTakeOver(entry.step, options.materials) : undefined;
  const title = workWords(language, entry.step);
  const stands = grades[entry.grade];
  return {
    isGap: false,
    title,
    day: sentenceStart(stepDays(language, entry.step, today)),
    detail: detailOf(language, entry),
    grade: t(language, `steps.grades.${entry.grade}`),
    diamonds: '◆'.repeat(stands) + '◇'.repeat(4 - stands),
    marks: entry.marks.map((mark) => t(language, `steps.marks.${mark}`)),
    note: entry.note ?? noteErased(language, entry.noteErasedOn),
    photos: entry.photos.map(({ fileId }) => ({
      src: paths.picture(fileId, 360, 'webp'),
      href: paths.picture(fileId, 720, 'webp'),
      alt: t(language, 'steps.journal.photo', { work: title }),
    })),
    takeOver: days === undefined ? '' : t(language, 'steps.journal.takeOver', { days }),
    correctionHref: mayCorrect ? paths.appStepCorrection(entry.step.id) : '',
  };
};

const gapRow = (language: Language, gap: JournalGap): JournalRow => ({
  isGap: true,
  title: t(language, 'steps.journal.gap', { days: gap.days }),
  day: t(language, 'steps.journal.gapDates', {
    from: formatDay(language, gap.fromDay),
    to: formatDay(language, gap.toDay),
  }),
  detail: [],
  grade: '',
  diamonds: '',
  marks: [],
  note: '',
  photos: [],
  takeOver: '',
  correctionHref: '',
});

/** Entries newest first with the gaps where they are. */
export function journalRows(
  language: Language,
  entries: readonly JournalEntry[],
  gaps: readonly JournalGap[],
  options: RowOptions,
): JournalRow[] {
  const rows = [
    ...entries.map((entry) => ({
      day: entry.step.doneUntil ?? entry.step.doneOn,
      row: entryRow(language, entry, options),
    })),
    ...gaps.map((gap) => ({ day: gap.toDay, row: gapRow(language, gap) })),
  ];
  return rows.sort((one, other) => other.day.localeCompare(one.day)).map(({ row }) => row);
}
