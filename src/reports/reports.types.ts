// Reports (phản ánh): what anybody who holds a label says is wrong. The fact and its answers are append-only; words, contact and photo lie
// apart, where they can be erased.

export const reportKinds = ['label', 'on-sale', 'quality', 'information', 'other'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** The stored fact. It names no person. */
export type Report = {
  id: string;
  /** What the reporter keeps to look it up: 10 symbols, at random. */
  reference: string;
  producerId: string;
  provinceCode: string;
  productId: string;
  batchId: string;
  /** The code on the label, 12 symbols. */
  code: string;
  kind: ReportKind;
  /** Salted SHA-256 of words and contact. */
  contentHash: string;
  sample: boolean;
  sentAt: Date;
};

/** What of a report can be erased on request: the way to reach its sender, or all that its sender wrote and showed. */
export const reportErasable = ['contact', 'all'] as const;
export type ReportErasable = (typeof reportErasable)[number];

/** What lies apart. '' and undefined once erased. */
export type ReportContent = {
  text: string;
  /** How to reach the sender, as it was written; '' without. Officers see it, the producer does not. */
  contact: string;
  photoFileId: string | undefined;
  contactErasedOn: string | undefined;
  erasedOn: string | undefined;
};

/** Append-only: the producer or the officer in charge says what came of it. */
export type ReportAnswer = {
  id: string;
  reportId: string;
  level: 'producer' | 'province';
  text: string;
  byUserId: string;
  at: Date;
};

export const reportStates = ['new', 'answered'] as const;
export type ReportState = (typeof reportStates)[number];

/** A report with all that hangs on it. */
export type ReportCase = {
  report: Report;
  content: ReportContent;
  answers: ReportAnswer[];
  state: ReportState;
  productName: string;
  producerName: string;
  lotNumber: string;
};
