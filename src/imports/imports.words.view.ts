// Rows of a report in words, for pages, the CSV report and the command alike.
import { csvText } from '../importing/csv-out.ts';
import type { ImportFault } from '../importing/importing.types.ts';
import { hasText, t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import type { ReportRow } from './imports.types.ts';

/** What is wrong, in one sentence. Importers may use the words of form fields as well. */
export function faultWords(language: Language, { code, facts }: ImportFault): string {
  for (const key of [`imports.faults.${code}`, `fields.${code}`])
    if (hasText(language, key)) return t(language, key, facts);
  return t(language, 'imports.faults.other', { code });
}

const wordsUnder = (language: Language, branch: 'left' | 'remarks', key: string): string =>
  hasText(language, `imports.${branch}.${key}`) ? t(language, `imports.${branch}.${key}`) : key;

/** Why rows are left out, or what is to be known of them. */
export function reasonWords(language: Language, key: string): string {
  return wordsUnder(language, 'left', key);
}
export function remarkWords(language: Language, key: string): string {
  return wordsUnder(language, 'remarks', key);
}

/** Everything that the report says of a row: the column ('' for the whole row) and the sentence of each. */
export function notesOf(language: Language, row: ReportRow): { column: string; words: string }[] {
  return [
    ...row.faults.map((fault) => ({ column: fault.column, words: faultWords(language, fault) })),
    ...(row.leftOut === '' ? [] : [{ column: '', words: reasonWords(language, row.leftOut) }]),
    ...row.remarks.map((remark) => ({ column: '', words: remarkWords(language, remark) })),
  ];
}

/** The report as a CSV file: one line for each thing said of a row. */
export function reportCsv(language: Language, rows: readonly ReportRow[]): string {
  const heading = ['line', 'label', 'outcome', 'column', 'what'].map((name) => t(language, `imports.csv.${name}`));
  const lines = rows.flatMap((row) => {
    const notes = notesOf(language, row);
    const said = notes.length === 0 ? [{ column: '', words: '' }] : notes;
    const outcome = t(language, `imports.outcome.${row.outcome}`);
    return said.map(({ column, words }) => [String(row.line), row.label, outcome, column, words]);
  });
  return csvText([heading, ...lines]);
}
