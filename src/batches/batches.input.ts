// What a person gives to make a batch, to say what was packed, to settle a hold, and to list batches. Shapes only.
import { z } from 'zod';
import { isGs1Value } from '../codes/digital-link.ts';
import { amount, day, newId, paging, recordId, text } from '../fields.ts';
import { batchUnits } from './batches.types.ts';

/** GS1 application identifier 10: 1 to 20 characters of the encodable character set 82; case counts. */
const lotNumber = z.string().min(1).max(20).refine(isGs1Value, { error: 'lot-number' });

const quantity = z.strictObject({ amount, unit: z.enum(batchUnits) });
const units = z.number().int().min(0).max(10_000_000);

export const newBatch = z.strictObject({
  id: newId,
  lotNumber,
  siteIds: z.array(recordId).min(1).max(20),
  startedOn: day,
  harvestedOn: day.optional(),
  packedOn: day.optional(),
  useBy: day.optional(),
  quantity,
  unitsMade: units,
  madeFrom: z.array(recordId).max(50).default([]),
});
export type NewBatch = z.output<typeof newBatch>;

/** The whole state of packing after a change: a day that is left out is not known. `id` is the key of this change. */
export const newPacking = z.strictObject({
  id: newId,
  harvestedOn: day.optional(),
  packedOn: day.optional(),
  useBy: day.optional(),
  quantity,
  unitsMade: units,
});
export type NewPacking = z.output<typeof newPacking>;

export const newSettlement = z.strictObject({ reason: text(500, 5) });
export type NewSettlement = z.output<typeof newSettlement>;

export const batchList = z.strictObject({
  ...paging,
  producerId: recordId.optional(),
  productId: recordId.optional(),
});
export const batchPage = z.strictObject(paging);
export type BatchList = z.output<typeof batchList>;
