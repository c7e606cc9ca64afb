// Batches as the API shows them: days as YYYY-MM-DD, moments as RFC 3339, what is not known as null.
import { z } from 'zod';
import { batchUnits, holdReasons } from './batches.types.ts';
import type { Batch, Hold } from './batches.types.ts';

const settlementShape = z.object({ byUserId: z.string(), reason: z.string(), at: z.string() });

const holdShape = z.object({
  id: z.string(),
  reason: z.enum(holdReasons),
  stepId: z.string().nullable(),
  at: z.string(),
  settled: settlementShape.nullable(),
});

const inputShape = z.object({
  materialId: z.string().nullable(),
  name: z.string(),
  amount: z.number(),
  unit: z.string(),
  lot: z.string(),
});

export const batchShape = z.object({
  id: z.string(),
  producerId: z.string(),
  productId: z.string(),
  lotNumber: z.string(),
  siteIds: z.array(z.string()),
  startedOn: z.string(),
  harvestedOn: z.string().nullable(),
  packedOn: z.string().nullable(),
  useBy: z.string().nullable(),
  quantity: z.object({ amount: z.number(), unit: z.enum(batchUnits) }),
  unitsMade: z.number(),
  unitsLeft: z.number(),
  held: z.boolean(),
  holds: z.array(holdShape),
  /** What went in beside other batches, by the names that buyers read. */
  inputs: z.array(inputShape),
  madeFrom: z.array(z.string()),
  ancestors: z.array(z.string()),
  recallIds: z.array(z.string()),
  closedRecallIds: z.array(z.string()),
  closed: z.object({ on: z.string(), reason: z.string(), byUserId: z.string(), at: z.string() }).nullable(),
  sample: z.boolean(),
  version: z.number(),
  createdAt: z.string(),
});
export type BatchJson = z.output<typeof batchShape>;

export const batchListShape = z.object({ items: z.array(batchShape), next: z.string().nullable() });

const holdJson = ({ id, reason, stepId, at, settled }: Hold): z.output<typeof holdShape> => ({
  id,
  reason,
  stepId: stepId ?? null,
  at: at.toISOString(),
  settled:
    settled === undefined ? null : { byUserId: settled.byUserId, reason: settled.reason, at: settled.at.toISOString() },
});

/** A batch for programs. */
export function batchJson(batch: Batch): BatchJson {
  const { provinceCode: _province, pending: _pending, ...shown } = batch;
  return {
    ...shown,
    harvestedOn: batch.harvestedOn ?? null,
    packedOn: batch.packedOn ?? null,
    useBy: batch.useBy ?? null,
    holds: batch.holds.map(holdJson),
    inputs: batch.inputs.map((one) => ({ ...one, materialId: one.materialId ?? null })),
    closed: batch.closed === undefined ? null : { ...batch.closed, at: batch.closed.at.toISOString() },
    createdAt: batch.createdAt.toISOString(),
  };
}
