// What the page of a batch says of it beside its journal: facts, balance in plain words, what went in, its line, and its end.
import type { Batch } from '../batches/batches.types.ts';
import type { Day } from '../days.ts';
import { formatAmount, formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Product } from '../products/products.types.ts';
import type { BatchOverview, RelatedBatch } from './steps.overview.types.ts';

type Row = { label: string; value: string };

const factRows = (language: Language, { batch, sites }: BatchOverview): Row[] => {
  const row = (name: string, value: string): Row => ({ label: t(language, `batches.fields.${name}`), value });
  const day = (name: string, value: Day | undefined): Row[] =>
    value === undefined ? [] : [row(name, formatDay(language, value))];
  const unit = t(language, `batches.units.${batch.quantity.unit}`);
  return [
    row('siteIds', sites.map(({ name }) => name).join(', ')),
    ...day('startedOn', batch.startedOn),
    ...day('harvestedOn', batch.harvestedOn),
    ...day('packedOn', batch.packedOn),
    ...day('useBy', batch.useBy),
    row('quantityWords', formatAmount(language, batch.quantity.amount, unit)),
  ];
};

// In the smaller unit of each measure.
const factors: Record<Batch['quantity']['unit'] | 'g' | 'ml', { of: string; factor: number }> = {
  g: { of: 'mass', factor: 1 },
  kg: { of: 'mass', factor: 1000 },
  ml: { of: 'volume', factor: 1 },
  l: { of: 'volume', factor: 1000 },
  piece: { of: 'count', factor: 1 },
};

/** What the packs hold together, in the unit of the quantity; undefined where the two are measured differently. */
const packedAmount = ({ quantity, unitsMade }: Batch, { netContent }: Product): number | undefined => {
  if (netContent === undefined) return undefined;
  const [net, made] = [factors[netContent.unit], factors[quantity.unit]];
  if (net.of !== made.of) return undefined;
  return Math.round((unitsMade * netContent.amount * net.factor * 1000) / made.factor) / 1000;
};

const packsWords = (language: Language, count: number, { packaging }: Product): string =>
  formatAmount(language, count, packaging === '' ? t(language, 'batches.balance.packWord') : packaging);

const unitWord = (language: Language, unit: string): string =>
  unit === 'g' || unit === 'ml' ? unit : t(language, `batches.units.${unit}`);

/** How much was made and packed: "Sản lượng 420 kg, đã đóng 804 hộp loại 0,5 kg, tức 402 kg; còn 18 kg chưa đóng." */
const madeWords = (language: Language, batch: Batch, product: Product): string => {
  const amount = (value: number): string => formatAmount(language, value, unitWord(language, batch.quantity.unit));
  const quantity = amount(batch.quantity.amount);
  if (batch.unitsMade === 0) return t(language, 'batches.balance.growing', { quantity });
  const packs = packsWords(language, batch.unitsMade, product);
  const packed = packedAmount(batch, product);
  const { netContent } = product;
  if (packed === undefined || netContent === undefined)
    return t(language, 'batches.balance.packed', { quantity, packs });
  const net = formatAmount(language, netContent.amount, unitWord(language, netContent.unit));
  const rest = Math.round((batch.quantity.amount - packed) * 1000) / 1000;
  return rest > 0
    ? t(language, 'batches.balance.packedRest', { quantity, packs, net, packed: amount(packed), rest: amount(rest) })
    : t(language, 'batches.balance.packedAll', { quantity, packs, net });
};

/** How many packs have labels: what is over is said as it is. */
const labelsWords = (language: Language, { unitsMade, unitsLeft }: Batch, product: Product): string => {
  if (unitsMade === 0 && unitsLeft === 0) return '';
  const packs = (count: number): string => packsWords(language, count, product);
  if (unitsLeft < 0) return t(language, 'batches.balance.over', { over: packs(-unitsLeft) });
  const taken = unitsMade - unitsLeft;
  return taken === 0
    ? t(language, 'batches.balance.noLabels', { left: packs(unitsLeft) })
    : t(language, 'batches.balance.labels', { taken: packs(taken), left: packs(unitsLeft) });
};

const relatedRow = (language: Language, { batch, productName, isRecalled }: RelatedBatch) => ({
  href: paths.appBatch(batch.id),
  title: productName,
  lot: t(language, 'batches.lot', { lot: batch.lotNumber }),
  recalled: isRecalled ? t(language, 'batches.state.recalled') : '',
});

/** Rows of facts, the balance in words, what went in and the line. */
export function batchFacts(language: Language, overview: BatchOverview) {
  const { batch, product, lineage } = overview;
  const lot = (one: string): string => (one === '' ? '' : t(language, 'batches.inputs.lot', { lot: one }));
  return {
    rows: factRows(language, overview),
    balance: [madeWords(language, batch, product), labelsWords(language, batch, product)].filter((one) => one !== ''),
    isOver: batch.unitsLeft < 0,
    inputs: batch.inputs.map((one) => ({
      name: one.name,
      amount: formatAmount(language, one.amount, one.unit),
      lot: lot(one.lot),
      href: one.materialId === undefined ? '' : paths.appMaterial(one.materialId),
    })),
    parents: lineage.parents.map((one) => relatedRow(language, one)),
    children: lineage.children.map((one) => relatedRow(language, one)),
    hasLine: lineage.parents.length + lineage.children.length > 0,
  };
}

/** Whether it is closed, since when and why, and what its own people may do with it. */
export function batchTurns(language: Language, { batch, isOwn }: BatchOverview) {
  const { closed } = batch;
  return {
    closedOn: closed === undefined ? '' : t(language, 'batches.closing.on', { day: formatDay(language, closed.on) }),
    closedWhy:
      closed === undefined || closed.reason === '' ? '' : t(language, 'batches.closing.why', { reason: closed.reason }),
    editHref: isOwn && closed === undefined ? paths.appBatchEdit(batch.id) : '',
    closingHref: isOwn ? paths.appBatchClosing(batch.id) : '',
    closingWords: t(language, closed === undefined ? 'batches.closing.open' : 'batches.reopening.open'),
    historyHref: paths.appBatchHistory(batch.id),
  };
}
