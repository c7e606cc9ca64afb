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

/** A lot that a recall reaches, with its product as everybody may know it. */
export type ReachedLot = {
  lotNumber: string;
  product: { name: string; gtin14: string; slug: string } | undefined;
};

/** A recall as everybody may read it. */
export type PublicRecall = {
  recall: Recall;
  closing: RecallClosing | undefined;
  /** '' where a household did not agree to its name. */
  producerName: string;
  /** The recalled lot first, then those made from it. */
  lots: ReachedLot[];
  /** How many more lots than shown it reaches. */
  moreLots: number;
  sample: boolean;
};
