// The report of an import as text for a terminal, Vietnamese and English headings side by side.
import { languages, t } from '../i18n/i18n.ts';
import type { ImportFault } from '../importing/importing.types.ts';
import { importKinds } from '../importing/importing.types.ts';
import type { ImportCounts, ReportRow, StoredCounts } from './imports.types.ts';
import { isNotable } from './imports.rules.ts';
import { faultWords, notesOf, reasonWords, remarkWords } from './imports.words.view.ts';

type Looked = { faults: readonly ImportFault[]; counts: ImportCounts; report: readonly ReportRow[] };

const both = (key: string, values: Record<string, unknown> = {}): string =>
  languages.map((language) => t(language, key, values)).join(' / ');

const countLines = (counts: ImportCounts): string[] => {
  const line = (name: 'rows' | 'new' | 'changed' | 'same' | 'leftOut' | 'faulty'): string =>
    `${both(`imports.counts.${name}`)}: ${counts[name]}`;
  const details = (numbers: Record<string, number>, words: typeof reasonWords): string[] =>
    Object.entries(numbers).map(
      ([key, count]) => `  ${count}: ${languages.map((language) => words(language, key)).join(' / ')}`,
    );
  return [
    line('rows'),
    line('new'),
    ...details(counts.remarks, remarkWords),
    line('changed'),
    line('same'),
    line('leftOut'),
    ...details(counts.reasons, reasonWords),
    line('faulty'),
  ];
};

// Wrong rows are named in full; of the others the numbers above say enough.
const rowLines = (report: readonly ReportRow[]): string[] =>
  report
    .filter((row) => isNotable(row) && row.outcome === 'faulty')
    .flatMap((row) =>
      notesOf('vi', row).map(({ column, words }, at) => {
        const english = notesOf('en', row)[at]?.words ?? '';
        const place = `${t('vi', 'imports.line', { line: row.line })} · ${row.label}`;
        return `${place} · ${column === '' ? '' : `${column}: `}${words} / ${english}`;
      }),
    );

/** What was found in a file. */
export function foundText({ faults, counts, report }: Looked): string {
  if (faults.length > 0) {
    const lines = faults.map((fault) => {
      const words = languages.map((language) => faultWords(language, fault)).join(' / ');
      return fault.column === '' ? words : `${fault.column}: ${words}`;
    });
    return [both('imports.run.fileFaults'), ...lines].join('\n');
  }
  return [...countLines(counts), ...rowLines(report)].join('\n');
}

export const usageText = (): string =>
  languages.map((language) => t(language, 'imports.command.usage', { kinds: importKinds.join(', ') })).join('\n');
export const noFileText = (file: string, why: string): string => both('imports.command.noFile', { file, why });
export const dryText = (): string => both('imports.command.dry');
export const refusedText = (count: number): string => both('imports.command.refused', { count });
export const storedText = (stored: StoredCounts): string => both('imports.command.stored', stored);
export const busyText = (): string => languages.map((language) => t(language, 'imports.command.busy')).join('\n');
