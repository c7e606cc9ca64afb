// When labels may be printed, and what still stands in the way. Pure.
import { AppError } from '../errors.ts';
import type { Batch } from '../batches/batches.types.ts';
import type { Producer } from '../producers/producers.types.ts';
import type { Product } from '../products/products.types.ts';
import { cellsPerPage, sheetLayouts } from './labels.layout.ts';
import { labelItems } from './labels.types.ts';
import type { LabelItem, LabelRun } from './labels.types.ts';

/** What completeness looks at. `stepCount` counts the steps that stand (corrected and withdrawn ones left out). */
export type LabelFacts = {
  batch: Batch;
  product: Product;
  producer: Producer;
  isApproved: boolean;
  /** A household agreed to have its name and address printed; of an organisation nobody is asked. */
  mayPrintName: boolean;
  stepCount: number;
};

// Decree 37/2026/NĐ-CP, Art. 23.5: (a) name, (b) picture, (c) producer's name, (d) its address, (đ) origin, (e) key events with their time,
// (g) brand, lot or serial, (h) use-by where the product has one, (i) standards applied. Net content and approval are the house's own rules:
// a label says how much is in the pack, and what was made is counted by it.
const isPresent: Record<LabelItem, (facts: LabelFacts) => boolean> = {
  'product-name': ({ product }) => product.name !== '',
  'product-picture': ({ product }) => product.picture !== undefined,
  'net-content': ({ product }) => product.netContent !== undefined,
  'producer-name': ({ producer }) => producer.legalName !== '',
  'producer-address': ({ producer }) => producer.address.communeName !== '' && producer.address.provinceName !== '',
  origin: ({ product }) => product.origin !== '',
  'key-events': ({ stepCount }) => stepCount > 0,
  'lot-number': ({ batch }) => batch.lotNumber !== '',
  'use-by': ({ batch, product }) => batch.useBy !== undefined || product.shelfLifeDays === undefined,
  standards: ({ product }) => product.standards.length > 0,
  // A household's name is a person's, and goods must name their maker: so it is asked by name before anything is printed.
  'label-consent': ({ mayPrintName }) => mayPrintName,
  'producer-approved': ({ isApproved }) => isApproved,
};

/** The items of the completeness list that are missing, in the list's order (Decree 37/2026/NĐ-CP, Art. 23.5). */
export function missingItems(facts: LabelFacts): LabelItem[] {
  return labelItems.filter((item) => !isPresent[item](facts));
}

/**
 * Refuses labels for a lot under recall or hold and for an incomplete record: 'batch-recalled', 'batch-held', 'producer-not-approved',
 * 'batch-incomplete' (facts.missing: item names). `recallCount` counts open recalls.
 */
export function requirePrintable(facts: LabelFacts, recallCount: number): void {
  if (recallCount > 0) throw new AppError('batch-recalled');
  if (facts.batch.held) throw new AppError('batch-held');
  const missing = missingItems(facts);
  if (missing.length === 1 && missing[0] === 'producer-approved')
    throw new AppError('producer-not-approved', { missing });
  if (missing.length > 0) throw new AppError('batch-incomplete', { missing });
}

/** Whether a stored run is the one that is asked for again. */
export function isSameRun(
  stored: LabelRun,
  batchId: string,
  sent: Pick<LabelRun, 'kind' | 'quantity' | 'layout' | 'link'>,
): boolean {
  return (
    stored.batchId === batchId &&
    stored.kind === sent.kind &&
    stored.quantity === sent.quantity &&
    stored.layout === sent.layout &&
    stored.link === sent.link
  );
}

/** Every symbol of a run of so many labels is read back; of a larger one a part. */
const readWhole = 2000;
const readShare = 0.05;
const readAtLeast = 50;

/**
 * The pages of a run whose symbols are read back before it is released, counted from 0: all of them up to 2,000 labels; beyond that so many as
 * hold 5 % of the labels and at least 50, spread evenly from the first page to the last.
 */
export function checkPages({ quantity, layout }: Pick<LabelRun, 'quantity' | 'layout'>): number[] {
  const perPage = cellsPerPage(sheetLayouts[layout]);
  const pages = Math.ceil(quantity / perPage);
  const wanted = quantity <= readWhole ? quantity : Math.max(readAtLeast, Math.ceil(quantity * readShare));
  // The last page may be nearly empty: one more keeps the share.
  const count = quantity <= readWhole ? pages : Math.min(pages, Math.ceil(wanted / perPage) + 1);
  if (count === pages) return Array.from({ length: pages }, (_, page) => page);
  return Array.from({ length: count }, (_, turn) => Math.round((turn * (pages - 1)) / (count - 1)));
}
