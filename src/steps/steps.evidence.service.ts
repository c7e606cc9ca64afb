// What people add to a step after it: photos as they arrive, and their word for it.
import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { isOfficerOf, requireOwner } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { raiseBatchVersion } from '../batches/batches.service.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { storePicture } from '../files/files.ts';
import { findAttachment, insertAttachment, insertConfirmation } from './steps.evidence.model.ts';
import type { NewConfirmation } from './steps.input.ts';
import { findReplaced } from './steps.model.ts';
import { stepFor } from './steps.reading.service.ts';
import type { Attachment, Confirmation } from './steps.types.ts';

/**
 * Adds a photo to a step of one's own; `receivedSha256` is the hash of the bytes as sent, so a part of them or another photo is refused.
 * A photo that was not announced is welcome; one that is there already is not stored again. Errors: 'step-not-found', 'not-allowed',
 * 'hash-differs', 'not-an-image', 'too-large'.
 */
export async function addStepPhoto(
  db: Db,
  actor: Actor,
  stepId: string,
  receivedSha256: string,
  bytes: Buffer,
  now: Date,
): Promise<{ attachment: Attachment; isNew: boolean }> {
  const { step, batch } = await stepFor(db, actor, stepId);
  requireOwner(actor, batch, 'step-not-found');
  if (createHash('sha256').update(bytes).digest('hex') !== receivedSha256) throw new AppError('hash-differs');
  const key = { producerId: step.producerId, stepId, receivedSha256 };
  const earlier = await findAttachment(db, key);
  if (earlier !== undefined) return { attachment: earlier, isNew: false };
  const file = await storePicture(db, step.producerId, bytes, now);
  const added = await insertAttachment(db, { ...key, id: uuidv7(), fileId: file.id, arrivedAt: now });
  await raiseBatchVersion(db, batch.id);
  return added;
}

/**
 * Stands up for a step: an officer of the province verifies it, another person of the organisation confirms it. Errors: 'step-not-found',
 * 'own-step', 'step-already-corrected', 'id-with-other-content'. A second time by the same person changes nothing.
 */
export async function confirmStep(
  db: Db,
  actor: Actor,
  stepId: string,
  newConfirmation: NewConfirmation,
  now: Date,
): Promise<Confirmation> {
  const { step, batch } = await stepFor(db, actor, stepId);
  if (step.byUserId === actor.userId) throw new AppError('own-step');
  const replaced = await findReplaced(db, step.producerId, [step.id]);
  if (replaced.size > 0 || step.withdraws !== undefined) throw new AppError('step-already-corrected');
  const stored = await insertConfirmation(db, {
    id: newConfirmation.id,
    stepId,
    producerId: step.producerId,
    level: isOfficerOf(actor, batch.provinceCode) ? 'official' : 'cooperative',
    byUserId: actor.userId,
    at: now,
  });
  if (stored.stepId !== stepId || stored.byUserId !== actor.userId) throw new AppError('id-with-other-content');
  await raiseBatchVersion(db, batch.id);
  return stored;
}
