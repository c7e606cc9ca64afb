// A list as people send it (CSV or XLSX, in any usual encoding) -> rows by the names of their columns. What is wrong is named, never guessed.
import { fold } from '../fold.ts';
import { readCsv } from './csv.ts';
import type { ImportFault, ImportFile } from './importing.types.ts';
import { tableLimits } from './sheet.types.ts';
import type { SheetRead, SheetRow } from './sheet.types.ts';
import { looksLikeText, textOf } from './text-bytes.ts';
import { readXlsx } from './xlsx.ts';

/**
 * A row by its columns: the keys of `cells` are the required names as asked, and of other columns the heading folded (`dien giai`).
 * `line` counts from 1 with the heading. A row with `faults` may lack cells.
 */
export type TableRow = { line: number; cells: Record<string, string>; faults: ImportFault[] };

/**
 * `headings` as the file writes them; `columns` maps the keys of cells to them. `faults` are of the file as a whole, and then there are no rows.
 */
export type Table = {
  headings: string[];
  columns: Record<string, string>;
  rows: TableRow[];
  faults: ImportFault[];
};

const megabyte = 1024 * 1024;

const fault = (code: string, facts?: ImportFault['facts'], column = ''): ImportFault =>
  facts === undefined ? { column, code } : { column, code, facts };

const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'));
// Compound files: XLS of the years before 2007, and workbooks behind a password.
const isCompound = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));

const readRows = async ({ bytes }: ImportFile): Promise<SheetRead> => {
  if (bytes.length > tableLimits.fileBytes) {
    return { fault: fault('file-too-large', { maximum: tableLimits.fileBytes / megabyte }) };
  }
  if (isZip(bytes)) return readXlsx(bytes);
  if (isCompound(bytes)) return { fault: fault('file-old-excel') };
  if (!looksLikeText(bytes)) return { fault: fault('file-not-table') };
  return readCsv(textOf(bytes));
};

// Control characters other than tab and line break, overrides of direction, and what could not be decoded.
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFFFD]/;
// A workbook writes this where a formula has no value.
const formulaError = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)$/;

/** Composed and trimmed; the apostrophe that an export puts before = + - @ is taken off again. */
const cleanCell = (cell: string): string =>
  cell
    .normalize('NFC')
    .trim()
    .replace(/^'(?=[=+\-@])/, '');

const faultOfCell = (cell: string, column: string): ImportFault | undefined => {
  if (forbidden.test(cell) || !cell.isWellFormed()) return fault('cell-characters', undefined, column);
  if (formulaError.test(cell)) return fault('cell-formula', { value: cell }, column);
  if (cell.length > tableLimits.cellCharacters) {
    return fault('cell-too-long', { maximum: tableLimits.cellCharacters }, column);
  }
  return undefined;
};

const withoutEmptyEnd = (cells: readonly string[], least: number): string[] => {
  let end = cells.length;
  while (end > least && (cells[end - 1] ?? '').trim() === '') end -= 1;
  return cells.slice(0, end);
};

const faultsOfHeadings = (headings: readonly string[], keys: readonly string[], required: readonly string[]) => {
  const faults: ImportFault[] = [];
  headings.forEach((heading, at) => {
    if (keys[at] === '') faults.push(fault('heading-empty', { position: at + 1 }));
    else if (keys.indexOf(keys[at] ?? '') !== at) faults.push(fault('heading-twice', undefined, heading));
    else if (forbidden.test(heading)) faults.push(fault('heading-characters', { position: at + 1 }));
  });
  for (const name of required) if (!keys.includes(name)) faults.push(fault('heading-missing', undefined, name));
  return faults;
};

const readRow = ({ line, cells }: SheetRow, headings: readonly string[], keys: readonly string[]): TableRow => {
  const given = withoutEmptyEnd(cells, keys.length).map(cleanCell);
  const faults =
    given.length === keys.length ? [] : [fault('cells-count', { found: given.length, expected: keys.length })];
  given.forEach((cell, at) => {
    const found = faultOfCell(cell, headings[at] ?? '');
    if (found !== undefined) faults.push(found);
  });
  return { line, cells: Object.fromEntries(keys.map((key, at) => [key, given[at] ?? ''])), faults };
};

const only = (faults: ImportFault[], headings: string[] = []): Table => ({
  headings,
  columns: {},
  rows: [],
  faults,
});

/**
 * Reads a list: separated values (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1258; any line ends) or the first sheet of a workbook,
 * told apart by the bytes. Headings count by their folded form; `otherNames` maps further folded headings to names (`ten san pham` →
 * `product_name`). Wrong rows keep their place with their faults; the file as a whole is at fault when it can't be read, a required column is
 * missing, one is there twice, there are no rows, or the limits are passed.
 */
export async function readTable(
  file: ImportFile,
  required: readonly string[],
  otherNames: Readonly<Record<string, string>> = {},
): Promise<Table> {
  const read = await readRows(file);
  if ('fault' in read) return only([read.fault]);
  const [first, ...rest] = read.rows;
  if (first === undefined) return only([fault('file-empty')]);
  const headings = withoutEmptyEnd(first.cells, 0).map(cleanCell);
  if (headings.length > tableLimits.columns)
    return only([fault('file-too-many-columns', { maximum: tableLimits.columns })]);
  const byFolded = new Map([...Object.entries(otherNames), ...required.map((name) => [fold(name), name] as const)]);
  const keys = headings.map((heading) => byFolded.get(fold(heading)) ?? fold(heading));
  const faults = faultsOfHeadings(headings, keys, required);
  if (faults.length > 0) return only(faults, headings);
  if (rest.length === 0) return only([fault('file-no-rows')], headings);
  if (rest.length > tableLimits.rows)
    return only([fault('file-too-many-rows', { maximum: tableLimits.rows })], headings);
  const columns = Object.fromEntries(keys.map((key, at) => [key, headings[at] ?? '']));
  return { headings, columns, rows: rest.map((row) => readRow(row, headings, keys)), faults: [] };
}
