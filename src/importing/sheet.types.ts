// A sheet on its way from bytes to a table: rows of cells as the file has them, before headings are read.
import type { ImportFault } from './importing.types.ts';

/** `line` counts from 1; of a row over several lines the first. */
export type SheetRow = { line: number; cells: string[] };

/** The rows with something in them, or why the file can't be read. */
export type SheetRead = { rows: SheetRow[] } | { fault: ImportFault };

/** More than any real list; beyond it the file is refused before it fills the memory. */
export const tableLimits = {
  fileBytes: 25 * 1024 * 1024,
  unpackedBytes: 100 * 1024 * 1024,
  rows: 50_000,
  columns: 200,
  cellCharacters: 10_000,
} as const;
