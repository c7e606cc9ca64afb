// What a person gives to open a recall and to close it. Shapes only.
import { z } from 'zod';
import { line, newId, phone, text } from '../fields.ts';
import { recallClasses } from './recalls.types.ts';

export const newRecall = z.strictObject({
  id: newId,
  reason: text(1000, 5),
  recallClass: z.enum(recallClasses),
  issuerName: line(200),
  orderNumber: text(100).default(''),
  instructions: text(1000).default(''),
  /** Whom a buyer may call. */
  phone,
});
export type NewRecall = z.output<typeof newRecall>;

export const newRecallClosing = z.strictObject({ id: newId, outcome: text(1000, 5) });
export type NewRecallClosing = z.output<typeof newRecallClosing>;
