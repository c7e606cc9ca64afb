// What the label pages show: the batches to print, what one still lacks, what a label will say, and the runs made before.
import type { Batch } from '../batches/batches.types.ts';
import { formatDay, formatMoment, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Product } from '../products/products.types.ts';
import { labelItems } from './labels.types.ts';
import type { LabelItem, LabelRun } from './labels.types.ts';

/** Names of the fields of the form on the page of a batch's labels: the run, and how its first printing lies on paper. */
export const labelFormFields = ['id', 'quantity', 'startAt', 'offsetX', 'offsetY', 'cutLines'] as const;

type Option = { value: string; label: string; detail: string; selected: boolean };

/** How many of the mandatory items are there. */
export type Completeness = { done: number; total: number };

/** Data of views/labels/index.hbs. `state`: ready, incomplete, held, recalled. */
export type LabelsIndexView = {
  batches: { href: string; title: string; lot: string; words: string; state: string; completeness: Completeness }[];
  newBatchHref: string;
};

/** Data of views/labels/batch-labels.hbs beside `form` (a FormState of `labelFormFields`). */
export type BatchLabelsView = {
  back: string;
  action: string;
  batchHref: string;
  productName: string;
  lotWords: string;
  lines: string[];
  sample: boolean;
  isSampleRun: boolean;
  unitsWords: string;
  /** Why nothing can be printed: '' when it can, 'recalled', 'held' or 'incomplete'. */
  blocked: string;
  blockedWords: string;
  completeness: Completeness;
  missing: { words: string; href: string }[];
  sideways: Option[];
  upright: Option[];
  cutLines: Option[];
  runs: { words: string; code: string; sample: boolean; href: string }[];
  /** Whether there is anything to print, so that the printer's settings matter. */
  showsPaperHint: boolean;
};

const completenessOf = (missing: readonly LabelItem[]): Completeness => ({
  done: labelItems.length - missing.length,
  total: labelItems.length,
});

/** The missing items as one list in words. */
function missingWords(language: Language, missing: readonly LabelItem[]): string {
  const words = missing.map((item) => t(language, `labels.items.${item}`));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
}

/** Where a missing item can be mended; '' where the person can do nothing. */
function mendHref(item: LabelItem, batch: Batch): string {
  if (item === 'product-picture') return paths.appProductPicture(batch.productId);
  if (item === 'key-events') return paths.appNewStep(batch.id);
  if (item === 'lot-number') return paths.appBatch(batch.id);
  if (item === 'use-by') return paths.appBatchPacking(batch.id);
  if (item === 'producer-approved') return '';
  return item === 'producer-name' || item === 'producer-address' ? paths.appMe : paths.appProduct(batch.productId);
}

const stateOf = (batch: Batch, isRecalled: boolean, missing: readonly LabelItem[]): string => {
  if (isRecalled) return 'recalled';
  if (batch.held) return 'held';
  return missing.length > 0 ? 'incomplete' : '';
};

/** The list of batches that labels can be made for. */
export function labelsIndexView(
  language: Language,
  rows: readonly { batch: Batch; product: Product; missing: LabelItem[]; isRecalled: boolean }[],
): LabelsIndexView {
  const batches = rows.map(({ batch, product, missing, isRecalled }) => {
    const blocked = stateOf(batch, isRecalled, missing);
    const words = {
      '': t(language, 'labels.index.ready', { total: labelItems.length }),
      incomplete: t(language, 'labels.index.missing', { items: missingWords(language, missing) }),
      held: t(language, 'labels.index.held'),
      recalled: t(language, 'labels.index.recalled'),
    }[blocked];
    return {
      href: paths.appBatchLabels(batch.id),
      title: product.name,
      lot: t(language, 'labels.index.lot', { lot: batch.lotNumber }),
      words: words ?? '',
      state: blocked === '' ? 'ready' : blocked,
      completeness: completenessOf(missing),
    };
  });
  return { batches, newBatchHref: paths.appNewBatch };
}

const offsetsMm = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];

const offsetOptions = (language: Language, plus: string, minus: string, chosen: string): Option[] =>
  offsetsMm.map((offset) => ({
    value: String(offset),
    label:
      offset === 0
        ? t(language, 'labels.page.offsetNone')
        : t(language, `labels.page.${offset > 0 ? plus : minus}`, { mm: formatNumber(language, Math.abs(offset)) }),
    detail: '',
    selected: String(offset) === (chosen === '' ? '0' : chosen),
  }));

const printedLines = (language: Language, batch: Batch): string[] => [
  t(language, 'labels.page.lot', { lot: batch.lotNumber }),
  ...(batch.packedOn === undefined
    ? []
    : [t(language, 'labels.print.packed', { day: formatDay('vi', batch.packedOn) })]),
  ...(batch.useBy === undefined ? [] : [t(language, 'labels.print.useBy', { day: formatDay('vi', batch.useBy) })]),
  t(language, 'labels.page.code'),
];

const blockedWords = (language: Language, blocked: string, missing: readonly LabelItem[]): string => {
  if (blocked === 'incomplete')
    return t(language, 'labels.page.missingTitle', { missing: missing.length, total: labelItems.length });
  return blocked === '' ? '' : t(language, `labels.page.${blocked}`);
};

/** The page of one batch's labels. `runs` newest first, each with its code as printed; `isLocal`: nobody outside can open the printed address. */
export function batchLabelsView(
  language: Language,
  facts: {
    batch: Batch;
    product: Product;
    missing: LabelItem[];
    isRecalled: boolean;
    isLocal: boolean;
    runs: { run: LabelRun; code: string }[];
  },
  typed: Record<string, string>,
): BatchLabelsView {
  const { batch, product, missing } = facts;
  const blocked = stateOf(batch, facts.isRecalled, missing);
  const isSampleRun = facts.isLocal || batch.sample;
  return {
    back: paths.appLabels,
    action: paths.appBatchLabels(batch.id),
    batchHref: paths.appBatch(batch.id),
    productName: product.name,
    lotWords: t(language, 'labels.page.lot', { lot: batch.lotNumber }),
    lines: printedLines(language, batch),
    sample: batch.sample,
    isSampleRun,
    unitsWords: isSampleRun
      ? t(language, 'labels.page.sample')
      : t(language, 'labels.page.left', { units: formatNumber(language, Math.max(0, batch.unitsLeft)) }),
    blocked,
    showsPaperHint: blocked === '' || facts.runs.length > 0,
    blockedWords: blockedWords(language, blocked, missing),
    completeness: completenessOf(missing),
    missing: missing.map((item) => ({ words: t(language, `labels.mend.${item}`), href: mendHref(item, batch) })),
    sideways: offsetOptions(language, 'offsetRight', 'offsetLeft', typed['offsetX'] ?? ''),
    upright: offsetOptions(language, 'offsetDown', 'offsetUp', typed['offsetY'] ?? ''),
    cutLines: [
      {
        value: '1',
        label: t(language, 'labels.fields.cutLines'),
        detail: t(language, 'labels.page.cutLinesDetail'),
        selected: typed['cutLines'] === '1',
      },
    ],
    runs: facts.runs.map(({ run, code }) => ({
      words: t(language, 'labels.page.runCount', {
        quantity: formatNumber(language, run.quantity),
        moment: formatMoment(language, run.createdAt),
      }),
      code: t(language, 'labels.page.runCode', { code }),
      sample: run.sample,
      href: paths.appLabelRunSheet(run.id),
    })),
  };
}
