// Batches (lô): a quantity made under the same conditions, sold under one lot number.

export const batchUnits = ['kg', 'l', 'piece'] as const;
export type BatchUnit = (typeof batchUnits)[number];

/** Why a batch is held: its labels wait until owner or officer settles it with a reason. */
export type Hold = {
  reason: 'harvest-too-soon' | 'waiting-time-unknown' | 'units-negative';
  stepId: string;
  at: Date;
  settled: { byUserId: string; reason: string; at: Date } | undefined;
};

export type Batch = {
  id: string;
  producerId: string;
  provinceCode: string;
  productId: string;
  lotNumber: string;
  siteIds: string[];
  /** First day of work for this lot: earlier steps are refused. */
  startedOn: string;
  harvestedOn: string | undefined;
  packedOn: string | undefined;
  /** Last day of use; given, or packed day plus the product's shelf life. */
  useBy: string | undefined;
  quantity: { amount: number; unit: BatchUnit };
  /** Sales units made of it; labels never exceed them. */
  unitsMade: number;
  unitsLeft: number;
  pending: { id: string; units: number }[];
  held: boolean;
  holds: Hold[];
  /** Ids of every batch it was made from, and its own. */
  ancestors: string[];
  /** Open and closed recalls that reach it. */
  recallIds: string[];
  sample: boolean;
  version: number;
  createdAt: Date;
};
