// What the label pages show: the batches to print, what one still lacks, what a label will say, and the runs made before.
import type { Batch } from '../batches/batches.types.ts';
import { formatDay, formatMoment, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Product } from '../products/products.types.ts';
import { sheetLayouts } from './labels.layout.ts';
import { quietModules, recommendedModule } from './labels.qr.ts';
import { labelItems, labelLayouts, runLinks } from './labels.types.ts';
import type { LabelItem, LabelLayout, LabelRun, RunState } from './labels.types.ts';

/** Names of the fields of the form on the page of a batch's labels. */
export const labelFormFields = ['id', 'quantity', 'layout', 'kind', 'link'] as const;

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
  layouts: Option[];
  kinds: Option[];
  /** Empty for a product without GTIN: then there is nothing to choose. */
  links: Option[];
  /** What a label in the chosen layout looks like, at its real size. */
  preview: { src: string; thermalSrc: string; widthPx: number; heightPx: number; alt: string };
  testPageHref: string;
  /** A note on symbols that cheap phones read badly, or ''. */
  moduleWarning: string;
  runs: { words: string; state: string; stateWords: string; sample: boolean; href: string }[];
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

// Fields of the form that changes a product.
const productFields: Partial<Record<LabelItem, string>> = {
  'product-name': 'name',
  'net-content': 'netContent.amount',
  origin: 'origin',
  standards: 'standards',
};

/** Where a missing item can be mended; '' where the person can do nothing. */
function mendHref(item: LabelItem, batch: Batch): string {
  if (item === 'product-picture') return `${paths.appProduct(batch.productId)}#picture`;
  if (item in productFields) return `${paths.appProductEdit(batch.productId)}#${productFields[item] ?? ''}`;
  if (item === 'key-events') return paths.appNewStep(batch.id);
  if (item === 'lot-number') return paths.appBatch(batch.id);
  if (item === 'use-by') return paths.appBatchPacking(batch.id);
  if (item === 'label-consent') return paths.appConsents(batch.producerId);
  if (item === 'producer-approved') return paths.appProducer;
  return paths.appMe;
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

const layoutOptions = (language: Language, chosen: string): Option[] =>
  labelLayouts.map((layout) => ({
    value: layout,
    label: t(language, `labels.layouts.${layout}`),
    detail: '',
    selected: layout === (chosen === '' ? 'a4-65' : chosen),
  }));

const kindOptions = (language: Language, chosen: string): Option[] =>
  (['lot', 'unit'] as const).map((kind) => ({
    value: kind,
    label: t(language, `labels.kinds.${kind}`),
    detail: t(language, `labels.kindDetails.${kind}`),
    selected: kind === (chosen === '' ? 'lot' : chosen),
  }));

const linkOptions = (language: Language, product: Product, chosen: string): Option[] =>
  product.gtin14 === ''
    ? []
    : runLinks.map((link) => ({
        value: link,
        label: t(language, `labels.links.${link}`),
        detail: t(language, `labels.linkDetails.${link}`),
        selected: link === (chosen === '' ? 'trace' : chosen),
      }));

const isLayout = (value: string): value is LabelLayout => (labelLayouts as readonly string[]).includes(value);

/** Real size on a screen whose pixels are as CSS has them, 96 to an inch. */
export const cssPixels = (millimetres: number): number => Math.round((millimetres * 96) / 25.4);

const previewOf = (language: Language, batch: Batch, chosen: string): BatchLabelsView['preview'] => {
  const layout = isLayout(chosen) ? chosen : 'a4-65';
  const { cell } = sheetLayouts[layout];
  const src = `${paths.appLabelPreview(batch.id)}?layout=${layout}`;
  return {
    src: `${src}&dpi=600`,
    thermalSrc: `${src}&dpi=300`,
    widthPx: cssPixels(cell.width),
    heightPx: cssPixels(cell.height),
    alt: t(language, 'labels.page.previewAlt', { layout: t(language, `labels.layouts.${layout}`) }),
  };
};

const moduleWarning = (language: Language, modules: number, chosen: string): string => {
  const { symbol } = sheetLayouts[isLayout(chosen) ? chosen : 'a4-65'];
  const size = symbol.size / (modules + 2 * quietModules);
  return size < recommendedModule
    ? t(language, 'labels.page.moduleWarning', { mm: formatNumber(language, Math.floor(size * 100) / 100) })
    : '';
};

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

/** The page of one batch's labels. `runs` newest first; `isLocal`: nobody outside can open the printed address. */
export function batchLabelsView(
  language: Language,
  facts: {
    batch: Batch;
    product: Product;
    missing: LabelItem[];
    isRecalled: boolean;
    isLocal: boolean;
    /** Modules of the symbol that the printed address needs. */
    modules: number;
    runs: { run: LabelRun; state: RunState }[];
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
    layouts: layoutOptions(language, typed['layout'] ?? ''),
    kinds: kindOptions(language, typed['kind'] ?? ''),
    links: linkOptions(language, product, typed['link'] ?? ''),
    preview: previewOf(language, batch, typed['layout'] ?? ''),
    testPageHref: `${paths.appLabelTestPage}?layout=${isLayout(typed['layout'] ?? '') ? typed['layout'] : 'a4-65'}`,
    moduleWarning: moduleWarning(language, facts.modules, typed['layout'] ?? ''),
    runs: facts.runs.map(({ run, state }) => ({
      words: t(language, 'labels.page.runCount', {
        quantity: formatNumber(language, run.quantity),
        moment: formatMoment(language, run.createdAt),
      }),
      state,
      stateWords: t(language, `labels.states.${state}`),
      sample: run.sample,
      href: paths.appLabelRun(run.id),
    })),
  };
}
