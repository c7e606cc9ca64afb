// A row of a list of recognitions while it is read: its texts by column, and what is wrong with them. Pure.
import type { ImportFault } from '../importing/importing.types.ts';
import type { ListedDate } from './imports.recognitions.types.ts';
import { readDate } from './imports.recognitions.words.ts';

/** A row by the columns of `requiredColumns` and their optional companions; `columns` gives back how the file heads each. */
export type ListedRow = {
  line: number;
  cells: Readonly<Record<string, string>>;
  columns: Readonly<Record<string, string>>;
  faults: readonly ImportFault[];
};

const longest: Readonly<Record<string, number>> = {
  product_name: 200,
  owner: 200,
  group_in_source: 100,
  decision_number: 100,
  product_code: 100,
  issuer: 200,
  source: 100,
  evidence_level: 100,
  note: 1000,
  commune_now: 80,
  commune_then: 80,
  district_then: 80,
  province_then: 80,
  province_now: 80,
};

/** A row being read: its texts by column, and the faults found so far. */
export type Row = {
  faults: ImportFault[];
  /** On one line; '' for a column that the list does not have. */
  cell(name: string): string;
  wrong(name: string, code: string, facts?: ImportFault['facts']): void;
};

/** Opens a row; texts that are too long are its first faults. */
export function openRow({ cells, columns, faults: given }: ListedRow): Row {
  const faults = [...given];
  const row: Row = {
    faults,
    cell: (name) => (cells[name] ?? '').replace(/\s+/g, ' ').trim(),
    wrong(name, code, facts) {
      const column = columns[name] ?? name;
      faults.push(facts === undefined ? { column, code } : { column, code, facts });
    },
  };
  for (const [name, maximum] of Object.entries(longest)) {
    if (row.cell(name).length > maximum) row.wrong(name, 'too-long', { maximum });
  }
  return row;
}

/** The date in a column, or undefined with a fault where it can't be read. */
export function readDateOf(row: Row, name: string): ListedDate | undefined {
  const text = row.cell(name);
  if (text === '') return undefined;
  const date = readDate(text);
  if (date === undefined) row.wrong(name, 'date', { value: text.slice(0, 40) });
  return date;
}
