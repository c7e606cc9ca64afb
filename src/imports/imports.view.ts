// Runs and reports as pages show them.
import { formatMoment, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { importKinds } from '../importing/importing.types.ts';
import type { ImportKind } from '../importing/importing.types.ts';
import { paths } from '../paths.ts';
import type { ReportPage } from './imports.input.ts';
import type { ImportRun, Report, ReportRow } from './imports.types.ts';
import { faultWords, notesOf, reasonWords, remarkWords } from './imports.words.view.ts';

const tones: Record<ImportRun['state'], string> = { planned: 'nghe', running: 'nghe', done: 'la', failed: 'gach' };

const runCard = (language: Language, run: ImportRun) => ({
  href: paths.adminImport(run.id),
  kind: t(language, `imports.kinds.${run.kind}`),
  fileName: run.fileName === '' ? t(language, 'imports.list.noName') : run.fileName,
  at: formatMoment(language, run.at),
  state: t(language, `imports.state.${run.state}`),
  tone: tones[run.state],
});

/** Data of views/imports/list.hbs without its form. */
export function listPage(
  language: Language,
  found: { items: readonly ImportRun[]; next: string | null },
  chosen: string,
) {
  return {
    action: paths.adminImports,
    kinds: importKinds.map((kind: ImportKind) => ({
      value: kind,
      label: t(language, `imports.kinds.${kind}`),
      detail: t(language, `imports.kindDetails.${kind}`),
      selected: kind === chosen,
    })),
    runs: found.items.map((run) => runCard(language, run)),
    nextHref: found.next === null ? '' : `${paths.adminImports}?after=${encodeURIComponent(found.next)}`,
  };
}

const sizeWords = (language: Language, bytes: number): string =>
  bytes < 1_000_000
    ? `${formatNumber(language, Math.ceil(bytes / 1000))}\u00A0kB`
    : `${formatNumber(language, Math.round(bytes / 100_000) / 10)}\u00A0MB`;

type CountRow = { label: string; value: string };

const countRows = (language: Language, run: ImportRun) => {
  const { counts } = run;
  const row = (name: 'rows' | 'new' | 'changed' | 'same' | 'leftOut' | 'faulty', details: CountRow[] = []) => ({
    name,
    label: t(language, `imports.counts.${name}`),
    value: formatNumber(language, counts[name]),
    details,
  });
  const told = (numbers: Record<string, number>, words: (language: Language, key: string) => string): CountRow[] =>
    Object.entries(numbers).map(([key, count]) => ({
      label: words(language, key),
      value: formatNumber(language, count),
    }));
  return [
    row('rows'),
    row('new', told(counts.remarks, remarkWords)),
    ...(counts.changed > 0 ? [row('changed')] : []),
    row('same'),
    row('leftOut', told(counts.reasons, reasonWords)),
    row('faulty'),
  ];
};

const rowCard = (language: Language, row: ReportRow) => ({
  line: t(language, 'imports.line', { line: row.line }),
  label: row.label,
  outcome: t(language, `imports.outcome.${row.outcome}`),
  tone: row.outcome === 'faulty' ? 'gach' : row.outcome === 'left-out' ? 'nghe' : 'phu',
  notes: notesOf(language, row).map(({ column, words }) =>
    column === '' ? words : t(language, 'imports.inColumn', { column, words }),
  ),
});

const storingOf = (language: Language, run: ImportRun) => {
  const { counts, stored } = run;
  const total = counts.new + counts.changed + counts.same;
  const done = stored.new + stored.changed + stored.same;
  const progress = { done: formatNumber(language, done), total: formatNumber(language, total) };
  const isReadable = run.faults.length === 0;
  return {
    action: paths.adminImportStoring(run.id),
    isPlanned: run.state === 'planned',
    faultyCount: run.state === 'planned' ? counts.faulty : 0,
    storeLabel: total === 0 ? t(language, 'imports.run.storeNone') : t(language, 'imports.run.store', { count: total }),
    canGoOn: isReadable && (run.state === 'running' || run.state === 'failed'),
    progress:
      run.state === 'running' || (run.state === 'failed' && isReadable)
        ? t(language, `imports.run.${run.state}`, progress)
        : '',
    storedWords:
      run.state === 'done' && run.endedAt !== undefined
        ? t(language, 'imports.run.stored', { moment: formatMoment(language, run.endedAt) })
        : '',
    skippedCount: run.state === 'done' && run.skipFaulty ? counts.faulty : 0,
    stored: (['new', 'changed', 'same'] as const).map((name) => ({
      label: t(language, `imports.counts.${name}`),
      value: formatNumber(language, stored[name]),
    })),
  };
};

const filtersOf = (language: Language, run: ImportRun, chosen: string | undefined) => {
  const { faulty, leftOut, changed } = run.counts;
  const offered = [
    { outcome: 'faulty', words: 'imports.counts.faulty', count: faulty },
    { outcome: 'left-out', words: 'imports.counts.leftOut', count: leftOut },
    { outcome: 'changed', words: 'imports.counts.changed', count: changed },
  ].filter(({ count }) => count > 0);
  if (offered.length === 0) return [];
  const address = paths.adminImport(run.id);
  return [
    { label: t(language, 'imports.run.all'), href: `${address}#rows`, isChosen: chosen === undefined },
    ...offered.map(({ outcome, words }) => ({
      label: t(language, words),
      href: `${address}?outcome=${outcome}#rows`,
      isChosen: outcome === chosen,
    })),
  ];
};

/** Data of views/imports/run.hbs without its form. */
export function runPage(language: Language, { run, rows, next }: Report, asked: ReportPage) {
  const query = new URLSearchParams({
    ...(asked.outcome === undefined ? {} : { outcome: asked.outcome }),
    after: String(next ?? ''),
  });
  const card = runCard(language, run);
  return {
    back: paths.adminImports,
    facts: [
      { label: t(language, 'imports.run.file'), value: card.fileName },
      { label: t(language, 'imports.run.size'), value: sizeWords(language, run.bytes) },
      { label: t(language, 'imports.run.at'), value: card.at },
    ],
    state: card.state,
    tone: card.tone,
    faults: run.faults.map((fault) => ({ column: fault.column, words: faultWords(language, fault) })),
    counts: run.faults.length > 0 ? [] : countRows(language, run),
    ...storingOf(language, run),
    filters: filtersOf(language, run, asked.outcome),
    rows: rows.map((row) => rowCard(language, row)),
    isCleared: run.contentId === '',
    reportHref: run.faults.length > 0 ? '' : paths.adminImportReport(run.id),
    nextHref: next === null ? '' : `${paths.adminImport(run.id)}?${query.toString()}#rows`,
  };
}
