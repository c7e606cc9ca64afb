// What a reporter sends, and what those who answer give. Shapes only.
import { z } from 'zod';
import { line, newId, paging, recordId, text } from '../fields.ts';
import { reportErasable, reportKinds, reportStates } from './reports.types.ts';

const newReportFields = {
  id: newId,
  kind: z.enum(reportKinds),
  text: text(1000, 5),
  /** A phone number or an address, as the reporter likes; nobody has to give one. */
  contact: line(100).optional(),
};

export const newReport = z.strictObject(newReportFields);
export type NewReport = z.output<typeof newReport>;

/** The form has one more field, which people do not see: what is written into it comes from a program. */
export const newReportForm = z.strictObject({ ...newReportFields, website: z.string().max(2000).optional() });

export const newAnswer = z.strictObject({ id: newId, text: text(1000, 5) });
export type NewAnswer = z.output<typeof newAnswer>;

export const reportErasing = z.strictObject({ id: newId, what: z.enum(reportErasable) });
export type ReportErasing = z.output<typeof reportErasing>;

export const reportPage = z.object({ ...paging, state: z.enum(reportStates).optional() });
export type ReportPage = z.output<typeof reportPage>;

export const reportParams = z.object({ report: recordId });
export const referenceParams = z.object({ reference: z.string().min(1).max(40) });
