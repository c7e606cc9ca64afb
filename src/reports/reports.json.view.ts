// Reports for programs. Moments as RFC 3339.
import { z } from 'zod';
import { formatReference } from './reports.rules.ts';
import { reportKinds, reportStates } from './reports.types.ts';
import type { Report, ReportAnswer, ReportCase, ReportContent } from './reports.types.ts';

export const sentShape = z.object({ id: z.string(), reference: z.string(), sentAt: z.string(), page: z.string() });

const answerFields = { level: z.enum(['producer', 'province']), text: z.string(), at: z.string() };

/** What anybody who knows the number may read: no contact, no photo, no words of the sender. */
export const lookedUpShape = z.object({
  reference: z.string(),
  kind: z.enum(reportKinds),
  sentAt: z.string(),
  state: z.enum(reportStates),
  answers: z.array(z.object(answerFields)),
  contactErasedOn: z.string().nullable(),
  erasedOn: z.string().nullable(),
});

export const answerShape = z.object({ id: z.string(), ...answerFields, byUserId: z.string() });

export const caseShape = z.object({
  id: z.string(),
  reference: z.string(),
  producerId: z.string(),
  batchId: z.string(),
  code: z.string(),
  kind: z.enum(reportKinds),
  state: z.enum(reportStates),
  product: z.string(),
  producer: z.string(),
  lot: z.string(),
  text: z.string(),
  /** For officers; null for the producer and where none was given. */
  contact: z.string().nullable(),
  photo: z.string().nullable(),
  sentAt: z.string(),
  answers: z.array(answerShape),
  contactErasedOn: z.string().nullable(),
  erasedOn: z.string().nullable(),
});

export const caseListShape = z.object({ items: z.array(caseShape), next: z.string().nullable() });

export function sentJson(report: Report, page: string): z.output<typeof sentShape> {
  return { id: report.id, reference: formatReference(report.reference), sentAt: report.sentAt.toISOString(), page };
}

export function answerJson(answer: ReportAnswer): z.output<typeof answerShape> {
  const { id, level, text, byUserId, at } = answer;
  return { id, level, text, at: at.toISOString(), byUserId };
}

export function lookedUpJson(
  report: Report,
  content: ReportContent,
  answers: readonly ReportAnswer[],
): z.output<typeof lookedUpShape> {
  return {
    reference: formatReference(report.reference),
    kind: report.kind,
    sentAt: report.sentAt.toISOString(),
    state: answers.length === 0 ? 'new' : 'answered',
    answers: answers.map(({ level, text, at }) => ({ level, text, at: at.toISOString() })),
    contactErasedOn: content.contactErasedOn ?? null,
    erasedOn: content.erasedOn ?? null,
  };
}

/** `photo` is its address, or undefined without one; `withContact` for those who may see it. */
export function caseJson(
  { report, content, answers, state, ...names }: ReportCase,
  { photo, withContact }: { photo: string | undefined; withContact: boolean },
): z.output<typeof caseShape> {
  const { id, producerId, batchId, code, kind } = report;
  return {
    id,
    reference: formatReference(report.reference),
    producerId,
    batchId,
    code,
    kind,
    state,
    product: names.productName,
    producer: names.producerName,
    lot: names.lotNumber,
    text: content.text,
    contact: withContact && content.contact !== '' ? content.contact : null,
    photo: photo ?? null,
    sentAt: report.sentAt.toISOString(),
    answers: answers.map(answerJson),
    contactErasedOn: content.contactErasedOn ?? null,
    erasedOn: content.erasedOn ?? null,
  };
}
