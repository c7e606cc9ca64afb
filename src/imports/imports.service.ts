// What an administrator does with lists: bring one in and see what storing it would do, read the report, look at earlier runs.
import { createHash } from 'node:crypto';
import type { Actor } from '../actor.ts';
import { isAdmin } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import type { ImportFile, Importer, RowOutcome } from '../importing/importing.types.ts';
import type { NewImport, ReportPage } from './imports.input.ts';
import { importers } from './imports.kinds.service.ts';
import { findRun, findRunPage, importRunModel, insertRun } from './imports.model.ts';
import { dropReports, findRows, importRowModel, insertRows, writeContent } from './imports.report.model.ts';
import { countsOf, isNotable, isSameRun, pieceRows, reportOf, valuesToStore } from './imports.rules.ts';
import type { ImportRun, Report, ReportRow } from './imports.types.ts';

/** Makes the collections known to the connection, so that their indexes are made at start. */
export function prepareImports(db: Db): void {
  importRunModel(db);
  importRowModel(db);
}

/** Throws 'not-allowed' for anyone but an administrator. */
export function requireImporter(actor: Actor): void {
  if (!isAdmin(actor)) throw new AppError('not-allowed');
}

export type Plan = Pick<ImportRun, 'faults' | 'counts'> & { report: ReportRow[] };

/** What storing a file would do, without keeping anything. */
export async function lookAt<T>(db: Db, importer: Importer<T>, file: ImportFile): Promise<Plan> {
  const { rows, faults } = await importer.read(file);
  if (faults.length > 0) return { faults, counts: countsOf([]), report: [] };
  const values = valuesToStore(rows);
  const outcomes: RowOutcome[] = [];
  for (let at = 0; at < values.length; at += pieceRows)
    outcomes.push(...(await importer.compare(db, values.slice(at, at + pieceRows))));
  const report = reportOf(rows, outcomes);
  return { faults, counts: countsOf(report), report };
}

const nothingStored = { new: 0, changed: 0, same: 0 };

const asRun = (actor: Actor, { id, kind, name }: NewImport, bytes: Buffer, plan: Plan, now: Date): ImportRun => ({
  id,
  kind,
  fileName: name,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  bytes: bytes.length,
  contentId: '',
  state: plan.faults.length > 0 ? 'failed' : 'planned',
  faults: plan.faults,
  counts: plan.counts,
  skipFaulty: false,
  stored: nothingStored,
  piecesDone: 0,
  noted: undefined,
  attempts: 0,
  byUserId: actor.userId,
  at: now,
  storedByUserId: undefined,
  storingAt: undefined,
  endedAt: undefined,
  heldUntil: undefined,
});

/**
 * Takes a file in, reads and compares it, and keeps it with its report; nothing of it is stored yet. The same id with the same file gives the
 * same run, with another one 'id-with-other-content'. A file that can't be read is a run that has failed and says why.
 */
export async function planImport(
  db: Db,
  actor: Actor,
  entered: NewImport,
  bytes: Buffer,
  now: Date,
  known = importers,
): Promise<ImportRun> {
  requireImporter(actor);
  const plan = await lookAt(db, known[entered.kind], { name: entered.name, bytes });
  const run = asRun(actor, entered, bytes, plan, now);
  const earlier = await findRun(db, run.id);
  if (earlier !== undefined) return sameRunOrConflict(earlier, run);
  const contentId = plan.faults.length > 0 ? '' : await writeContent(db, run.fileName, bytes);
  if (contentId !== '') await insertRows(db, contentId, plan.report.filter(isNotable));
  const quicker = await insertRun(db, { ...run, contentId });
  if (quicker === undefined) return { ...run, contentId };
  if (contentId !== '') await dropReports(db, [contentId]);
  return sameRunOrConflict(quicker, run);
}

const sameRunOrConflict = (stored: ImportRun, sent: ImportRun): ImportRun => {
  if (isSameRun(stored, sent)) return stored;
  throw new AppError('id-with-other-content');
};

/** One run, for administrators. */
export async function importRunFor(db: Db, actor: Actor, runId: string): Promise<ImportRun> {
  requireImporter(actor);
  const run = await findRun(db, runId);
  if (run === undefined) throw new AppError('import-not-found');
  return run;
}

export type RunList = { items: ImportRun[]; next: string | null };

/** All runs, newest first. */
export async function listImports(
  db: Db,
  actor: Actor,
  page: { limit: number; after?: string | undefined },
): Promise<RunList> {
  requireImporter(actor);
  const found = await findRunPage(db, page.after, page.limit + 1);
  const items = found.slice(0, page.limit);
  return { items, next: found.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

/** A run with the rows of its report that say more than new or same, page by page. */
export async function importReport(db: Db, actor: Actor, runId: string, page: ReportPage): Promise<Report> {
  const run = await importRunFor(db, actor, runId);
  if (run.contentId === '') return { run, rows: [], next: null };
  const found = await findRows(db, run.contentId, { ...page, limit: page.limit + 1 });
  const rows = found.slice(0, page.limit);
  return { run, rows, next: found.length > page.limit ? (rows.at(-1)?.place ?? null) : null };
}

/** All rows of a report that say more than new or same. */
export async function wholeReport(db: Db, actor: Actor, runId: string): Promise<Omit<Report, 'next'>> {
  const run = await importRunFor(db, actor, runId);
  const rows = run.contentId === '' ? [] : await findRows(db, run.contentId, { after: 0, limit: 100_000 });
  return { run, rows };
}
