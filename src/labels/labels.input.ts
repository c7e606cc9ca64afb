// What a person gives to print labels, and to print a sheet again.
import { z } from 'zod';
import { newId } from '../fields.ts';
import { labelLayouts } from './labels.types.ts';

/** Most labels of one run: 154 sheets of 65, drawn in one piece. */
export const largestRun = 10_000;

/** A run of lot labels: every label of it carries the same code. */
export const newLabelRun = z.strictObject({
  id: newId,
  kind: z.literal('lot').default('lot'),
  quantity: z.number().int().min(1).max(largestRun),
  layout: z.enum(labelLayouts).default('a4-65'),
});
export type NewLabelRun = z.output<typeof newLabelRun>;

const offset = z.coerce.number().min(-2).max(2).default(0);

/** How one printing of a run lies on paper: first free cell of a used sheet, printer offset in millimetres (±2), cut lines. */
export const sheetOptions = z.strictObject({
  startAt: z.coerce.number().int().min(1).max(65).default(1),
  offsetX: offset,
  offsetY: offset,
  cutLines: z.enum(['0', '1']).default('0'),
});
export type SheetOptions = z.output<typeof sheetOptions>;

/** The form of the page: a run, and how its first printing lies on paper. */
export const labelForm = z.strictObject({ ...newLabelRun.shape, ...sheetOptions.shape });
