// What an officer gives to register a producer and to decide on it.
import { z } from 'zod';
import { communeCode, line, newId, paging, phone, provinceCode, text } from '../fields.ts';
import { approvalOutcomes, registeredKinds } from './producers.types.ts';
import { isProvinceCode } from './provinces.ts';

const flatLine = (max: number) => text(max).refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' });

/** The province's name follows from its code; the consents matter for a household only. */
export const newProducer = z.strictObject({
  id: newId,
  legalName: line(200),
  kind: z.enum(registeredKinds),
  registrationNumber: flatLine(40).default(''),
  address: z.strictObject({
    communeCode,
    communeName: line(80),
    provinceCode: provinceCode.refine(isProvinceCode, { error: 'choice' }),
    street: flatLine(160).default(''),
  }),
  formerAddress: flatLine(300).default(''),
  hotline: phone.or(z.literal('')).default(''),
  gln: flatLine(40).default(''),
  story: text(4000).default(''),
  shops: z
    .array(z.strictObject({ url: line(500) }))
    .max(10)
    .default([]),
  publicName: z.boolean().default(false),
  publicPhone: z.boolean().default(false),
});
export type NewProducer = z.output<typeof newProducer>;

/** A refusal needs its reason. */
export const newApproval = z
  .strictObject({ id: newId, outcome: z.enum(approvalOutcomes), reason: text(1000).default('') })
  .refine(({ outcome, reason }) => outcome !== 'refused' || reason !== '', { path: ['reason'], error: 'required' });
export type NewApproval = z.output<typeof newApproval>;

export const producerPage = z.strictObject(paging);
export type ProducerPage = z.output<typeof producerPage>;
