// From a run and its records to the plain data of its sheet.
import type { Batch } from '../batches/batches.types.ts';
import { digitalLinkUrl, traceUrl } from '../codes/digital-link.ts';
import { issueCode, issueCodes } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { formatAmount, formatDay, formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Address, Producer } from '../producers/producers.types.ts';
import type { Product } from '../products/products.types.ts';
import { sheetLayouts } from './labels.layout.ts';
import type { PressSheet } from './labels.press.types.ts';
import type { LabelFact, LabelField, LabelParagraph } from './labels.sheet.types.ts';
import type { LabelRun } from './labels.types.ts';

/** What a sheet is printed from. */
export type LabelRecords = { batch: Batch; product: Product; producer: Producer };

/** How one printing lies on paper: first free cell, offset in millimetres, cut lines; and the smallest letters in points. */
export type Paper = { startAt: number; offsetX: number; offsetY: number; cutLines: '0' | '1' };

/** The 12 symbols that every label of a lot run carries; of a unit run those of its first label. */
export function lotCode(run: LabelRun, codeKey: CodeKey): string {
  return issueCode(codeKey, { run: run.runNumber, unit: 0 });
}

/** The address that a label's symbol holds. */
export function labelUrl(run: LabelRun, lotNumber: string, code: string): string {
  if (run.link === 'trace') return traceUrl(run.baseUrl, code);
  const link = { baseUrl: run.baseUrl, gtin14: run.gtin14, lot: lotNumber };
  return digitalLinkUrl(run.kind === 'lot' ? link : { ...link, serial: code });
}

/** Address and code of the labels at the places `from` to before `end`; all the same in a lot run. */
export function ownLabels(
  run: LabelRun,
  lotNumber: string,
  codeKey: CodeKey,
): (from: number, end: number) => [url: string, code: string][] {
  const addressed = (code: string): [string, string] => [labelUrl(run, lotNumber, code), code];
  if (run.kind === 'lot') {
    const own = addressed(lotCode(run, codeKey));
    return (from, end) => Array.from({ length: end - from }, () => own);
  }
  return (from, end) => [...issueCodes(codeKey, run.runNumber, from, end - from)].map(addressed);
}

// Labels are printed in Vietnamese, the language of the label law, whatever language the page has.
const word = (key: string, facts: Record<string, string> = {}): string => t('vi', `labels.print.${key}`, facts);

const printedDay = (key: 'packed' | 'useBy', day: string | undefined): string | undefined =>
  day === undefined ? undefined : word(key, { day: formatDay('vi', day) });

const fact = (field: LabelField, key: string, value: string | undefined): LabelFact[] =>
  value === undefined || value === '' ? [] : [{ field, label: word(key), value }];

const factsOf = ({ batch, product }: LabelRecords): LabelFact[] => {
  const day = (value: string | undefined) => (value === undefined ? undefined : formatDay('vi', value));
  // A name beside its value on the label: the day of harvest where there is one, else of packing.
  const made = batch.harvestedOn === undefined ? ['packedOn', batch.packedOn] : ['harvestedOn', batch.harvestedOn];
  return [
    ...fact('producedText', made[0] ?? 'packedOn', day(made[1])),
    ...fact('useByText', 'useByWord', day(batch.useBy)),
    ...fact('netContent', 'netContent', netText(product.netContent)),
  ];
};

const netText = (net: Product['netContent'] | undefined): string =>
  net === undefined ? '' : formatAmount('vi', net.amount, t('vi', `products.units.${net.unit}`));

const plain = (field: LabelField, text: string): LabelParagraph[] =>
  text === '' ? [] : [{ field, spans: [{ text, weight: 'regular' }] }];

const lowerFirst = (words: string): string => words.charAt(0).toLocaleLowerCase('vi') + words.slice(1);

const addressLine = ({ street, communeName, provinceName }: Address): string =>
  [street, communeName, provinceName]
    .filter((part) => part !== '')
    .map((part, place) => (place === 0 ? part : lowerFirst(part)))
    .join(', ');

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

// Who answers for the goods where that is not the producer: its name on every card, its address where the label says everything.
const responsible = ({ responsibleParty: party }: Product, detail: 'short' | 'full'): LabelParagraph[] => {
  if (party === undefined) return [];
  const spans = [
    { text: `${word('responsible')} `, weight: 'regular' as const },
    { text: party.name, weight: 'bold' as const },
  ];
  const address = { text: `, ${sentence(party.address)}`, weight: 'regular' as const };
  return [{ field: 'responsibleParty', spans: detail === 'full' ? [...spans, address] : spans }];
};

const fullParagraphs = ({ batch, product, producer }: LabelRecords): LabelParagraph[] => {
  const phone = producer.hotline === '' ? '' : word('phone', { phone: formatPhone(producer.hotline) });
  const told = (key: string, value: string): string => (value === '' ? '' : sentence(word(key, { value })));
  const warning = told('warnings', product.warnings);
  return [
    {
      field: 'party',
      spans: [
        { text: producer.legalName, weight: 'bold' },
        { text: `, ${sentence(addressLine(producer.address))}${phone === '' ? '' : ` ${phone}`}`, weight: 'regular' },
      ],
    },
    ...responsible(product, 'full'),
    ...plain('origin', [told('origin', product.origin), word('lot', { lot: batch.lotNumber })].join(' ').trim()),
    ...plain('ingredients', told('ingredients', product.ingredients)),
    ...plain('allergens', told('allergens', product.allergens)),
    ...plain('usage', told('usage', product.usage)),
    ...plain('storage', told('storage', product.storage)),
    ...(warning === '' ? [] : [{ field: 'warnings' as const, spans: [{ text: warning, weight: 'bold' as const }] }]),
  ];
};

const shortParagraphs = ({ batch, product, producer }: LabelRecords): LabelParagraph[] => [
  { field: 'party', spans: [{ text: producer.legalName, weight: 'bold' }] },
  ...responsible(product, 'short'),
  ...plain('lotNumber', word('lot', { lot: batch.lotNumber })),
];

const sharedOf = (run: LabelRun, records: LabelRecords): PressSheet['shared'] => {
  const { batch, product } = records;
  const { style } = sheetLayouts[run.layout];
  const produced = printedDay('packed', batch.packedOn);
  const useBy = printedDay('useBy', batch.useBy);
  const shared = { productName: product.name, lotNumber: batch.lotNumber };
  if (style.kind === 'line') {
    return {
      ...shared,
      ...(produced === undefined ? {} : { producedText: produced }),
      ...(useBy === undefined ? {} : { useByText: useBy }),
    };
  }
  const paragraphs = style.detail === 'full' ? fullParagraphs(records) : shortParagraphs(records);
  return { ...shared, facts: factsOf(records), paragraphs };
};

/** Everything that the sheet of some labels of a run says; `count` is how many. */
export function sheetOf(
  run: LabelRun,
  records: LabelRecords,
  print: { paper: Paper; count: number; minimumPt: number },
): PressSheet {
  const { paper, count, minimumPt } = print;
  return {
    layout: run.layout,
    lang: 'vi',
    heading: records.producer.legalName,
    sample: run.sample,
    startAt: paper.startAt,
    offsetMm: { x: paper.offsetX, y: paper.offsetY },
    cutLines: paper.cutLines === '1',
    minimumPt,
    createdAt: run.createdAt,
    count,
    shared: sharedOf(run, records),
  };
}
