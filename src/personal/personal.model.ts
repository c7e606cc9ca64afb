// Where a person's id stands in the records of every feature: read for that person's own export and never shown to anybody else.
import type { Db } from '../db/connect.ts';

/** Collections beside steps (which are read with their notes) and the field that names who did it. */
export const placesOfPeople = [
  { collection: 'auditLog', field: 'actorId' },
  { collection: 'confirmations', field: 'byUserId' },
  { collection: 'materialMoves', field: 'byUserId' },
  { collection: 'certificates', field: 'byUserId' },
  { collection: 'certificateDecisions', field: 'byUserId' },
  { collection: 'certificatePapers', field: 'byUserId' },
  { collection: 'labelRuns', field: 'byUserId' },
  { collection: 'labelRunEvents', field: 'byUserId' },
  { collection: 'recalls', field: 'byUserId' },
  { collection: 'recallClosings', field: 'byUserId' },
  { collection: 'reportAnswers', field: 'byUserId' },
  { collection: 'importRuns', field: 'byUserId' },
  { collection: 'erasures', field: 'byUserId' },
  { collection: 'factorRenewals', field: 'userId' },
  { collection: 'factorRenewalConfirmations', field: 'byId' },
] as const;

/** The records of one collection that name the person, one by one. */
export async function* recordsNaming(
  db: Db,
  { collection, field }: (typeof placesOfPeople)[number],
  userId: string,
): AsyncGenerator<Record<string, unknown>> {
  const found = db.collection<{ _id: string }>(collection).find({ [field]: userId });
  for await (const record of found) yield record;
}
