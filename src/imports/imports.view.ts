// Runs and reports as the API's JSON and as pages show them.
import { z } from 'zod';
import { formatMoment, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { importKinds } from '../importing/importing.types.ts';
import type { ImportKind } from '../importing/importing.types.ts';
import { paths } from '../paths.ts';
import { rowOutcomes } from './imports.input.ts';
import type { ReportPage } from './imports.input.ts';
import { importStates } from './imports.types.ts';
import type { ImportRun, Report, ReportRow } from './imports.types.ts';
import { faultWords, notesOf, reasonWords, remarkWords } from './imports.words.view.ts';

const numberOf = z.record(z.string(), z.number());
const faultAnswer = z.object({ column: z.string(), code: z.string(), message: z.string() });

export const runAnswer = z.object({
  id: z.string(),
  kind: z.enum(importKinds),
  fileName: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  state: z.enum(importStates),
  faults: z.array(faultAnswer),
  counts: z.object({
    rows: z.number(),
    new: z.number(),
    changed: z.number(),
    same: z.number(),
    leftOut: z.number(),
    faulty: z.number(),
    reasons: numberOf,
    remarks: numberOf,
  }),
  skipFaulty: z.boolean(),
  stored: z.object({ new: z.number(), changed: z.number(), same: z.number() }),
  at: z.date(),
  endedAt: z.date().nullable(),
});

export const runListAnswer = z.object({ items: z.array(runAnswer), next: z.string().nullable() });

export const reportAnswer = z.object({
  run: runAnswer,
  rows: z.array(
    z.object({
      line: z.number(),
      label: z.string(),
      outcome: z.enum(rowOutcomes),
      leftOut: z.string().nullable(),
      faults: z.array(faultAnswer),
      remarks: z.array(z.string()),
    }),
  ),
  next: z.number().nullable(),
});

export function runJson(language: Language, run: ImportRun): z.output<typeof runAnswer> {
  const { id, kind, fileName, sha256, bytes, state, counts, skipFaulty, stored, at, endedAt } = run;
  const faults = run.faults.map((fault) => ({
    column: fault.column,
    code: fault.code,
    message: faultWords(language, fault),
  }));
  return { id, kind, fileName, sha256, bytes, state, faults, counts, skipFaulty, stored, at, endedAt: endedAt ?? null };
}

export function reportJson(language: Language, { run, rows, next }: Report): z.output<typeof reportAnswer> {
  return {
    run: runJson(language, run),
    rows: rows.map(({ line, label, outcome, leftOut, faults, remarks }) => ({
      line,
      label,
      outcome,
      leftOut: leftOut === '' ? null : leftOut,
      faults: faults.map((fault) => ({
        column: fault.column,
        code: fault.code,
        message: faultWords(language, fault),
      })),
      remarks,
    })),
    next,
  };
}

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

const countRows = (language: Language, run: ImportRun) => {
  const { counts } = run;
  const row = (name: 'rows' | 'new' | 'changed' | 'same' | 'leftOut' | 'faulty', details: string[] = []) => ({
    name,
    label: t(language, `imports.counts.${name}`),
    value: formatNumber(language, counts[name]),
    details,
  });
  const told = (numbers: Record<string, number>, words: (language: Language, key: string) => string): string[] =>
    Object.entries(numbers).map(([key, count]) => `${formatNumber(language, count)}: ${words(language, key)}`);
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
  const offered = [faulty > 0 && 'faulty', leftOut > 0 && 'left-out', changed > 0 && 'changed'].filter(
    (one): one is 'faulty' | 'left-out' | 'changed' => one !== false,
  );
  if (offered.length === 0) return [];
  return [undefined, ...offered].map((outcome) => ({
    label: t(language, outcome === undefined ? 'imports.run.all' : `imports.outcome.${outcome}`),
    href: `${paths.adminImport(run.id)}${outcome === undefined ? '' : `?outcome=${outcome}`}#rows`,
    isChosen: outcome === chosen,
  }));
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
    reportHref: run.faults.length > 0 ? '' : paths.adminImportReport(run.id),
    nextHref: next === null ? '' : `${paths.adminImport(run.id)}?${query.toString()}#rows`,
  };
}
