// What people add to a step after it: their word for it.
import type { Actor } from '../actor.ts';
import { raiseBatchVersion } from '../batches/batches.service.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { insertConfirmation } from './steps.evidence.model.ts';
import type { NewConfirmation } from './steps.input.ts';
import { findReplaced } from './steps.model.ts';
import { stepFor } from './steps.reading.service.ts';
import type { Confirmation } from './steps.types.ts';
import { requireMay } from '../powers.ts';
import { placeOf } from '../producers/producers.service.ts';
import { isMember } from '../actor.ts';

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
  requireMay(actor, 'confirm-step', await placeOf(db, actor, batch), 'step-not-found');
  if (step.byUserId === actor.userId) throw new AppError('own-step');
  const replaced = await findReplaced(db, step.producerId, [step.id]);
  if (replaced.size > 0 || step.withdraws !== undefined) throw new AppError('step-already-corrected');
  const stored = await insertConfirmation(db, {
    id: newConfirmation.id,
    stepId,
    producerId: step.producerId,
    level: isMember(actor, batch.producerId) ? 'cooperative' : 'official',
    byUserId: actor.userId,
    at: now,
  });
  if (stored.stepId !== stepId || stored.byUserId !== actor.userId) throw new AppError('id-with-other-content');
  await raiseBatchVersion(db, batch.id);
  return stored;
}
