// Storing a long list takes longer than anyone waits for an answer: it goes on after the answer, and the run's page shows how far it is.
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { importRunFor } from './imports.service.ts';
import type { ImportRun } from './imports.types.ts';

const answerWithinMs = 8_000;

/** The run when storing has ended, or as it stands after eight seconds; a fault later on is logged and the rest carried on by the sweep. */
export async function storeSoon(
  { db, log }: Pick<Deps, 'db' | 'log'>,
  actor: Actor,
  runId: string,
  store: () => Promise<ImportRun>,
  withinMs = answerWithinMs,
): Promise<ImportRun> {
  let isAnswered = false;
  const storing = store().catch((error: unknown) => {
    if (!isAnswered) throw error;
    log.error({ err: error }, 'storing an import broke down; it is carried on within ten minutes');
    return undefined;
  });
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), withinMs);
  });
  try {
    return (await Promise.race([storing, enough])) ?? (await importRunFor(db, actor, runId));
  } finally {
    isAnswered = true;
    clearTimeout(timer);
  }
}
