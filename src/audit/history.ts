// The history of a mutable record as an answer: who changed what, newest first.
import { z } from 'zod';
import type { AuditNote } from './audit.ts';

export const historyAnswer = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime(),
      byUserId: z.string(),
      what: z.string(),
      before: z.record(z.string(), z.unknown()),
      after: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** From `auditOf`, which is oldest first. */
export function historyJson(notes: readonly AuditNote[]): z.output<typeof historyAnswer> {
  return {
    items: [...notes].reverse().map((note) => ({
      id: note.id ?? '',
      at: note.at.toISOString(),
      byUserId: note.actorId,
      what: note.what,
      before: note.before ?? {},
      after: note.after ?? {},
    })),
  };
}
