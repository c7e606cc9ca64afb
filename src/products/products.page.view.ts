// The page of one product: its facts, what its labels still lack and where to mend it, its pictures, its history.
import { dayOf } from '../days.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { SentPicture } from './products.form.ts';
import { productSlug } from './products.rules.ts';
import { mostPictures } from './products.types.ts';
import type { Product, ProductLack, ProductPicture } from './products.types.ts';
import { netWords, pictureOf, setWords, shownPicture } from './products.view.ts';
import type { OcopSet } from './sets.types.ts';

export type HistoryNote = {
  actorId: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  at: Date;
};

const longestShown = 240;

const changedText = (value: unknown): string => {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join('; ');
  return typeof value === 'string' ? value : '';
};

const changedWords = (language: Language, sets: readonly OcopSet[], name: string, value: unknown): string => {
  const words = (): string => {
    if (name === 'pictures' && Array.isArray(value))
      return (value as ProductPicture[]).map(({ alt }, place) => `${place + 1}. ${alt}`).join('; ');
    if (name === 'ocopSet' && typeof value === 'number') return setWords(language, sets, value);
    if (name === 'netContent' && value !== null && value !== undefined)
      return netWords(language, { netContent: value } as Product);
    if (name === 'responsibleParty' && value !== null && value !== undefined)
      return partyWords({ responsibleParty: value } as Product);
    return changedText(value);
  };
  const text = words();
  if (text === '') return t(language, 'products.history.empty');
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
};

const wordOfField: Record<string, string> = {
  gtin14: 'gtin',
  netContent: 'netContent.amount',
  pictures: 'pictures',
  responsibleParty: 'party',
};

/** The history, newest first: when, who, and of each field what it was and what it is. `names` are shown names by user id. */
export function historyRows(
  language: Language,
  sets: readonly OcopSet[],
  { notes, names }: { notes: readonly HistoryNote[]; names: ReadonlyMap<string, string> },
) {
  return [...notes].reverse().map((note) => ({
    what: t(language, 'products.history.changed'),
    by: t(language, 'products.history.by', {
      day: formatDay(language, dayOf(note.at)),
      name: names.get(note.actorId) ?? t(language, 'products.history.unknown'),
    }),
    changes: Object.entries(note.after ?? {}).map(([name, value]) => ({
      label: t(language, `products.fields.${wordOfField[name] ?? name}`),
      was: changedWords(language, sets, name, note.before?.[name]),
      is: changedWords(language, sets, name, value),
    })),
  }));
}

const partyWords = ({ responsibleParty: party }: Product): string =>
  party === undefined ? '' : `${party.name}, ${party.address}`;

const formerNames = (product: Product, notes: readonly HistoryNote[]): string => {
  const names = notes.map(({ before }) => before?.['name']).filter((name) => typeof name === 'string');
  return [...new Set(names)].filter((name) => name !== product.name).join('; ');
};

const factRows = (
  language: Language,
  product: Product,
  sets: readonly OcopSet[],
  notes: readonly HistoryNote[],
): { label: string; value: string }[] => {
  const word = (key: string): string => t(language, `products.fields.${key}`);
  const days = product.shelfLifeDays;
  return [
    { label: t(language, 'products.formerNames'), value: formerNames(product, notes) },
    { label: word('netContent.amount'), value: netWords(language, product) },
    { label: word('brand'), value: product.brand },
    { label: word('packaging'), value: product.packaging },
    { label: word('gtin'), value: product.gtin14 },
    { label: word('internalCode'), value: product.internalCode },
    { label: word('ocopSet'), value: setWords(language, sets, product.ocopSet) },
    { label: word('shelfLifeDays'), value: days === undefined ? '' : t(language, 'products.days', { days }) },
    { label: word('origin'), value: product.origin },
    { label: word('standards'), value: product.standards.join('; ') },
    { label: word('ingredients'), value: product.ingredients },
    { label: word('allergens'), value: product.allergens },
    { label: word('storage'), value: product.storage },
    { label: word('usage'), value: product.usage },
    { label: word('warnings'), value: product.warnings },
    { label: word('party'), value: partyWords(product) },
    { label: t(language, 'products.source'), value: product.source },
  ].filter(({ value }) => value !== '');
};

// The field of the edit form that mends a lack; the picture is sent from the product's own page.
const fieldOfLack: Record<Exclude<ProductLack, 'picture'>, string> = {
  'net-content': 'netContent.amount',
  origin: 'origin',
  standards: 'standards',
};

const lackLinks = (language: Language, product: Product, lacks: readonly ProductLack[], isOwn: boolean) =>
  lacks.map((lack) => ({
    words: t(language, `products.${isOwn ? 'mend' : 'lacks'}.${lack}`),
    href: !isOwn ? '' : lack === 'picture' ? '#picture' : `${paths.appProductEdit(product.id)}#${fieldOfLack[lack]}`,
  }));

/** Data of views/products/product.hbs, but for the forms. `lacks` are what its labels still lack. */
export function productPageView(
  language: Language,
  product: Product,
  shown: {
    isOwn: boolean;
    producerName: string;
    lacks: readonly ProductLack[];
    sets: readonly OcopSet[];
    history: { notes: readonly HistoryNote[]; names: ReadonlyMap<string, string> };
  },
) {
  const { isOwn, lacks, sets, history } = shown;
  return {
    isOwn,
    name: product.name,
    story: product.story,
    producerName: isOwn ? '' : shown.producerName,
    producerHref: paths.officeProducer(product.producerId),
    picture: pictureOf(product),
    rows: factRows(language, product, sets, history.notes),
    lacks: lackLinks(language, product, lacks, isOwn),
    history: historyRows(language, sets, history),
    certificateHref: paths.appNewCertificate(product.id),
    pictureAction: paths.appProductPicture(product.id),
    arrangeAction: paths.appProductPictures(product.id),
    editHref: paths.appProductEdit(product.id),
    publicHref: paths.product(productSlug(product)),
    picturesTitle: t(language, 'products.pictures', { count: product.pictures.length, most: mostPictures }),
    mayAddPicture: product.pictures.length < mostPictures,
    version: product.version,
  };
}

/** The pictures as the form that arranges them shows them, with what was typed. */
export function pictureRows(product: Product, typed: readonly SentPicture[], errors: Record<string, string>) {
  return product.pictures.map((picture, place) => {
    const sent = typed.find(({ fileId }) => fileId === picture.fileId);
    return {
      ...shownPicture(picture),
      place,
      number: place + 1,
      isMain: place === 0,
      typedAlt: sent?.alt ?? picture.alt,
      order: sent?.order ?? String(place + 1),
      isKept: sent?.isKept ?? true,
      error: sent === undefined ? '' : (errors[`alt${sent.place}`] ?? ''),
    };
  });
}
