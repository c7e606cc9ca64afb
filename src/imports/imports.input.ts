// What an administrator gives to bring a list in, to store it, and to read its report. Shapes only.
import { z } from 'zod';
import { newId, paging, recordId, text } from '../fields.ts';
import { importKinds } from '../importing/importing.types.ts';

/** `id`: sent again with the same file it is the same run. `name`: the file's, shown to people only. */
export const newImport = z.strictObject({ id: newId, kind: z.enum(importKinds), name: text(200).default('') });
export type NewImport = z.output<typeof newImport>;

/** `skipFaulty`: wrong rows are left out and the others stored; without it a single wrong row stores nothing. */
export const newStoring = z.strictObject({ skipFaulty: z.boolean().default(false) });
export type NewStoring = z.output<typeof newStoring>;

export const runParams = z.object({ run: recordId });

export const runPage = z.strictObject(paging);

export const rowOutcomes = ['faulty', 'left-out', 'changed', 'new', 'same'] as const;

/** Rows of a report: `after` is the place of the last one shown. */
export const reportPage = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.coerce.number().int().min(0).max(10_000_000).default(0),
  outcome: z.enum(rowOutcomes).optional(),
});
export type ReportPage = z.output<typeof reportPage>;
