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

/** What the symbols hold: the short trace address, or the GS1 Digital Link of a product with a GTIN. */
export const runLinks = ['trace', 'digital-link'] as const;
export type RunLink = (typeof runLinks)[number];

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
  link: RunLink;
  /** Of the product when the run was made, 14 digits: printed symbols keep it whatever becomes of the product; '' for the short address. */
  gtin14: string;
  /** Made while BASE_URL was local: stays a sample for ever and takes nothing from the balance. */
  sample: boolean;
  baseUrl: string;
  byUserId: string;
  createdAt: Date;
};

/**
 * What happened to a run, append-only. checked / check-failed: the print gate read its symbols back, or could not. approved: the owner stands
 * up for it. printed, reprinted: a file was made for the printer. voided: labels that count no more. wasted: copies of a lot label that were
 * spoiled; others may be printed for the goods.
 */
export const runEventKinds = [
  'checked',
  'check-failed',
  'approved',
  'printed',
  'reprinted',
  'voided',
  'wasted',
] as const;
export type RunEventKind = (typeof runEventKinds)[number];

/** Files that printers take. */
export const printFormats = ['pdf', 'zpl', 'csv'] as const;
export type PrintFormat = (typeof printFormats)[number];

export type LabelRunEvent = {
  id: string;
  runId: string;
  producerId: string;
  kind: RunEventKind;
  /** Labels concerned, counted from 0, `end` not included; the whole run for what concerns all. */
  from: number;
  end: number;
  /** undefined but for printing. */
  format: PrintFormat | undefined;
  /** '' where none is needed. */
  reason: string;
  /** Units given back to the batch, so that other labels can be made for its goods (voided, wasted); 0 where the goods are gone. */
  unitsBack: number;
  /** Symbols that were read back (checked), or which label failed and why (check-failed). */
  symbols: number | undefined;
  failedPlace: number | undefined;
  /** Which deed of people on the run it is, from 1, without gaps or doubles; undefined for what the machine notes. */
  turn: number | undefined;
  byUserId: string;
  at: Date;
};

/** How far a run is. `voided`: the whole of it. */
export type RunState = 'checking' | 'check-failed' | 'checked' | 'approved' | 'voided';

/** What a label needs by law and by the house's rules; each is present, missing, or not asked of this product. */
export const labelItems = [
  'product-name',
  'product-picture',
  'net-content',
  'producer-name',
  'producer-address',
  'origin',
  'key-events',
  'lot-number',
  'use-by',
  'standards',
  'label-consent',
  'producer-approved',
] as const;
export type LabelItem = (typeof labelItems)[number];
