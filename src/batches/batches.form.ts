// The form of a batch, the same to make and to change one: its fields, and how its words become the input of the operation.
import type { Batch } from './batches.types.ts';

/** Units that the form offers for what went in; stored as written. */
export const inputUnits = ['kg', 'g', 'lít', 'ml', 'cái', 'quả', 'bao', 'chai', 'hộp'] as const;

const inputParts = ['materialId', 'name', 'amount', 'unit', 'lot'] as const;
export type InputRow = Record<(typeof inputParts)[number], string>;

const mostRows = 50;
const emptyRows = 2;

type Body = Record<string, unknown>;

const textOf = (body: Body, name: string): string => {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === 'string' ? value.trim() : '';
};

const isFilled = ({ materialId, name, amount, lot }: InputRow): boolean =>
  [materialId, name, amount, lot].some((one) => one !== '');

/** The rows of a sent form that say something; those that were left empty are none. */
export function sentRows(body: unknown): InputRow[] {
  if (typeof body !== 'object' || body === null) return [];
  const rows = Array.from({ length: mostRows }, (_, place) => {
    const part = (name: string): string => textOf(body as Body, `inputs.${place}.${name}`);
    return Object.fromEntries(inputParts.map((name) => [name, part(name)])) as InputRow;
  });
  return rows.filter(isFilled);
}

/** The rows of a stored batch. */
export function storedRows({ inputs }: Batch): InputRow[] {
  return inputs.map(({ materialId, name, amount, unit, lot }) => ({
    materialId: materialId ?? '',
    name: materialId === undefined ? name : '',
    amount: String(amount).replace('.', ','),
    unit,
    lot,
  }));
}

/** Names of the form's fields for these rows and the empty ones after them. */
export function rowNames(rows: readonly InputRow[]): string[] {
  const places = Array.from({ length: rowCount(rows) }, (_, place) => place);
  return places.flatMap((place) => inputParts.map((name) => `inputs.${place}.${name}`));
}

export function rowCount(rows: readonly InputRow[]): number {
  return Math.min(mostRows, rows.length + emptyRows);
}

/** What stands in the fields of these rows. */
export function rowValues(rows: readonly InputRow[]): Record<string, string> {
  return Object.fromEntries(
    rows.flatMap((row, place) => inputParts.map((name) => [`inputs.${place}.${name}`, row[name]])),
  );
}

// People write a decimal comma; what is no number stays as it is and is refused beside its field.
const amountOf = (text: string): unknown =>
  /^\d{1,15}([.,]\d{1,6})?$/.test(text) ? Number(text.replace(',', '.')) : text;

/** What was chosen from the store goes before what was typed beside it. */
const rowJson = ({ materialId, name, amount, unit, lot }: InputRow): string =>
  JSON.stringify({
    ...(materialId === '' ? { name } : { materialId }),
    ...(amount === '' ? {} : { amount: amountOf(amount) }),
    unit,
    lot,
  });

/** A form's body as texts of the operation's schema (read them by `formInput`). */
export function batchBody(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const others = Object.entries(body).filter(([name]) => !name.startsWith('inputs.'));
  return { ...Object.fromEntries(others), inputs: sentRows(body).map(rowJson) };
}

/** What stands in the fields for a stored batch; units that are not made yet are left empty. */
export function batchValues(batch: Batch): Record<string, string> {
  const { version, siteIds, startedOn, harvestedOn, packedOn, useBy, quantity, unitsMade } = batch;
  return {
    version: String(version),
    siteIds: siteIds.join(','),
    startedOn,
    harvestedOn: harvestedOn ?? '',
    packedOn: packedOn ?? '',
    useBy: useBy ?? '',
    'quantity.amount': String(quantity.amount).replace('.', ','),
    'quantity.unit': quantity.unit,
    unitsMade: unitsMade === 0 ? '' : String(unitsMade),
    ...rowValues(storedRows(batch)),
  };
}
