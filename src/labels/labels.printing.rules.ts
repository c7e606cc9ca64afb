// From a run and its records to the plain data of its sheet.
import type { Batch } from '../batches/batches.types.ts';
import { traceUrl } from '../codes/digital-link.ts';
import { issueCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Producer } from '../producers/producers.types.ts';
import type { Product } from '../products/products.types.ts';
import type { LabelSheet, SheetLabel } from './labels.sheet.types.ts';
import type { LabelRun } from './labels.types.ts';

/** The 12 symbols that every label of a lot run carries. */
export function lotCode(run: LabelRun, codeKey: CodeKey): string {
  return issueCode(codeKey, { run: run.runNumber, unit: 0 });
}

// Labels are printed in Vietnamese, the language of the label law, whatever language the page has.
const printedDay = (key: 'labels.print.packed' | 'labels.print.useBy', day: string | undefined): string | undefined =>
  day === undefined ? undefined : t('vi', key, { day: formatDay('vi', day) });

const labelOf = (run: LabelRun, codeKey: CodeKey, batch: Batch, product: Product): SheetLabel => {
  const code = lotCode(run, codeKey);
  const produced = printedDay('labels.print.packed', batch.packedOn);
  const useBy = printedDay('labels.print.useBy', batch.useBy);
  return {
    url: traceUrl(run.baseUrl, code),
    code,
    productName: product.name,
    lotNumber: batch.lotNumber,
    ...(produced === undefined ? {} : { producedText: produced }),
    ...(useBy === undefined ? {} : { useByText: useBy }),
  };
};

/** Everything that the sheet of a run says. `options`: first free cell, offset in millimetres, cut lines. */
export function sheetOf(
  printable: { run: LabelRun; facts: { batch: Batch; product: Product; producer: Producer } },
  codeKey: CodeKey,
  options: { startAt: number; offsetX: number; offsetY: number; cutLines: '0' | '1' },
): LabelSheet {
  const { run, facts } = printable;
  const label = labelOf(run, codeKey, facts.batch, facts.product);
  return {
    layout: run.layout,
    lang: 'vi',
    heading: facts.producer.legalName,
    sample: run.sample,
    startAt: options.startAt,
    offsetMm: { x: options.offsetX, y: options.offsetY },
    cutLines: options.cutLines === '1',
    createdAt: run.createdAt,
    labels: Array.from({ length: run.quantity }, () => label),
  };
}
