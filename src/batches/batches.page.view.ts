// The pages of batches: the list, the form that makes one, its packing and its holds.
import type { Day } from '../days.ts';
import { formatDay, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Product } from '../products/products.types.ts';
import type { Site } from '../sites/sites.types.ts';
import { batchUnits } from './batches.types.ts';
import type { Batch, Hold } from './batches.types.ts';

const unitOptions = (language: Language, chosen: string) =>
  batchUnits.map((value) => ({
    value,
    label: t(language, `batches.units.${value}`),
    selected: value === (chosen === '' ? 'kg' : chosen),
  }));

const lettersOf = (name: string): string => {
  const [first = ''] = name.trim().split(/\s+/);
  const plain = first.replace(/[đĐ]/g, 'd').normalize('NFD');
  const letters = plain.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
  return letters === '' ? 'LO' : letters.slice(0, 4);
};

/** A lot number that the product does not have yet: NA-260902-01. */
export function suggestLot(productName: string, day: Day, taken: readonly string[]): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const stem = `${lettersOf(productName)}-${year.slice(2)}${month}${date}`;
  for (let number = 1; ; number += 1) {
    const lot = `${stem}-${String(number).padStart(2, '0')}`;
    if (!taken.includes(lot)) return lot;
  }
}

const stateOf = (language: Language, batch: Batch, isRecalled: boolean): { words: string; tone: string } => {
  if (isRecalled) return { words: t(language, 'batches.state.recalled'), tone: 'gach' };
  if (batch.held) return { words: t(language, 'batches.state.held'), tone: 'nghe' };
  if (batch.packedOn !== undefined) {
    const day = formatDay(language, batch.packedOn);
    return {
      words: t(language, 'batches.state.packed', { day, units: formatNumber(language, batch.unitsMade) }),
      tone: '',
    };
  }
  return { words: t(language, 'batches.state.started', { day: formatDay(language, batch.startedOn) }), tone: '' };
};

/** Data of views/batches/list.hbs. */
export function batchListPage(
  language: Language,
  rows: readonly { batch: Batch; product: Product | undefined; isRecalled: boolean }[],
  next: string | null,
) {
  return {
    batches: rows.map(({ batch, product, isRecalled }) => ({
      href: paths.appBatch(batch.id),
      title: product?.name ?? batch.lotNumber,
      lot: t(language, 'batches.lot', { lot: batch.lotNumber }),
      ...stateOf(language, batch, isRecalled),
    })),
    newHref: paths.appNewBatch,
    nextHref: next === null ? '' : `${paths.appBatches}?after=${encodeURIComponent(next)}`,
  };
}

/** Data of views/batches/choose-product.hbs. */
export function chooseProductPage(products: readonly Product[]) {
  return {
    back: paths.appBatches,
    products: products.map(({ id, name }) => ({ title: name, href: `${paths.appNewBatch}?product=${id}` })),
    newProductHref: paths.appNewProduct,
  };
}

/** Data of views/batches/new.hbs beside `form`. */
export function newBatchPage(
  language: Language,
  facts: { product: Product; sites: readonly Site[]; today: Day },
  typed: Record<string, string>,
) {
  const chosen = (typed['siteIds'] ?? '').split(',');
  return {
    back: paths.appBatches,
    action: paths.appNewBatch,
    productName: facts.product.name,
    today: facts.today,
    sites: facts.sites.map(({ id, name, communeName }) => ({
      value: id,
      label: name,
      detail: communeName,
      selected: chosen.includes(id),
    })),
    newSiteHref: paths.appNewSite,
    units: unitOptions(language, typed['quantity.unit'] ?? ''),
    isPackedOpen: ['harvestedOn', 'packedOn', 'useBy'].some((name) => (typed[name] ?? '') !== ''),
  };
}

/** What the packing form shows of a batch as it is. */
export function packingValues(batch: Batch, id: string): Record<string, unknown> {
  const { harvestedOn, packedOn, useBy, quantity, unitsMade } = batch;
  const amount = String(quantity.amount).replace('.', ',');
  const units = unitsMade === 0 ? '' : unitsMade;
  return { id, harvestedOn, packedOn, useBy, quantity: { amount, unit: quantity.unit }, unitsMade: units };
}

/** Data of views/batches/packing.hbs beside `form`. */
export function packingPage(language: Language, batch: Batch, today: Day, typed: Record<string, string>) {
  return {
    back: paths.appBatch(batch.id),
    action: paths.appBatchPacking(batch.id),
    lot: t(language, 'batches.lot', { lot: batch.lotNumber }),
    today,
    units: unitOptions(language, typed['quantity.unit'] ?? ''),
  };
}

/** Data of views/batches/hold.hbs beside `form`. */
export function holdPage(language: Language, batch: Batch, hold: Hold) {
  return {
    back: paths.appBatch(batch.id),
    action: paths.appBatchHold(batch.id, hold.id),
    lot: t(language, 'batches.lot', { lot: batch.lotNumber }),
    words: t(language, `batches.hold.reasons.${hold.reason}`),
  };
}
