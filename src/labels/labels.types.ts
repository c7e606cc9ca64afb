// Label runs: how many labels of which batch, under which run number. Codes are worked out of run and unit, never stored.

export const labelLayouts = [
  'a4-65',
  'a4-24',
  'a4-21',
  'a4-12',
  'a4-8',
  'roll-50x30',
  'roll-50x70',
  'roll-70x100',
  'carton',
  'hang-tag',
] as const;
export type LabelLayout = (typeof labelLayouts)[number];

/** The facts of a run, append-only. A lot run has unit 0 only: all its labels carry one code. */
export type LabelRun = {
  id: string;
  /** From one atomic counter; the code's first five symbols are made of it. */
  runNumber: number;
  producerId: string;
  batchId: string;
  kind: 'lot' | 'unit';
  quantity: number;
  layout: LabelLayout;
  /** Made while BASE_URL was local: stays a sample for ever and takes nothing from the balance. */
  sample: boolean;
  baseUrl: string;
  byUserId: string;
  createdAt: Date;
};

/** What a label needs by law and by the house's rules; each is present, missing, or not asked of this product. */
export const labelItems = [
  'product-name',
  'product-picture',
  'producer-name',
  'producer-address',
  'origin',
  'key-events',
  'lot-number',
  'use-by',
  'standards',
  'producer-approved',
] as const;
export type LabelItem = (typeof labelItems)[number];
