// Recalls as the API shows them: moments as RFC 3339.
import { z } from 'zod';
import { recallClasses } from './recalls.types.ts';
import type { Recall, RecallClosing } from './recalls.types.ts';

export const closingShape = z.object({
  id: z.string(),
  recallId: z.string(),
  outcome: z.string(),
  closedAt: z.string(),
  byUserId: z.string(),
});

export const recallShape = z.object({
  id: z.string(),
  batchId: z.string(),
  producerId: z.string(),
  reason: z.string(),
  recallClass: z.enum(recallClasses),
  level: z.enum(['producer', 'province']),
  issuerName: z.string(),
  orderNumber: z.string(),
  instructions: z.string(),
  phone: z.string(),
  openedAt: z.string(),
  byUserId: z.string(),
});

export const recallStateShape = recallShape.extend({ closing: closingShape.nullable() });

export function closingJson(closing: RecallClosing): z.output<typeof closingShape> {
  return { ...closing, closedAt: closing.closedAt.toISOString() };
}

/** A recall for programs. */
export function recallJson(recall: Recall): z.output<typeof recallShape> {
  const { provinceCode: _province, ...shown } = recall;
  return { ...shown, openedAt: recall.openedAt.toISOString() };
}

/** The same with its end; `closing` is null while it is open. */
export function recallStateJson(state: {
  recall: Recall;
  closing: RecallClosing | undefined;
}): z.output<typeof recallStateShape> {
  const { recall, closing } = state;
  return { ...recallJson(recall), closing: closing === undefined ? null : closingJson(closing) };
}
