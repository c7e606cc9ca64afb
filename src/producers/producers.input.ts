// What officers and a producer's own people give to register, complete, change and decide on a producer, and what they ask of the list.
import { z } from 'zod';
import { producerItems } from '../consents.types.ts';
import { communeCode, line, listing, newId, phone, provinceCode, seenVersion, text } from '../fields.ts';
import { approvalOutcomes, approvalStates, producerClaims, producerKinds, registeredKinds } from './producers.types.ts';
import { isProvinceCode } from '../units/provinces.types.ts';

const flatLine = (max: number) => text(max).refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' });

/** The province's name follows from its code. */
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
};

// What the people behind it agreed to on paper, in front of whoever writes it down; later each is said by itself.
const consents = z.array(z.enum(producerItems)).max(producerItems.length).default([]);

export const newProducer = z.strictObject({ id: newId, ...facts, consents });
export type NewProducer = z.output<typeof newProducer>;

/** Everything that somebody may say of a producer, consents apart. */
export type GivenFacts = Omit<NewProducer, 'id' | 'consents'>;

/** The whole record as it shall be, and the version that the person saw. */
export const changedProducer = z.strictObject({ version: seenVersion, ...facts });
export type ChangedProducer = z.output<typeof changedProducer>;

/** An imported owner with what was missing filled in. */
export const newClaim = z.strictObject({ id: newId, ...facts, registrationNumber: line(40), consents });
export type NewClaim = z.output<typeof newClaim>;

/** To agree to one item, or to take it back. `textVersion` is the wording that the person saw; taking back needs none. */
export const newProducerConsent = z
  .strictObject({ id: newId, item: z.enum(producerItems), given: z.boolean(), textVersion: text(20).default('') })
  .refine(({ given, textVersion }) => !given || textVersion !== '', { path: ['textVersion'], error: 'required' });
export type NewProducerConsent = z.output<typeof newProducerConsent>;

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
