// Producers (chủ thể OCOP): the organisations that answer for products.

export const producerKinds = ['cooperative', 'cooperative-group', 'company', 'farm', 'household'] as const;
export type ProducerKind = (typeof producerKinds)[number];

/** An address after 1 July 2025: commune and province by their General Statistics Office codes, names in full (`Xã La Hiên`, `Tỉnh Thái Nguyên`). */
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

export type ApprovalState = 'pending' | 'approved' | 'refused';

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
  /** What a household agreed to show in public; organisations are public by law. */
  publicName: boolean;
  publicPhone: boolean;
  sample: boolean;
  approvals: Approval[];
  /** Raised by every change; part of the scan page's stamp. */
  version: number;
  createdAt: Date;
};
