// What a person gives to make a batch, to say what was packed, to settle a hold, and to list batches. Shapes only.
import { z } from 'zod';
import { isGs1Value } from '../codes/digital-link.ts';
import { amount, day, line, listing, newId, recordId, seenVersion, text } from '../fields.ts';
import { batchStates, batchUnits } from './batches.types.ts';

/** GS1 application identifier 10: 1 to 20 characters of the encodable character set 82; case counts. */
const lotNumber = z.string().min(1).max(20).refine(isGs1Value, { error: 'lot-number' });

const quantity = z.strictObject({ amount, unit: z.enum(batchUnits) });
const units = z.number().int().min(0).max(10_000_000);

const flatLine = (max: number) => text(max).refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' });

/** A material of the store, or the name of an ingredient. */
const input = z
  .strictObject({
    materialId: recordId.optional(),
    name: flatLine(120).default(''),
    amount,
    unit: line(30),
    lot: flatLine(60).default(''),
  })
  .superRefine(({ materialId, name }, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', path: ['name'], message });
    if (materialId === undefined && name === '') fault('required');
    if (materialId !== undefined && name !== '') fault('chosen-or-typed');
  });

const facts = {
  siteIds: z.array(recordId).min(1).max(20),
  startedOn: day,
  harvestedOn: day.optional(),
  packedOn: day.optional(),
  useBy: day.optional(),
  quantity,
  unitsMade: units,
  inputs: z.array(input).max(50).default([]),
  madeFrom: z.array(recordId).max(50).default([]),
};

export const newBatch = z.strictObject({ id: newId, lotNumber, ...facts });
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

/** The whole batch as it shall be, and the version that the person saw. Its lot number is on labels and stays. */
export const changedBatch = z.strictObject({ version: seenVersion, ...facts });
export type ChangedBatch = z.output<typeof changedBatch>;
export type BatchFactsGiven = Omit<ChangedBatch, 'version'>;

export const newClosing = z.strictObject({ id: newId, reason: text(500).default('') });
export type NewClosing = z.output<typeof newClosing>;

export const newReopening = z.strictObject({ id: newId, reason: text(500, 5) });

export const newSettlement = z.strictObject({ reason: text(500, 5) });
export type NewSettlement = z.output<typeof newSettlement>;

/** A year of the first day of work. */
const year = z.string().regex(/^(19|20|21)\d{2}$/, { error: 'year' });

const filters = { state: z.enum(batchStates).optional(), year: year.optional() };

export const batchList = z.strictObject({
  ...listing,
  ...filters,
  producerId: recordId.optional(),
  productId: recordId.optional(),
});
export const batchPage = z.strictObject({ ...listing, ...filters });
export type BatchList = z.output<typeof batchList>;
