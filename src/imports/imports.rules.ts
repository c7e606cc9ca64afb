// What a report says, and when a run may be stored. Pure.
import { AppError } from '../errors.ts';
import type { ReadRow, RowOutcome } from '../importing/importing.types.ts';
import type { ImportCounts, ImportRun, ReportRow } from './imports.types.ts';

/** Rows that are stored at a time. */
export const pieceRows = 200;
/** After so many beginnings that broke down, storing is not begun again by itself. */
export const mostAttempts = 5;

/** Every row with what storing would do; `outcomes` are those of the rows to store, in their order. */
export function reportOf(rows: readonly ReadRow<unknown>[], outcomes: readonly RowOutcome[]): ReportRow[] {
  let next = 0;
  return rows.map((row, at): ReportRow => {
    const { line, label, faults, remarks } = row;
    const base = { place: at + 1, line, label, leftOut: row.leftOut ?? '', faults, remarks };
    if (faults.length > 0) return { ...base, outcome: 'faulty' };
    if (row.leftOut !== undefined) return { ...base, outcome: 'left-out' };
    const outcome = outcomes[next] ?? 'new';
    next += 1;
    return { ...base, outcome };
  });
}

/** Whether a reader has to see the row: everything but the plainly new and the plainly same. */
export function isNotable({ outcome, remarks }: ReportRow): boolean {
  return (outcome !== 'new' && outcome !== 'same') || remarks.length > 0;
}

const add = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

export function countsOf(report: readonly ReportRow[]): ImportCounts {
  const counts: ImportCounts = {
    rows: report.length,
    new: 0,
    changed: 0,
    same: 0,
    leftOut: 0,
    faulty: 0,
    reasons: {},
    remarks: {},
  };
  for (const { outcome, leftOut, remarks } of report) {
    counts[outcome === 'left-out' ? 'leftOut' : outcome] += 1;
    if (outcome === 'left-out') add(counts.reasons, leftOut);
    for (const remark of remarks) add(counts.remarks, remark);
  }
  return counts;
}

/** The values to store: of rows without fault that are not left out. */
export function valuesToStore<T>(rows: readonly ReadRow<T>[]): T[] {
  return rows.flatMap((row) =>
    row.faults.length === 0 && row.leftOut === undefined && row.value !== undefined ? [row.value] : [],
  );
}

/** Throws 'import-unreadable' for a file that can't be read, and 'import-has-faults' for wrong rows that nobody chose to leave out. */
export function requireStorable(run: ImportRun, skipFaulty: boolean): void {
  if (run.faults.length > 0) throw new AppError('import-unreadable');
  if (run.counts.faulty > 0 && !skipFaulty) throw new AppError('import-has-faults', { faulty: run.counts.faulty });
}

/** Whether two receipts under one id are of the same file. */
export function isSameRun(one: ImportRun, other: ImportRun): boolean {
  return one.kind === other.kind && one.sha256 === other.sha256;
}
