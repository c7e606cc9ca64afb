// What the features do with a store that was just restored, before anybody is served from it: indexes, a look at the keys, a gap in the numbers of label
// runs, and every erasure once more, also those that the backup is too old to know.
import { readFile } from 'node:fs/promises';
import { addFeatureApis } from './app.ts';
import type { Config } from './config.ts';
import type { Db } from './db/connect.ts';
import { ensureIndexes } from './db/indexes.ts';
import { loadKeys } from './db/secrets.ts';
import { applyErasures } from './files/erasures.ts';
import { listAgain, readErasureLines } from './files/erasures.lines.ts';
import { createApi } from './http/api.ts';
import { leaveGap } from './labels/labels.service.ts';
import type { Deps } from './deps.ts';

/** `erasuresFile`: lines as `npm run backup -- --erasures` writes them, or undefined. Throws when the code key does not fit. */
export async function finishRestore(
  db: Db,
  config: Config,
  log: Deps['log'],
  now: Date,
  erasuresFile: string | undefined,
): Promise<{ next: number; erased: number }> {
  const later = erasuresFile === undefined ? [] : readErasureLines(await readFile(erasuresFile, 'utf8'));
  const { codeKeyHex, sessionKeyHex, baseUrl = '' } = config;
  const keys = await loadKeys(db, { codeKeyHex, sessionKeyHex });
  // Every feature makes its collections and its erasers known.
  addFeatureApis(createApi(), { db, log, clock: () => now, keys, baseUrl, trustedProxies: 0 });
  await ensureIndexes(db, log);
  await listAgain(db, later);
  const gap = await leaveGap(db, now);
  return { next: gap.last + 1, erased: await applyErasures(db) };
}
