// What changes in a batch after it was made: its packing, and the holds that people settle.
import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import { noteAudit } from '../audit/audit.ts';
import { changedFields } from '../audit/changes.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { requireProduct } from '../products/products.service.ts';
import { findAppliedChange, settleOpenHold } from './batches.balance.model.ts';
import { applyFacts, findWithFactsVersion } from './batches.change.model.ts';
import type { NewPacking, NewSettlement } from './batches.input.ts';
import type { AppliedChange } from './batches.model.ts';
import { requireDaysInOrder, requireOpen, requireUnitsWithinQuantity, useByOf } from './batches.rules.ts';
import { batchFor, requireBatch } from './batches.service.ts';
import type { Batch } from './batches.types.ts';
import { requireMay } from '../powers.ts';
import { placeOf } from '../producers/producers.service.ts';

const hashOf = (packing: Omit<NewPacking, 'id'>): string => {
  const { harvestedOn, packedOn, useBy, quantity, unitsMade } = packing;
  const content = [harvestedOn ?? '', packedOn ?? '', useBy ?? '', quantity.amount, quantity.unit, unitsMade];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
};

const packingNames = ['harvestedOn', 'packedOn', 'useBy', 'quantity', 'unitsMade'] as const;

type Packing = Pick<Batch, (typeof packingNames)[number]>;

const packingOf = ({ harvestedOn, packedOn, useBy, quantity, unitsMade }: Packing): Packing => ({
  harvestedOn,
  packedOn,
  useBy,
  quantity: { amount: quantity.amount, unit: quantity.unit },
  unitsMade,
});

/**
 * Replaces days, quantity and units of a batch of one's own. When labels were already taken for more units than are now made, the batch
 * is held. The same change again changes nothing. Errors: 'batch-not-found', 'not-allowed', 'batch-closed', 'fields-wrong',
 * 'id-with-other-content'.
 */
export async function setPacking(
  db: Db,
  actor: Actor,
  batchId: string,
  newPacking: NewPacking,
  now: Date,
): Promise<Batch> {
  const batch = await batchFor(db, actor, batchId);
  requireMay(actor, 'keep-batches', await placeOf(db, actor, batch), 'batch-not-found');
  const product = await requireProduct(db, batch.productId);
  const { id, quantity, unitsMade, harvestedOn, packedOn } = newPacking;
  const useBy = useByOf({ packedOn, useBy: newPacking.useBy }, product.shelfLifeDays);
  requireDaysInOrder({ startedOn: batch.startedOn, harvestedOn, packedOn, useBy }, dayOf(now));
  requireUnitsWithinQuantity(unitsMade, quantity, product.netContent);
  const packing = packingOf({ harvestedOn, packedOn, useBy, quantity, unitsMade });
  return pack(db, actor, batchId, { packing, applied: { id, hash: hashOf(newPacking) } }, now);
}

type PackingChange = { packing: Packing; applied: AppliedChange };

const pack = async (db: Db, actor: Actor, batchId: string, change: PackingChange, now: Date): Promise<Batch> => {
  const { packing, applied } = change;
  const known = await findWithFactsVersion(db, batchId);
  if (known === undefined) throw new AppError('batch-not-found');
  const earlier = await findAppliedChange(db, batchId, applied.id);
  if (earlier !== undefined && earlier.hash !== applied.hash) throw new AppError('id-with-other-content');
  if (earlier !== undefined) return requireBatch(db, batchId);
  requireOpen(known.batch);
  const { id } = applied;
  const note = { id: uuidv7(), actorId: actor.userId, what: 'batch-packing', recordId: batchId, at: now };
  const changed = await applyFacts(db, batchId, {
    set: packing,
    factsVersion: known.factsVersion,
    applied,
    holdIfNegative: { id, reason: 'units-negative', stepId: undefined, at: now, settled: undefined },
    note: { ...note, ...changedFields(packingOf(known.batch), packing, packingNames) },
  });
  // Somebody changed the batch in between: what was said of its packing still holds.
  return changed ?? pack(db, actor, batchId, change, now);
};

/** Owner or officer says why labels may be printed again. Errors: 'batch-not-found', 'not-allowed', 'hold-not-found', 'already-decided'. */
export async function settleHold(
  db: Db,
  actor: Actor,
  batchId: string,
  holdId: string,
  newSettlement: NewSettlement,
  now: Date,
): Promise<Batch> {
  const place = await placeOf(db, actor, await batchFor(db, actor, batchId));
  requireMay(actor, 'settle-marks', place, 'batch-not-found');
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
