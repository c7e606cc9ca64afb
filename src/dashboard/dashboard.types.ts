// What the producer's home is made of.
import type { Batch } from '../batches/batches.types.ts';
import type { Day } from '../days.ts';
import type { LabelItem } from '../labels/labels.types.ts';
import type { ApprovalState, Producer } from '../producers/producers.types.ts';
import type { Product } from '../products/products.types.ts';
import type { Waiting } from '../steps/steps.overview.types.ts';
import type { JournalEntry, StepKind } from '../steps/steps.types.ts';

/** One kind of work on a batch's thread: done, the latest, or still to come. */
export type Stitch = { kind: StepKind; state: 'done' | 'now' | 'coming' };

/** A batch as the home page shows it. `entries` newest first; `waiting` until when no harvest is allowed; `silence` when it is time to ask. */
export type BatchInProgress = {
  batch: Batch;
  product: Product;
  entries: JournalEntry[];
  thread: Stitch[];
  waiting: Waiting | undefined;
  silence: { since: Day; days: number } | undefined;
  isRecalled: boolean;
};

export type Home = {
  producer: Producer;
  approval: ApprovalState;
  /** Applications sent with the person's login that wait for their word. */
  signUpsToTake: number;
  siteCount: number;
  productCount: number;
  /** Of the newest ones that the page looks at; `hasMore` when there are older ones. */
  batchCount: number;
  hasMore: boolean;
  inProgress: BatchInProgress[];
  /** What the labels of the batches nearest to printing lack. */
  labels: { one: BatchInProgress; missing: LabelItem[] }[];
};
