// What a crop is made of: its product, its year, its work.
import type { BatchUnit } from '../../src/batches/batches.types.ts';
import type { NetContent } from '../../src/products/products.types.ts';
import type { SiteKind } from '../../src/sites/sites.types.ts';
import type { StepKind } from '../../src/steps/steps.types.ts';

/** One piece of work. `on` and `until` are days after the season's start; of finishing work, after the harvest. */
export type Work = {
  kind: StepKind;
  on: number;
  until?: number;
  material?: string;
  /** Waiting time in days, of a spray. */
  waitDays?: number;
  amount?: { least: number; most: number; unit: string };
  notes?: readonly string[];
};

export type Crop = {
  key: string;
  /** Begins the lot numbers. */
  lotPrefix: string;
  productNames: readonly string[];
  /** Score card of Decision 26/2026/QĐ-TTg. */
  ocopSet: number;
  netContents: readonly NetContent[];
  packaging: string;
  shelfLifeDays: number;
  ingredients: string;
  storage: string;
  usage: string;
  warnings: string;
  site: { kind: SiteKind; words: readonly string[] };
  /** From the start of one season to the start of the next. */
  seasonDays: number;
  /** Days after the season's start on which lots are harvested (or, without a harvest, made). */
  harvest: { from: number; to: number; isHarvest: boolean };
  care: readonly Work[];
  finish: readonly Work[];
  /** Of one lot, in `unit`. */
  amount: { least: number; most: number; unit: BatchUnit };
  /** Of its drawing: ground and fruit, as #rrggbb. */
  colours: readonly [string, string];
};
