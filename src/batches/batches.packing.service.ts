// What changes in a batch after it was made: its packing, and the holds that people settle.
import { createHash } from 'node:crypto';
import { requireOwner } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { noteAudit } from '../audit/audit.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { requireProduct } from '../products/products.service.ts';
import { applyPacking, findAppliedChange, settleOpenHold } from './batches.balance.model.ts';
import type { NewPacking, NewSettlement } from './batches.input.ts';
import { requireDaysInOrder, requireUnitsWithinQuantity, useByOf } from './batches.rules.ts';
import { batchFor, requireBatch } from './batches.service.ts';
import type { Batch, Hold } from './batches.types.ts';

const hashOf = (packing: Omit<NewPacking, 'id'>): string => {
  const { harvestedOn, packedOn, useBy, quantity, unitsMade } = packing;
  const content = [harvestedOn ?? '', packedOn ?? '', useBy ?? '', quantity.amount, quantity.unit, unitsMade];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
};

const packingOf = ({ harvestedOn, packedOn, useBy, quantity, unitsMade }: Batch) => ({
  harvestedOn,
  packedOn,
  useBy,
  quantity,
  unitsMade,
});

/**
 * Replaces days, quantity and units of a batch of one's own. When labels were already taken for more units than are now made, the batch
 * is held. The same change again changes nothing.
 */
export async function setPacking(
  db: Db,
  actor: Actor,
  batchId: string,
  newPacking: NewPacking,
  now: Date,
): Promise<Batch> {
  const batch = await batchFor(db, actor, batchId);
  requireOwner(actor, batch, 'batch-not-found');
  const product = await requireProduct(db, batch.productId);
  const { id, quantity, unitsMade, harvestedOn, packedOn } = newPacking;
  const useBy = useByOf({ packedOn, useBy: newPacking.useBy }, product.shelfLifeDays);
  requireDaysInOrder({ startedOn: batch.startedOn, harvestedOn, packedOn, useBy }, dayOf(now));
  requireUnitsWithinQuantity(unitsMade, quantity, product.netContent);
  const applied = {
    id,
    hash: hashOf(newPacking),
  };
  const hold: Hold = { id, reason: 'units-negative', stepId: undefined, at: now, settled: undefined };
  const changed = await applyPacking(db, batchId, { harvestedOn, packedOn, useBy, quantity, unitsMade }, applied, hold);
  if (changed !== undefined) {
    const before = packingOf(batch);
    await noteAudit(db, {
      id,
      actorId: actor.userId,
      what: 'batch-packing',
      recordId: batchId,
      before,
      after: packingOf(changed),
      at: now,
    });
    return changed;
  }
  const earlier = await findAppliedChange(db, batchId, id);
  if (earlier?.hash !== applied.hash) throw new AppError('id-with-other-content', { sent: newPacking });
  return requireBatch(db, batchId);
}

/** Owner or officer says why labels may be printed again. Errors: 'batch-not-found', 'hold-not-found', 'already-decided'. */
export async function settleHold(
  db: Db,
  actor: Actor,
  batchId: string,
  holdId: string,
  newSettlement: NewSettlement,
  now: Date,
): Promise<Batch> {
  await batchFor(db, actor, batchId);
  const settlement = { byUserId: actor.userId, reason: newSettlement.reason, at: now };
  const settled = await settleOpenHold(db, batchId, holdId, settlement);
  if (settled !== undefined) {
    const after = { holdId, reason: settlement.reason };
    await noteAudit(db, { actorId: actor.userId, what: 'batch-hold-settled', recordId: batchId, after, at: now });
    return settled;
  }
  const batch = await requireBatch(db, batchId);
  const earlier = batch.holds.find((hold) => hold.id === holdId)?.settled;
  if (earlier === undefined) throw new AppError('hold-not-found');
  if (earlier.byUserId === actor.userId && earlier.reason === settlement.reason) return batch;
  throw new AppError('already-decided');
}
