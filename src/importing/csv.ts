// A text with separated values -> its rows of cells. The separator is found from the heading line.
import { setImmediate } from 'node:timers/promises';
import { finished } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import type { Info } from 'csv-parse';
import { tableLimits } from './sheet.types.ts';
import type { SheetRead, SheetRow } from './sheet.types.ts';

const separators = [',', ';', '\t'] as const;

/** Counts of the separators in the first line with something in it, those inside quotes left out. */
const countsInHeading = (text: string): Record<string, number> => {
  const counts: Record<string, number> = {};
  let isQuoted = false;
  for (const character of text.trimStart()) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === '\n' && !isQuoted) break;
    else if (!isQuoted) counts[character] = (counts[character] ?? 0) + 1;
  }
  return counts;
};

/** The separator that the heading line has most of; the comma when it has none. */
export function separatorOf(text: string): string {
  const counts = countsInHeading(text);
  return separators.reduce<string>((most, one) => ((counts[one] ?? 0) > (counts[most] ?? 0) ? one : most), ',');
}

// Excel's own note of the separator, in a line before the headings.
const separatorNote = /^sep=(.)\n/;

const pieceBytes = 256 * 1024;

const lineBreaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);

/**
 * The rows that are not empty, with their first lines. `text` has \n only. Other work gets its turn while a long list is read.
 * A quote that is never closed is a fault that names the line where it may have begun.
 */
export async function readCsv(text: string): Promise<SheetRead> {
  const noted = separatorNote.exec(text);
  const table = noted === null ? text : text.slice(noted[0].length);
  const firstLine = noted === null ? 0 : 1;
  const parser = parse({
    delimiter: noted?.[1] ?? separatorOf(table),
    record_delimiter: ['\n'],
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const rows: SheetRow[] = [];
  let linesRead = firstLine;
  parser.on('data', ({ info, record }: { info: Info; record: string[] }) => {
    linesRead = firstLine + info.lines;
    if (record.some((cell) => cell.trim() !== '')) {
      rows.push({ line: linesRead - lineBreaksIn(record), cells: record });
    }
  });
  const ended = finished(parser);
  // Its failure is awaited below; until then nobody else listens.
  ended.catch(() => undefined);
  const bytes = Buffer.from(table);
  for (let at = 0; at < bytes.length && !parser.destroyed && rows.length <= tableLimits.rows + 1; at += pieceBytes) {
    parser.write(bytes.subarray(at, at + pieceBytes));
    await setImmediate();
  }
  try {
    parser.end();
    await ended;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const code = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'file-quote-open' : 'file-broken';
    return { fault: { column: '', code, facts: { line: linesRead + 1 } } };
  }
  return { rows };
}
