// The page of one material: its facts, its label and its stock book.
import { formatAmount, formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { historyRows } from './materials.history.view.ts';
import type { ChangeNote } from './materials.history.view.ts';
import { moveKinds } from './materials.types.ts';
import type { Material, Stock, StockLine } from './materials.types.ts';

const word = (language: Language, key: string, values: Record<string, unknown> = {}): string =>
  t(language, `materials.${key}`, values);

/** 1,5 kg; 20 bao. */
export function amountWords(language: Language, amount: number, { unit }: Pick<Material, 'unit'>): string {
  return formatAmount(language, amount, word(language, `units.${unit}`));
}

/** What the book says is there, in one phrase with its colour; a stock below nothing is said plainly. */
export function stockWords(language: Language, material: Material, stock: Stock, isKept: boolean) {
  if (stock.amount < 0)
    return {
      stock: word(language, 'stock.below', { amount: amountWords(language, -stock.amount, material) }),
      stockTone: 'gach',
    };
  if (!isKept) return { stock: word(language, 'stock.noneYet'), stockTone: '' };
  if (stock.amount === 0) return { stock: word(language, 'stock.none'), stockTone: 'nghe' };
  return {
    stock: word(language, 'stock.left', { amount: amountWords(language, stock.amount, material) }),
    stockTone: '',
  };
}

/** Only what is sprayed or spread has a waiting time that matters. */
const hasWait = ({ kind, waitDays }: Material): boolean => kind === 'pesticide' || waitDays !== undefined;

/** The waiting time in words, '' where the kind has none; unknown is never 0. */
export function waitWords(language: Language, material: Material): string {
  if (!hasWait(material)) return '';
  const { waitDays } = material;
  return waitDays === undefined ? word(language, 'wait.unknown') : word(language, 'wait.days', { days: waitDays });
}

const lineTitle = (language: Language, material: Material, { move }: StockLine): string => {
  const { amount, told, kind, fromStep } = move;
  const unit = word(language, `units.${material.unit}`);
  if (amount === undefined)
    return told === '' ? word(language, 'moves.usedUnknown') : word(language, 'moves.usedTold', { told, unit });
  const words = amountWords(language, amount, material);
  return word(language, fromStep ? 'moves.used' : `moves.line.${kind}`, { amount: words });
};

const differenceWords = (language: Language, material: Material, difference: number | undefined): string => {
  if (difference === undefined) return '';
  if (difference === 0) return word(language, 'moves.same');
  const amount = amountWords(language, Math.abs(difference), material);
  return word(language, difference > 0 ? 'moves.more' : 'moves.less', { amount });
};

const lineRow = (language: Language, material: Material, line: StockLine, isOwn: boolean) => {
  const { move, after, difference } = line;
  const details = [
    differenceWords(language, material, difference),
    move.supplier,
    move.lot === '' ? '' : word(language, 'moves.lot', { lot: move.lot }),
  ];
  return {
    title: lineTitle(language, material, line),
    day: formatDay(language, move.on),
    after: word(language, after < 0 ? 'moves.short' : 'moves.after', {
      amount: amountWords(language, Math.abs(after), material),
    }),
    isBelow: after < 0,
    detail: details.filter((one) => one !== '').join(' · '),
    batchHref: move.batchId === undefined ? '' : paths.appBatch(move.batchId),
    receiptHref: move.receiptFileId === undefined ? '' : paths.file(move.receiptFileId),
    mendHref: isOwn && !move.fromStep ? paths.appMaterialMend(material.id, move.id) : '',
  };
};

const factRows = (language: Language, material: Material) => {
  const { kind, waitDays, activeIngredient, registrationNumber, maker } = material;
  const row = (name: string, value: string) => ({ label: word(language, `fields.${name}`), value });
  const wait = waitDays === undefined ? word(language, 'waitMissing') : word(language, 'waitValue', { days: waitDays });
  return [
    row('kind', word(language, `kinds.${kind}`)),
    row('waitDays', hasWait(material) ? wait : ''),
    row('activeIngredient', activeIngredient),
    row('registrationNumber', registrationNumber),
    row('maker', maker),
  ].filter(({ value }) => value !== '');
};

const stockNotes = (language: Language, stock: Stock): string[] =>
  [
    stock.amount < 0 ? word(language, 'stock.belowLead') : '',
    stock.uncounted > 0 ? word(language, 'stock.uncounted', { count: stock.uncounted }) : '',
    stock.countedOn === undefined
      ? ''
      : word(language, 'stock.countedOn', { day: formatDay(language, stock.countedOn) }),
  ].filter((one) => one !== '');

export type MaterialFactsShown = {
  material: Material;
  stock: Stock;
  lines: readonly StockLine[];
  isOwn: boolean;
  notes: readonly ChangeNote[];
  names: ReadonlyMap<string, string>;
};

/** Data of views/materials/material.hbs beside `form` (of the label's photo). */
export function materialPageView(language: Language, shown: MaterialFactsShown) {
  const { material, stock, lines, isOwn } = shown;
  const picture = material.labelPictureFileId;
  return {
    back: paths.appMaterials,
    name: material.name,
    kind: word(language, `kinds.${material.kind}`),
    wait: material.waitDays === undefined ? '' : waitWords(language, material),
    rows: factRows(language, material),
    lacksWait: material.kind === 'pesticide' && material.waitDays === undefined,
    isOwn,
    editHref: isOwn ? paths.appMaterialEdit(material.id) : '',
    ...stockWords(language, material, stock, lines.length > 0),
    stockNotes: stockNotes(language, stock),
    adds: isOwn
      ? moveKinds.map((kind) => ({
          href: paths.appMaterialMove(material.id, kind),
          words: word(language, `moves.add.${kind}`),
          css: kind === 'in' ? 'p' : '',
        }))
      : [],
    lines: lines.map((line) => lineRow(language, material, line, isOwn)),
    picture: picture === undefined ? '' : paths.picture(picture, 720, 'webp'),
    pictureHref: picture === undefined ? '' : paths.file(picture),
    pictureAlt: word(language, 'picture.alt', { name: material.name }),
    pictureAction: paths.appMaterialPicture(material.id),
    history: historyRows(language, shown.notes, shown.names),
  };
}
