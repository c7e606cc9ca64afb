// What the form of a batch shows beside what was typed: sites, units, what went in, and the batches it may be made from.
import type { Day } from '../days.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import type { Material } from '../materials/materials.types.ts';
import { paths } from '../paths.ts';
import type { Product } from '../products/products.types.ts';
import type { Site } from '../sites/sites.types.ts';
import { inputUnits, rowCount } from './batches.form.ts';
import type { InputRow } from './batches.form.ts';
import { stateOf } from './batches.list.view.ts';
import type { BatchRow } from './batches.list.view.ts';
import { batchUnits } from './batches.types.ts';
import type { Batch } from './batches.types.ts';

type Values = Record<string, string>;

export const unitOptions = (language: Language, chosen: string) =>
  batchUnits.map((value) => ({
    value,
    label: t(language, `batches.units.${value}`),
    selected: value === (chosen === '' ? 'kg' : chosen),
  }));

/** Everything that the form's choices come from. `candidates` are batches that this one may be made from, `parents` those that it stays with. */
export type FormFacts = {
  sites: readonly Site[];
  materials: readonly Material[];
  candidates: readonly BatchRow[];
  parents: readonly BatchRow[];
  rows: readonly InputRow[];
  today: Day;
};

const inputRow = (language: Language, materials: readonly Material[], row: InputRow | undefined, place: number) => {
  const unit = row?.unit === undefined || row.unit === '' ? 'kg' : row.unit;
  const units = [...new Set<string>([...inputUnits, unit])];
  const field = (name: string): string => `inputs.${place}.${name}`;
  return {
    words: t(language, 'batches.inputs.row', { n: place + 1 }),
    material: field('materialId'),
    name: field('name'),
    amount: field('amount'),
    unitField: field('unit'),
    lot: field('lot'),
    materials: materials.map(({ id, name }) => ({ value: id, label: name, selected: id === row?.materialId })),
    units: units.map((value) => ({ value, label: value, selected: value === unit })),
  };
};

const candidateChoice = (language: Language, { batch, product, isRecalled }: BatchRow, chosen: readonly string[]) => ({
  value: batch.id,
  label: product?.name ?? batch.lotNumber,
  detail: `${t(language, 'batches.lot', { lot: batch.lotNumber })} · ${stateOf(language, batch, isRecalled).words}`,
  selected: chosen.includes(batch.id),
});

/** Data of views/batches/_facts.hbs beside `form`. */
export function formParts(language: Language, facts: FormFacts, typed: Values) {
  const { sites, materials, candidates, parents, rows, today } = facts;
  const chosen = (typed['siteIds'] ?? '').split(',');
  const from = (typed['madeFrom'] ?? '').split(',').filter((id) => id !== '');
  const places = Array.from({ length: rowCount(rows) }, (_, place) => place);
  return {
    today,
    sites: sites.map(({ id, name, communeName }) => ({
      value: id,
      label: name,
      detail: communeName,
      selected: chosen.includes(id),
    })),
    units: unitOptions(language, typed['quantity.unit'] ?? ''),
    inputRows: places.map((place) => inputRow(language, materials, rows[place], place)),
    isInputsOpen: rows.length > 0,
    candidates: candidates.map((one) => candidateChoice(language, one, from)),
    parents: parents.map(({ batch, product }) => ({
      id: batch.id,
      words: `${product?.name ?? ''} · ${t(language, 'batches.lot', { lot: batch.lotNumber })}`,
    })),
    isFromOpen: from.length + parents.length > 0,
  };
}

/** Data of views/batches/new.hbs beside `form`. `taken` is the batch that has the lot number already. */
export function newBatchPage(
  language: Language,
  facts: FormFacts & { product: Product; taken: Batch | undefined },
  typed: Values,
) {
  const { product, taken } = facts;
  return {
    back: paths.appBatches,
    action: paths.appNewBatch,
    productName: product.name,
    newSiteHref: paths.appNewSite,
    isPackedOpen: ['harvestedOn', 'packedOn', 'useBy'].some((name) => (typed[name] ?? '') !== ''),
    takenHref: taken === undefined ? '' : paths.appBatch(taken.id),
    takenWords: taken === undefined ? '' : t(language, 'batches.seeExisting', { lot: taken.lotNumber }),
    ...formParts(language, facts, typed),
  };
}

/** Data of views/batches/edit.hbs beside `form`. */
export function editBatchPage(language: Language, facts: FormFacts & { batch: Batch }, typed: Values) {
  const { batch } = facts;
  return {
    back: paths.appBatch(batch.id),
    action: paths.appBatchEdit(batch.id),
    lot: t(language, 'batches.lot', { lot: batch.lotNumber }),
    ...formParts(language, facts, typed),
  };
}
