// The pages of batches beside the list and the form: the choice of a product, packing, holds, closing.
import type { Day } from '../days.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Product } from '../products/products.types.ts';
import { unitOptions } from './batches.form.view.ts';
import type { Batch, Hold } from './batches.types.ts';

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

/** Data of views/batches/choose-product.hbs. */
export function chooseProductPage(products: readonly Product[]) {
  return {
    back: paths.appBatches,
    products: products.map(({ id, name }) => ({ title: name, href: `${paths.appNewBatch}?product=${id}` })),
    newProductHref: paths.appNewProduct,
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

/** Data of views/batches/closing.hbs beside `form`: to close an open batch, or to reopen a closed one. */
export function closingPage(language: Language, batch: Batch) {
  const turn = batch.closed === undefined ? 'closing' : 'reopening';
  return {
    back: paths.appBatch(batch.id),
    action: turn === 'closing' ? paths.appBatchClosing(batch.id) : paths.appBatchReopening(batch.id),
    lot: t(language, 'batches.lot', { lot: batch.lotNumber }),
    isClosed: turn === 'reopening',
    closedOn: closedWords(language, batch),
    reasonLabel: t(language, `batches.${turn}.reason`),
    saveWords: t(language, `batches.${turn}.save`),
  };
}

const closedWords = (language: Language, { closed }: Batch): string =>
  closed === undefined ? '' : t(language, 'batches.closing.on', { day: formatDay(language, closed.on) });
