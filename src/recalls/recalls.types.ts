// Recalls (thu hồi) of lots: append-only orders and their ends. A recall of food is another event than the revocation of a star.

export const recallClasses = ['serious', 'ordinary'] as const;
export type RecallClass = (typeof recallClasses)[number];

/** Who ordered it: the producer of its own lot, or the province. Only the same or a higher level ends it. */
export type RecallLevel = 'producer' | 'province';

export type Recall = {
  id: string;
  producerId: string;
  provinceCode: string;
  batchId: string;
  reason: string;
  recallClass: RecallClass;
  level: RecallLevel;
  issuerName: string;
  orderNumber: string;
  /** What to do with it, beyond: stop using, return, see a doctor. */
  instructions: string;
  phone: string;
  openedAt: Date;
  byUserId: string;
};

export type RecallClosing = { id: string; recallId: string; outcome: string; closedAt: Date; byUserId: string };
