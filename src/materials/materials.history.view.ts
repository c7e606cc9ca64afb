// The history of a material in words.
import { dayOf } from '../days.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';

/** What the audit log holds of a change. */
export type ChangeNote = {
  actorId: string;
  what: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  at: Date;
};

const word = (language: Language, key: string, values: Record<string, unknown> = {}): string =>
  t(language, `materials.${key}`, values);

const valueWords = (language: Language, name: string, value: unknown): string => {
  if (value === null || value === undefined || value === '')
    return word(language, name === 'waitDays' ? 'waitMissing' : 'form.empty');
  if (name === 'labelPictureFileId') return word(language, 'history.file');
  if (name === 'waitDays') return word(language, 'waitValue', { days: value });
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return name === 'kind' || name === 'unit' ? word(language, `${name}s.${text}`) : text;
};

/** The history, newest first: when, who, and of each field what it was and what it is. */
export function historyRows(language: Language, notes: readonly ChangeNote[], names: ReadonlyMap<string, string>) {
  return [...notes].reverse().map((note) => ({
    what: word(language, note.what === 'material-label-picture' ? 'history.picture' : 'history.changed'),
    by: word(language, 'history.by', {
      day: formatDay(language, dayOf(note.at)),
      name: names.get(note.actorId) ?? word(language, 'history.unknown'),
    }),
    changes: Object.entries(note.after ?? {}).map(([name, value]) => ({
      label: word(language, `fields.${name}`),
      was: valueWords(language, name, note.before?.[name]),
      is: valueWords(language, name, value),
    })),
  }));
}
