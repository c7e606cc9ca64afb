// The history of a batch in words: who changed what, newest first, and what differs for somebody who was not the first to save.
import { dayOf } from '../days.ts';
import { formatAmount, formatDay, formatNumber } from '../i18n/format.ts';
import { hasText, t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { batchValues, storedRows } from './batches.form.ts';
import type { InputRow } from './batches.form.ts';
import type { Batch, BatchInput } from './batches.types.ts';

/** What the audit log holds of a change. */
export type ChangeNote = {
  actorId: string;
  what: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  at: Date;
};

/** Sites by name and batches by lot number, by their ids. */
export type Names = { sites: ReadonlyMap<string, string>; lots: ReadonlyMap<string, string> };

const empty = (language: Language): string => t(language, 'batches.edit.empty');

const inputWords = (language: Language, { name, amount, unit, lot }: BatchInput): string => {
  const words = `${name} ${formatAmount(language, amount, unit)}`;
  return lot === '' ? words : `${words}, ${t(language, 'batches.inputs.lot', { lot })}`;
};

const listWords = (language: Language, name: string, values: readonly unknown[], names: Names): string => {
  if (values.length === 0) return empty(language);
  if (name === 'inputs') return values.map((one) => inputWords(language, one as BatchInput)).join('; ');
  const known = name === 'siteIds' ? names.sites : names.lots;
  return values.map((id) => known.get(String(id)) ?? String(id)).join(', ');
};

const isQuantity = (value: unknown): value is Batch['quantity'] =>
  typeof value === 'object' && value !== null && 'amount' in value && 'unit' in value;

/** The value of a batch's fact as people write it. */
export function valueWords(language: Language, name: string, value: unknown, names: Names): string {
  if (Array.isArray(value)) return listWords(language, name, value, names);
  if (isQuantity(value)) return formatAmount(language, value.amount, t(language, `batches.units.${value.unit}`));
  if (typeof value === 'number') return formatNumber(language, value);
  if (typeof value !== 'string' || value === '') return empty(language);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDay(language, value) : value;
}

const labelOf = (language: Language, name: string): string => {
  const key = name === 'quantity' ? 'quantityWords' : name;
  return t(language, `batches.fields.${key}`);
};

const isShown = (language: Language, name: string): boolean =>
  name === 'quantity' || hasText(language, `batches.fields.${name}`);

export function historyRows(
  language: Language,
  notes: readonly ChangeNote[],
  people: ReadonlyMap<string, string>,
  names: Names,
) {
  return [...notes].reverse().map((note) => ({
    what: t(language, `batches.history.what.${note.what}`),
    by: t(language, 'batches.history.by', {
      day: formatDay(language, dayOf(note.at)),
      name: people.get(note.actorId) ?? t(language, 'batches.history.unknown'),
    }),
    changes: Object.entries(note.after ?? {})
      .filter(([name, value]) => isShown(language, name) && value !== '')
      .map(([name, value]) => ({
        label: labelOf(language, name),
        was: note.before === undefined ? '' : valueWords(language, name, note.before[name], names),
        is: valueWords(language, name, value, names),
      })),
  }));
}

const inOrder = (ids: string): string => ids.split(',').sort().join(',');

/** What is stored by now where it differs from what was typed, for somebody who was not the first to save. */
export function latestRows(
  language: Language,
  batch: Batch,
  typed: { values: Record<string, string>; rows: readonly InputRow[] },
  names: Names,
) {
  const stored = batchValues(batch);
  const differs = (name: string): boolean =>
    name === 'inputs'
      ? JSON.stringify(storedRows(batch)) !== JSON.stringify(typed.rows)
      : inOrder(stored[name] ?? '') !== inOrder((typed.values[name] ?? '').trim());
  const row = (name: keyof Batch, shown: string[]) =>
    shown.some(differs)
      ? [{ label: labelOf(language, name), value: valueWords(language, name, batch[name], names) }]
      : [];
  return [
    ...(['siteIds', 'startedOn', 'harvestedOn', 'packedOn', 'useBy', 'unitsMade', 'inputs'] as const).flatMap((name) =>
      row(name, [name]),
    ),
    ...row('quantity', ['quantity.amount', 'quantity.unit']),
  ];
}
