// What a producer gives to describe a material, to change it, to write in its stock book, and to look through the list. Shapes only.
import { z } from 'zod';
import { day, line, listing, newId, paging, recordId, seenVersion, text } from '../fields.ts';
import { materialKinds, materialUnits, moveKinds } from './materials.types.ts';

const flatLine = (max: number) => text(max).refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' });

const facts = {
  name: line(120),
  kind: z.enum(materialKinds),
  maker: flatLine(120).default(''),
  activeIngredient: flatLine(200).default(''),
  registrationNumber: flatLine(60).default(''),
  /** Pre-harvest interval in days from the label. Left out means not known, never 0. */
  waitDays: z.number().int().min(0).max(365).optional(),
  unit: z.enum(materialUnits),
};

export const newMaterial = z.strictObject({ id: newId, ...facts });
export type NewMaterial = z.output<typeof newMaterial>;
export type MaterialFacts = Omit<NewMaterial, 'id'>;

/** The whole record as it shall be, and the version that the person saw. */
export const changedMaterial = z.strictObject({ version: seenVersion, ...facts });
export type ChangedMaterial = z.output<typeof changedMaterial>;

/** Nothing is an amount too: a count may find it. */
const amountOrNone = z
  .number()
  .min(0)
  .max(10_000_000)
  .refine((value) => Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6, { error: 'decimals' });

/** A line of the stock book. `replaces` names the line that was mistaken; 0 then takes it back. */
export const newMove = z.strictObject({
  id: newId,
  kind: z.enum(moveKinds),
  amount: amountOrNone,
  lot: flatLine(60).default(''),
  supplier: flatLine(200).default(''),
  on: day,
  receiptFileId: recordId.optional(),
  replaces: recordId.optional(),
});
export type NewMove = z.output<typeof newMove>;

export const materialPage = z.strictObject({ ...listing, kind: z.enum(materialKinds).optional() });
export type MaterialPage = z.output<typeof materialPage>;

export const movePage = z.strictObject(paging);

/** The form of the label's photo has no other field. */
export const labelPhoto = z.strictObject({});
