// Reading the journal: a batch's entries in a few reads, whatever their number, and the history of one step.
import type { Actor } from '../actor.ts';
import { requireBatch } from '../batches/batches.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { erasedFiles } from '../files/erasures.ts';
import { findAttachments, findConfirmations, findContents, findErasedContents } from './steps.evidence.model.ts';
import { journalEntries, versionsOf } from './steps.journal.rules.ts';
import type { JournalRecords } from './steps.journal.rules.ts';
import { findStep, findStepsOfBatch } from './steps.model.ts';
import type { JournalEntry, Step, StepVersion } from './steps.types.ts';
import { requireMay } from '../powers.ts';
import { placeOf } from '../producers/producers.service.ts';

const recordsOf = async (db: Db, batch: Batch): Promise<JournalRecords> => {
  const steps = await findStepsOfBatch(db, batch.producerId, batch.id);
  const ids = steps.map(({ id }) => id);
  const hashes = steps.flatMap(({ noteHash }) => noteHash ?? []);
  const [attachments, confirmations, texts, erasedNotes] = await Promise.all([
    findAttachments(db, batch.producerId, ids),
    findConfirmations(db, batch.producerId, ids),
    findContents(db, hashes),
    findErasedContents(db, hashes),
  ]);
  const erasedPhotos = await erasedFiles(
    db,
    attachments.map(({ fileId }) => fileId),
  );
  return { steps, attachments, confirmations, texts, erased: new Map([...erasedNotes, ...erasedPhotos]) };
};

/** The journal of a batch at hand, newest work first; corrected and withdrawn steps are left out. */
export async function journalOfBatch(db: Db, batch: Batch): Promise<JournalEntry[]> {
  return journalEntries(batch, await recordsOf(db, batch));
}

/** A step that the asker may see, with its batch. Throws 'step-not-found'. */
export async function stepFor(db: Db, actor: Actor, stepId: string): Promise<{ step: Step; batch: Batch }> {
  const step = await findStep(db, stepId);
  if (step === undefined) throw new AppError('step-not-found');
  const batch = await requireBatch(db, step.batchId);
  requireMay(actor, 'see-records', await placeOf(db, actor, batch), 'step-not-found');
  return { step, batch };
}

/** Every version of the work that a step belongs to, newest first, and how it stands now (undefined when it was withdrawn). */
export async function historyOf(
  db: Db,
  actor: Actor,
  stepId: string,
): Promise<{ step: Step; entry: JournalEntry | undefined; versions: StepVersion[] }> {
  const { step, batch } = await stepFor(db, actor, stepId);
  const records = await recordsOf(db, batch);
  const versions = versionsOf(step, records);
  const entry = journalEntries(batch, records).find((one) => one.step.id === versions[0]?.step.id);
  return { step, entry, versions };
}
