// Materials that steps name: which one it is, and what goes off its stock.
import type { Db } from '../db/connect.ts';
import { fieldError } from '../errors.ts';
import { fitsWork, materialsByIds } from '../materials/materials.service.ts';
import { bookUse } from '../materials/materials.stock.service.ts';
import type { Material } from '../materials/materials.types.ts';
import type { NewStep } from './steps.input.ts';
import { findStep } from './steps.model.ts';
import { replacedIdOf } from './steps.rules.ts';
import type { Step } from './steps.types.ts';

/**
 * The material that a step names from its producer's store; undefined when it names none. Throws 'fields-wrong' at `materialId`: not there or
 * somebody else's (the same answer), or not for such work. A step that is stored already was for it when it was recorded.
 */
export async function materialOfStep(db: Db, producerId: string, sent: NewStep): Promise<Material | undefined> {
  if (sent.materialId === undefined) return undefined;
  const [material] = await materialsByIds(db, producerId, [sent.materialId]);
  if (material === undefined) throw fieldError('materialId', 'unknown-reference');
  const work = sent.kind === 'spray' ? 'spray' : 'fertilise';
  if (!fitsWork(work, material.kind) && (await findStep(db, sent.id)) === undefined)
    throw fieldError('materialId', material.kind === 'pesticide' ? 'pesticide-is-sprayed' : 'not-for-work');
  return material;
}

/** Books what a stored step used, once; a correction or withdrawal takes the place of what was booked before. */
export async function bookStep(db: Db, step: Step): Promise<void> {
  const { id, producerId, batchId, data, doneOn, byUserId, recordedAt } = step;
  await bookUse(db, {
    stepId: id,
    producerId,
    batchId,
    materialId: step.withdraws === undefined ? data.materialId : undefined,
    amount: data.amount,
    unit: data.unit,
    on: doneOn,
    byUserId,
    recordedAt,
    replaces: replacedIdOf(step),
  });
}
