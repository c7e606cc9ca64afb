// Producers in words and as JSON.
import { z } from 'zod';
import { agreedItems } from '../consents.ts';
import { consentItems } from '../consents.types.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Address, ApprovalState, Producer, ProducerKind } from './producers.types.ts';
import { approvalOutcomes, producerClaims, producerKinds, registeredKinds } from './producers.types.ts';
import { marketplaceOf } from './shops.types.ts';
import { provinceFullName } from '../units/provinces.types.ts';

export const producerAnswer = z.object({
  id: z.string(),
  legalName: z.string(),
  kind: z.enum(producerKinds),
  registrationNumber: z.string(),
  address: z.object({
    communeCode: z.string(),
    communeName: z.string(),
    provinceCode: z.string(),
    provinceName: z.string(),
    street: z.string(),
  }),
  formerAddress: z.string(),
  hotline: z.string(),
  gln: z.string(),
  story: z.string(),
  /** Items that are agreed to now. */
  consents: z.array(z.enum(consentItems)),
  shops: z.array(z.object({ url: z.string(), marketplace: z.string() })),
  sample: z.boolean(),
  claim: z.enum(producerClaims),
  source: z.string(),
  approval: z.enum(['pending', ...approvalOutcomes]),
  approvals: z.array(
    z.object({
      id: z.string(),
      outcome: z.enum(approvalOutcomes),
      reason: z.string(),
      byUserId: z.string(),
      at: z.iso.datetime(),
    }),
  ),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
});

export const producerListAnswer = z.object({ items: z.array(producerAnswer), next: z.string().nullable() });

export function producerJson(producer: Producer, approval: ApprovalState): z.output<typeof producerAnswer> {
  const { importKey: _k, claimId: _c, askedAgainAt: _a, signUp: _s, createdAt, ...facts } = producer;
  return {
    ...facts,
    consents: agreedItems(producer.consents),
    shops: producer.shops.map(({ url }) => ({ url, marketplace: marketplaceOf(url) })),
    approval,
    approvals: producer.approvals.map((one) => ({ ...one, at: one.at.toISOString() })),
    createdAt: createdAt.toISOString(),
  };
}

const lowerFirst = (words: string): string => words.charAt(0).toLocaleLowerCase('vi') + words.slice(1);

/** Xóm Mẫu, xã La Hiên, tỉnh Thái Nguyên: from the smallest place to the largest. */
export function addressLine(address: Address): string {
  const places = [address.street, address.communeName, address.provinceName].filter((place) => place !== '');
  return [places[0] ?? '', ...places.slice(1).map(lowerFirst)].join(', ');
}

/** The kind in words; of an imported one it may be unknown. */
export function kindWords(language: Language, kind: ProducerKind): string {
  return t(language, kind === 'other' ? 'producers.kindUnknown' : `producers.kinds.${kind}`);
}

const colours: Record<ApprovalState, string> = { pending: 'nghe', approved: 'la', refused: 'gach' };
const icons: Record<ApprovalState, string> = { pending: 'wait', approved: 'done', refused: 'fault' };

/** The state of a producer in words, with its colour and icon: unclaimed, or that of its approval. */
export function stateOf(language: Language, producer: Producer, approval: ApprovalState) {
  if (producer.claim === 'unclaimed')
    return { state: t(language, 'producers.claim.unclaimed'), colour: 'phu', icon: 'wait' };
  return { state: t(language, `producers.approval.${approval}`), colour: colours[approval], icon: icons[approval] };
}

/** A producer in the officer's list. */
export function producerCard(language: Language, producer: Producer, approval: ApprovalState) {
  return {
    legalName: producer.legalName,
    kind: kindWords(language, producer.kind),
    address: addressLine(producer.address),
    ...stateOf(language, producer, approval),
    href: paths.officeProducer(producer.id),
    sample: producer.sample,
  };
}

export type Choice = { value: string; label: string; selected: boolean };

export function kindChoices(language: Language, chosen: string): Choice[] {
  return registeredKinds.map((kind) => ({
    value: kind,
    label: t(language, `producers.kinds.${kind}`),
    selected: kind === chosen,
  }));
}

/** Provinces to choose from, by their codes. */
export function provinceChoices(codes: readonly string[], chosen: string): Choice[] {
  return codes.map((code) => ({ value: code, label: provinceFullName(code), selected: code === chosen }));
}
