// A batch as its own people see it, with its journal.
import type { Batch } from '../batches/batches.types.ts';
import type { Day } from '../days.ts';
import type { Material } from '../materials/materials.types.ts';
import type { Product } from '../products/products.types.ts';
import type { Site } from '../sites/sites.types.ts';
import type { JournalEntry, JournalGap } from './steps.types.ts';

/** No harvest today: allowed from `allowedFrom`, or not before the waiting time of the spray of `sprayedOn` is known. */
export type Waiting = { sprayedOn: Day; allowedFrom: Day | undefined };

export type RelatedBatch = { batch: Batch; productName: string; isRecalled: boolean };

/** `entries` newest first, `gaps` oldest first; `materials` of the store that are sprayed or spread; `waiting` until when no harvest is allowed; `isOwn`: the asker may record. */
export type BatchOverview = {
  batch: Batch;
  product: Product;
  sites: Site[];
  materials: Material[];
  entries: JournalEntry[];
  gaps: JournalGap[];
  waiting: Waiting | undefined;
  isRecalled: boolean;
  isOwn: boolean;
  /** Batches that it was made from, and those made from it. */
  lineage: { parents: RelatedBatch[]; children: RelatedBatch[] };
};
