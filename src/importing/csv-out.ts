// Rows -> CSV that spreadsheets open without harm: byte order mark, CRLF, quotes, and an apostrophe before what they would run. Pure.

const guarded = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** What a CSV file begins with, for those that are written piece by piece. */
export const csvStart = '\uFEFF';

/** Rows of a CSV file without its beginning. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((cell) => quoted(guarded(cell))).join(',')}\r\n`).join('');
}

/** The text of a CSV file. Reading it with `readTable` gives the same cells again. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return csvStart + csvLines(rows);
}
