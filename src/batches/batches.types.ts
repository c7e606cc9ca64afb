// Batches (lô): a quantity made under the same conditions, sold under one lot number.

export const batchUnits = ['kg', 'l', 'piece'] as const;
export type BatchUnit = (typeof batchUnits)[number];

export const holdReasons = [
  'harvest-too-soon',
  'waiting-time-unknown',
  'step-in-future',
  'step-before-planting',
  'units-negative',
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** Why a batch is held: its labels wait until owner or officer settles it with a reason. */
export type Hold = {
  /** Of the step or the packing change that caused it: one cause holds a batch once. */
  id: string;
  reason: HoldReason;
  /** undefined when no step caused it. */
  stepId: string | undefined;
  at: Date;
  settled: { byUserId: string; reason: string; at: Date } | undefined;
};

/** Units taken for a label run that is not known to exist yet. */
export type PendingTake = { id: string; units: number; at: Date };

/** What went into a batch beside other batches: a material of the store or a named ingredient, as buyers may read it. */
export type BatchInput = {
  /** Of the producer's store; `name` is then its name when the batch was made or changed. */
  materialId: string | undefined;
  name: string;
  amount: number;
  /** In the producer's words: kg, lít, quả … */
  unit: string;
  /** On the pack of what went in; '' when not known. */
  lot: string;
};

/** Nothing more is done with a closed batch; its labels stay what they are. */
export type BatchClosing = { on: string; reason: string; byUserId: string; at: Date };

export const batchStates = ['open', 'closed', 'held', 'recalled'] as const;
export type BatchState = (typeof batchStates)[number];

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
  pending: PendingTake[];
  held: boolean;
  holds: Hold[];
  inputs: BatchInput[];
  /** Ids of the batches that it was made from directly; they may only become more. */
  madeFrom: string[];
  /** Ids of every batch it was made from, and its own. */
  ancestors: string[];
  /** Open and closed recalls that reach it, and which of them are closed. */
  recallIds: string[];
  closedRecallIds: string[];
  /** undefined while it is open. */
  closed: BatchClosing | undefined;
  sample: boolean;
  version: number;
  createdAt: Date;
};
