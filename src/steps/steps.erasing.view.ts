// The page that erases a photo or the note of a step on request.
import type { Day } from '../days.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { dayWords, workWords } from '../i18n/work.ts';
import { paths } from '../paths.ts';
import { erasureReasons } from './steps.types.ts';
import type { JournalEntry } from './steps.types.ts';

export const erasingFields = ['id', 'what', 'reason'] as const;

/** What the form chooses: the note, or the hash of a photo. */
export type Erasable = { value: string; label: string; src: string; selected: boolean };

const erasables = (language: Language, { note, photos }: JournalEntry, chosen: string | undefined): Erasable[] => [
  ...photos.map(({ fileId, receivedSha256 }, place) => ({
    value: receivedSha256,
    label: t(language, 'steps.erasing.photo', { n: place + 1 }),
    src: paths.picture(fileId, 360, 'webp'),
    selected: receivedSha256 === chosen,
  })),
  ...(note === undefined || note === ''
    ? []
    : [{ value: 'note', label: t(language, 'steps.erasing.note'), src: '', selected: chosen === 'note' }]),
];

/** Data of views/steps/erasing.hbs; `typed` is what the form holds. */
export function erasingPage(language: Language, entry: JournalEntry, typed: Record<string, string>, today: Day) {
  return {
    back: paths.appStepCorrection(entry.step.id),
    action: paths.appStepErasure(entry.step.id),
    work: `${workWords(language, entry.step)}, ${dayWords(language, entry.step.doneOn, today)}`,
    options: erasables(language, entry, typed['what']),
    reasons: erasureReasons.map((value) => ({
      value,
      label: t(language, `steps.erasing.reasons.${value}`),
      selected: typed['reason'] === value,
    })),
  };
}
