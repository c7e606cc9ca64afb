// Producers (chủ thể OCOP): the organisations that answer for products.
import type { Consent } from '../consents.types.ts';

/** What an organisation that registers may be. */
export const registeredKinds = ['cooperative', 'cooperative-group', 'company', 'farm', 'household'] as const;

/** 'other': an imported owner whose kind the list did not give. */
export const producerKinds = [...registeredKinds, 'other'] as const;
export type ProducerKind = (typeof producerKinds)[number];

/** 'unclaimed': known from a list only; nobody answers for it yet, nothing prints. */
export const producerClaims = ['claimed', 'unclaimed'] as const;
export type ProducerClaim = (typeof producerClaims)[number];

/** A shop on a marketplace, by its address (https, a host of the table in the rules); the marketplace follows from the host. */
export type Shop = { url: string };

/** An address after 1 July 2025: commune and province by their General Statistics Office codes, names in full (`Xã La Hiên`, `Tỉnh Thái Nguyên`). Of an unclaimed producer everything but the province may be ''. */
export type Address = {
  communeCode: string;
  communeName: string;
  provinceCode: string;
  provinceName: string;
  street: string;
};

export const approvalOutcomes = ['approved', 'refused'] as const;

/** A decision on whether the producer may print labels; the latest one stands. Append-only. */
export type Approval = {
  id: string;
  outcome: (typeof approvalOutcomes)[number];
  /** '' when none; a refusal has one. */
  reason: string;
  byUserId: string;
  at: Date;
};

export const approvalStates = ['pending', ...approvalOutcomes] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** A producer that registered itself: who sent the application, and which texts they agreed to. */
export type SignUp = {
  /** The person whose login was given. They become its owner, or are asked to take it when the login was theirs before. */
  userId: string;
  representative: string;
  /** Versions of the texts. */
  termsVersion: string;
  consentVersion: string;
  at: Date;
  /** When the holder of the login said that the application is not theirs. */
  declinedAt?: Date;
  /** When what says who applied was removed, long after a refusal. */
  erasedAt?: Date;
};

export type Producer = {
  id: string;
  legalName: string;
  kind: ProducerKind;
  registrationNumber: string;
  address: Address;
  /** As printed on labels before 1 July 2025, in words; '' when none. */
  formerAddress: string;
  /** Digits; '' when none. */
  hotline: string;
  gln: string;
  story: string;
  shops: Shop[];
  /** What the people behind it agreed to, and took back. Append-only; kept inside so that each raises the version in the same write. */
  consents: Consent[];
  sample: boolean;
  claim: ProducerClaim;
  /** What names it in the list that it was imported from. */
  importKey: string | undefined;
  /** Where imported facts come from, in words; '' unless imported. */
  source: string;
  /** Under which id an officer completed an imported one. */
  claimId: string | undefined;
  approvals: Approval[];
  /** When its own people last changed something after a refusal: from then on it waits for a decision again. */
  askedAgainAt: Date | undefined;
  /** Only of those that registered themselves. */
  signUp?: SignUp;
  /** Raised by every change; part of the scan page's stamp. */
  version: number;
  createdAt: Date;
};

/** An owner as a list of recognitions names it. `communeCode` and `communeName` are '' where the list does not say. */
export type ImportedProducer = {
  importKey: string;
  legalName: string;
  kind: ProducerKind;
  provinceCode: string;
  communeCode: string;
  communeName: string;
  formerAddress: string;
  source: string;
};

/** Who applied, as an officer sees it, and the records that may be of the same organisation. */
export type Application = {
  signUp: SignUp | undefined;
  /** undefined when nobody has the account any more. */
  person: { name: string; login: string } | undefined;
  /** Whether the person has the organisation. */
  isTaken: boolean;
  twins: Producer[];
  /** Records under the same number that the officer may not see. */
  twinsElsewhere: number;
};
