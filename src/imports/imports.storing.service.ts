// Storing a run: exactly the file that was looked at, 200 rows at a time, each piece safe to run twice. What a crash cuts off is carried on.
import type { Actor } from '../actor.ts';
import { noteAudit } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import type { Importer, RowOutcome } from '../importing/importing.types.ts';
import type { NewStoring } from './imports.input.ts';
import { importers } from './imports.kinds.service.ts';
import type { Importers } from './imports.kinds.service.ts';
import {
  beginRun,
  endPiece,
  endRun,
  findNamedContents,
  findRun,
  findUnfinished,
  holdRun,
  notePiece,
  releaseRun,
  reviveRun,
} from './imports.model.ts';
import { contentsBefore, dropReports, readContent } from './imports.report.model.ts';
import { mostAttempts, pieceRows, requireStorable, valuesToStore } from './imports.rules.ts';
import { importRunFor } from './imports.service.ts';
import type { ImportRun, StoredCounts } from './imports.types.ts';

// A piece of 200 rows takes a second or two; a process that says nothing for so long is gone.
const heldForMs = 120_000;
const dayMs = 86_400_000;

/** Now, and later as much later as has really passed. */
type Watch = () => Date;
const watchFrom = (now: Date): Watch => {
  const startedMs = performance.now();
  return () => new Date(now.getTime() + performance.now() - startedMs);
};
const holdUntil = (watch: Watch): Date => new Date(watch().getTime() + heldForMs);

/**
 * Stores a run that was looked at. Throws 'import-unreadable' for a file that can't be read and 'import-has-faults' for wrong rows unless they
 * are left out by choice. A run that is stored or being stored is left as it is. When it breaks down, the rest is carried on by `finishImports`.
 */
export async function storeImport(
  db: Db,
  actor: Actor,
  runId: string,
  { skipFaulty }: NewStoring,
  now: Date,
  known = importers,
): Promise<ImportRun> {
  const run = await importRunFor(db, actor, runId);
  requireStorable(run, skipFaulty || run.skipFaulty);
  await beginRun(db, runId, { skipFaulty, storedByUserId: actor.userId, storingAt: now });
  if (run.state === 'failed') await reviveRun(db, runId);
  await carryOn(db, runId, watchFrom(now), false, known);
  return importRunFor(db, actor, runId);
}

/** Carries a running run on to its end, unless another process does. */
const carryOn = async (db: Db, runId: string, watch: Watch, evenHeld: boolean, known: Importers): Promise<void> => {
  const run = await holdRun(db, runId, { now: watch(), until: holdUntil(watch), evenHeld });
  if (run === undefined) return;
  try {
    await storePieces(db, run, known[run.kind], watch);
  } catch (error) {
    if (run.attempts >= mostAttempts) await endRun(db, runId, 'failed', watch());
    else await releaseRun(db, runId);
    throw error;
  }
};

const countOutcomes = (outcomes: readonly RowOutcome[]): StoredCounts => {
  const counts = { new: 0, changed: 0, same: 0 };
  for (const outcome of outcomes) counts[outcome] += 1;
  return counts;
};

// A row that is not there afterwards must not be reported as stored.
const requireStored = (outcomes: readonly RowOutcome[]): void => {
  const missing = outcomes.filter((outcome) => outcome !== 'same').length;
  if (missing > 0) throw new Error(`${missing} of ${outcomes.length} rows were not stored`);
};

const storePieces = async <T>(db: Db, run: ImportRun, importer: Importer<T>, watch: Watch): Promise<void> => {
  const file = { name: run.fileName, bytes: await readContent(db, run.contentId) };
  const values = valuesToStore((await importer.read(file)).rows);
  // Who chose to store it was an administrator then, and answers for all of it.
  const actor: Actor = { userId: run.storedByUserId ?? run.byUserId, name: '', roles: [{ kind: 'admin' }] };
  for (let piece = run.piecesDone; piece * pieceRows < values.length; piece += 1) {
    const some = values.slice(piece * pieceRows, (piece + 1) * pieceRows);
    const counts = await notePiece(db, run.id, piece, countOutcomes(await importer.compare(db, some)));
    await importer.store(db, actor, some, watch());
    requireStored(await importer.compare(db, some));
    await endPiece(db, run.id, piece, counts, holdUntil(watch));
  }
  const stored = (await findRun(db, run.id))?.stored ?? run.stored;
  const note = { actorId: actor.userId, what: 'import-stored', recordId: run.id, at: watch() };
  await noteAudit(db, { ...note, id: `${run.id}.stored`, after: { kind: run.kind, sha256: run.sha256, ...stored } });
  await endRun(db, run.id, 'done', watch());
};

/**
 * Carries on what was cut off and drops files that no run names. `evenHeld`: also what another process may be storing at this moment (right
 * after a start its holder is gone); storing twice does no harm. Throws one AggregateError for all runs that broke down again.
 */
export async function finishImports(db: Db, now: Date, evenHeld = false, known = importers): Promise<void> {
  const watch = watchFrom(now);
  const faults: unknown[] = [];
  for (const run of await findUnfinished(db, now, evenHeld)) {
    try {
      await carryOn(db, run.id, watch, evenHeld, known);
    } catch (error) {
      faults.push(error);
    }
  }
  await dropStrays(db, now);
  if (faults.length > 0) throw new AggregateError(faults, 'an import broke down');
}

const dropStrays = async (db: Db, now: Date): Promise<void> => {
  const old = await contentsBefore(db, new Date(now.getTime() - dayMs));
  const named = await findNamedContents(db, old);
  await dropReports(
    db,
    old.filter((contentId) => !named.has(contentId)),
  );
};
