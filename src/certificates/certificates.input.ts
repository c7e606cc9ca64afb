// What a person gives to enter a certificate, to decide on one, and to list them. Shapes only.
import { z } from 'zod';
import { day, line, newId, paging, recordId, text } from '../fields.ts';
import { paperStates } from './certificates.office.types.ts';
import { certificateTypes, decidedKinds, issuerLevels } from './certificates.types.ts';

/** One line that may be empty: a paper without a number is entered all the same. */
const optionalLine = (max: number) =>
  text(max)
    .refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' })
    .default('');

/** Numbers exactly as on the paper, whatever their pattern. Stars 3 to 5: for fewer no certificate is issued (Decision 26/2026/QĐ-TTg, Art. 4.1(a)). */
export const newCertificate = z.strictObject({
  id: newId,
  type: z.enum(certificateTypes),
  number: optionalLine(100),
  decisionNumber: optionalLine(100),
  issuerLevel: z.enum(issuerLevels),
  issuerName: line(200),
  issuedOn: day.optional(),
  lastDayPrinted: day.optional(),
  stars: z.number().int().min(3).max(5).optional(),
  scopeText: text(500).default(''),
});
export type NewCertificate = z.output<typeof newCertificate>;

/** One paper of several products of a producer: the same words under an id for each product. */
export const severalCertificates = newCertificate.omit({ id: true }).extend({
  products: z
    .array(z.strictObject({ product: recordId, id: newId }))
    .min(1)
    .max(50),
});
export type SeveralCertificates = z.output<typeof severalCertificates>;

/** The form: the product at hand, and others of the producer that were ticked, each as its id and the id of its record. */
export const certificateForm = newCertificate.extend({
  others: z
    .array(z.string().regex(/^[0-9a-f-]{36}\.[0-9a-f-]{36}$/))
    .max(49)
    .default([]),
});

/** Which decision an address names. */
export const decisionKind = z.enum(decidedKinds);

/** `seen`: how many decisions the decider had before the eyes; more in the store mean that someone was quicker. Left out: not asked. */
const seen = z.number().int().min(0).max(1000).optional();

export const newDecision = z.discriminatedUnion('kind', [
  z.strictObject({ id: newId, kind: z.literal('verified'), decidedOn: day, reason: text(1000).default(''), seen }),
  z.strictObject({
    id: newId,
    kind: z.literal('extended'),
    decisionNumber: optionalLine(100),
    /** Day of the file. */
    decidedOn: day,
    /** Last day of the extension. */
    effectiveOn: day,
    reason: text(1000, 5),
    seen,
  }),
  z.strictObject({
    id: newId,
    kind: z.literal('revoked'),
    decisionNumber: line(100),
    decidedOn: day,
    /** First day without the star. */
    effectiveOn: day,
    reason: text(1000, 5),
    seen,
  }),
]);
export type NewDecision = z.output<typeof newDecision>;

/** The producer takes back its own wrong entry, and says why. */
export const withdrawal = z.strictObject({ id: newId, reason: text(500, 3) });
export type Withdrawal = z.output<typeof withdrawal>;

/** How the sender names the file of a paper. */
export const documentName = z.strictObject({ name: text(250).default('') });

/** Whether everybody may see the paper at hand. */
export const documentShown = z.strictObject({ shown: z.boolean() });

export const certificateList = z.strictObject({ ...paging });

/** `waiting`: nobody has verified them yet, the longest waiting first; `all`: newest first. */
export const officeList = z.strictObject({ ...paging, state: z.enum(['waiting', 'all']).default('waiting') });
export type OfficeList = z.output<typeof officeList>;

/** A list that is searched (a number with or without its signs, a product's name without marks) and filtered. */
export const certificateSearch = z.strictObject({
  ...paging,
  after: recordId.optional(),
  q: text(100).optional(),
  type: z.enum(certificateTypes).optional(),
  state: z.enum(paperStates).optional(),
  product: recordId.optional(),
  expiringBefore: day.optional(),
});
export type CertificateSearch = z.output<typeof certificateSearch>;

export const producerParams = z.object({ producer: recordId });
export const productParams = z.object({ product: recordId });
export const certificateParams = z.object({ certificate: recordId });
