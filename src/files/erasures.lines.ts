// The list of erasures as text, one JSON object a line, to be kept apart from the backups: what was erased after the last backup must go again when that backup
// is restored. It holds hashes and opaque ids only.
import { z } from 'zod';
import type { Db } from '../db/connect.ts';
import { findErasures, insertErasure } from './erasures.store.ts';
import { erasureReasons } from './files.types.ts';
import type { Erasure } from './files.types.ts';

const line = z.object({
  id: z.string(),
  producerId: z.string(),
  what: z.string(),
  hash: z.string(),
  recordId: z.string(),
  reason: z.enum(erasureReasons),
  byUserId: z.string(),
  at: z.coerce.date(),
});

const atOnce = 500;

/** Every erasure as lines, oldest ids first. */
export async function* erasureLines(db: Db): AsyncGenerator<string> {
  for (let after = ''; ;) {
    const found = await findErasures(db, { since: new Date(0), after, limit: atOnce });
    for (const erasure of found) yield `${JSON.stringify(erasure)}\n`;
    const last = found.at(-1);
    if (last === undefined || found.length < atOnce) return;
    after = last.id;
  }
}

/** Reads such a text. Throws an Error that names the line. */
export function readErasureLines(text: string): Erasure[] {
  return text.split('\n').flatMap((one, at) => {
    if (one.trim() === '') return [];
    try {
      return [line.parse(JSON.parse(one))];
    } catch (error) {
      throw new Error(
        `Danh sách xoá, dòng ${at + 1}: không đọc được.\nList of erasures, line ${at + 1}: it cannot be read.`,
        { cause: error },
      );
    }
  });
}

/** Lists erasures that the store does not know yet; carrying them out is `applyErasures`. */
export async function listAgain(db: Db, erasures: readonly Erasure[]): Promise<void> {
  for (const erasure of erasures) await insertErasure(db, erasure);
}
