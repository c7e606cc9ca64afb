// Producers in words and as JSON.
import { z } from 'zod';
import type { Actor } from '../actor.ts';
import { provinceCodesOf } from '../actor.ts';
import { dayOf } from '../days.ts';
import { formatDay, formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Address, ApprovalState, Producer } from './producers.types.ts';
import { approvalOutcomes, producerClaims, producerKinds, registeredKinds } from './producers.types.ts';
import { marketplaceOf } from './producers.shops.rules.ts';
import { provinceFullName } from './provinces.ts';

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
  publicName: z.boolean(),
  publicPhone: z.boolean(),
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
  const { importKey: _k, claimId: _c, askedAgainAt: _a, createdAt, ...facts } = producer;
  return {
    ...facts,
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

/** A producer in the officer's list. */
export function producerCard(language: Language, producer: Producer, approval: ApprovalState) {
  return {
    legalName: producer.legalName,
    kind: t(language, `producers.kinds.${producer.kind}`),
    address: addressLine(producer.address),
    approval,
    approvalWords: t(language, `producers.approval.${approval}`),
    href: paths.officeApprovals(producer.id),
    sample: producer.sample,
  };
}

/** Everything about a producer that the deciding officer reads. */
export function producerFacts(language: Language, producer: Producer, approval: ApprovalState) {
  const word = (key: string): string => t(language, `producers.fields.${key}`);
  const rows = [
    { label: word('kind'), value: t(language, `producers.kinds.${producer.kind}`) },
    { label: word('registrationNumber'), value: producer.registrationNumber },
    { label: t(language, 'producers.address'), value: addressLine(producer.address) },
    { label: word('formerAddress'), value: producer.formerAddress },
    { label: word('hotline'), value: formatPhone(producer.hotline) },
    { label: word('gln'), value: producer.gln },
    { label: word('story'), value: producer.story },
  ];
  return {
    legalName: producer.legalName,
    approval,
    approvalWords: t(language, `producers.approval.${approval}`),
    rows: rows.filter(({ value }) => value !== ''),
    decisions: [...producer.approvals].reverse().map((one) => ({
      outcome: t(language, `producers.approval.${one.outcome}`),
      on: formatDay(language, dayOf(one.at)),
      reason: one.reason,
    })),
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

/** The provinces of the officer. */
export function provinceChoices(actor: Actor, chosen: string): Choice[] {
  return provinceCodesOf(actor).map((code) => ({
    value: code,
    label: provinceFullName(code),
    selected: code === chosen,
  }));
}
