// What officers and a producer's own people give to register, complete, change and decide on a producer, and what they ask of the list.
import { z } from 'zod';
import { communeCode, line, listing, newId, phone, provinceCode, seenVersion, text } from '../fields.ts';
import { approvalOutcomes, approvalStates, producerClaims, producerKinds, registeredKinds } from './producers.types.ts';
import { isProvinceCode } from '../units/provinces.types.ts';

const flatLine = (max: number) => text(max).refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' });

/** The province's name follows from its code; the consents matter for a household only. */
const facts = {
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
};

export const newProducer = z.strictObject({ id: newId, ...facts });
export type NewProducer = z.output<typeof newProducer>;

/** Everything that somebody may say of a producer. */
export type GivenFacts = Omit<NewProducer, 'id'>;

/** The whole record as it shall be, and the version that the person saw. */
export const changedProducer = z.strictObject({ version: seenVersion, ...facts });
export type ChangedProducer = z.output<typeof changedProducer>;

/** An imported owner with what was missing filled in. */
export const newClaim = z.strictObject({ id: newId, ...facts, registrationNumber: line(40) });
export type NewClaim = z.output<typeof newClaim>;

/** A refusal needs its reason. With `version`, a producer that has changed since the officer saw it is not decided on. */
export const newApproval = z
  .strictObject({
    id: newId,
    outcome: z.enum(approvalOutcomes),
    reason: text(1000).default(''),
    version: seenVersion.optional(),
  })
  .refine(({ outcome, reason }) => outcome !== 'refused' || reason !== '', { path: ['reason'], error: 'required' });
export type NewApproval = z.output<typeof newApproval>;

export const producerPage = z.strictObject({
  ...listing,
  commune: communeCode.optional(),
  kind: z.enum(producerKinds).optional(),
  approval: z.enum(approvalStates).optional(),
  claim: z.enum(producerClaims).optional(),
});
export type ProducerPage = z.output<typeof producerPage>;
