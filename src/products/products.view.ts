// Products in words and as JSON.
import { z } from 'zod';
import { dayOf } from '../days.ts';
import { fold } from '../fold.ts';
import { formatAmount, formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Product, ProductLack, ProductPicture } from './products.types.ts';
import { mostPictures, netUnits } from './products.types.ts';
import { ocopSets } from './sets.types.ts';

const pictureAnswer = z.object({
  fileId: z.string(),
  alt: z.string(),
  avif360: z.string(),
  webp360: z.string(),
  avif720: z.string(),
  webp720: z.string(),
});

export const productAnswer = z.object({
  id: z.string(),
  producerId: z.string(),
  name: z.string(),
  foldedName: z.string(),
  ocopSet: z.number().int().optional(),
  gtin14: z.string(),
  internalCode: z.string(),
  brand: z.string(),
  netContent: z.object({ amount: z.number(), unit: z.enum(netUnits) }).optional(),
  packaging: z.string(),
  shelfLifeDays: z.number().int().optional(),
  ingredients: z.string(),
  allergens: z.string(),
  storage: z.string(),
  warnings: z.string(),
  usage: z.string(),
  standards: z.array(z.string()),
  origin: z.string(),
  story: z.string(),
  responsibleParty: z.string(),
  /** In the order of showing; each in two widths and two formats. */
  pictures: z.array(pictureAnswer),
  /** The first of them. */
  picture: pictureAnswer.optional(),
  publicKey: z.string(),
  importKey: z.string().optional(),
  source: z.string(),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
});

export const productListAnswer = z.object({ items: z.array(productAnswer), next: z.string().nullable() });

const pictureJson = (picture: ProductPicture): z.output<typeof pictureAnswer> => ({
  ...picture,
  avif360: paths.picture(picture.fileId, 360, 'avif'),
  webp360: paths.picture(picture.fileId, 360, 'webp'),
  avif720: paths.picture(picture.fileId, 720, 'avif'),
  webp720: paths.picture(picture.fileId, 720, 'webp'),
});

export function productJson(product: Product): z.output<typeof productAnswer> {
  const { picture, pictures, createdAt, ...rest } = product;
  return {
    ...rest,
    pictures: pictures.map(pictureJson),
    picture: picture === undefined ? undefined : pictureJson(picture),
    createdAt: createdAt.toISOString(),
  };
}

const netWords = (language: Language, { netContent }: Product): string =>
  netContent === undefined
    ? ''
    : formatAmount(language, netContent.amount, t(language, `products.units.${netContent.unit}`));

const shownPicture = ({ fileId, alt }: ProductPicture) => ({
  fileId,
  avif: paths.picture(fileId, 720, 'avif'),
  webp: paths.picture(fileId, 720, 'webp'),
  smallAvif: paths.picture(fileId, 360, 'avif'),
  smallWebp: paths.picture(fileId, 360, 'webp'),
  alt,
});

const pictureOf = ({ picture }: Product) => (picture === undefined ? undefined : shownPicture(picture));

const lackWords = (language: Language, lacks: readonly ProductLack[]): string[] =>
  lacks.map((lack) => t(language, `products.lacks.${lack}`));

const setWords = (language: Language, set: number | undefined): string => {
  const found = ocopSets.find((one) => one.set === set);
  return found === undefined ? '' : t(language, 'products.setName', { set: found.set, name: found.name });
};

/** The 26 sets of Decision 26/2026/QĐ-TTg, for a choice. */
export function setChoices(language: Language, chosen: string) {
  return ocopSets.map(({ set }) => ({
    value: String(set),
    label: setWords(language, set),
    selected: String(set) === chosen,
  }));
}

/** The last part of the address of the public page: the name for people, the key for the look-up. */
export function productSlug({ name, publicKey }: Pick<Product, 'name' | 'publicKey'>): string {
  const words = fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return words === '' ? publicKey : `${words}-${publicKey}`;
}

/** A product as the form that changes it shows it. */
export function productForm(product: Product): Record<string, unknown> {
  const { gtin14, standards, pictures: _ps, picture: _p, ...facts } = product;
  return { ...facts, gtin: gtin14, standards: standards.join('\n') };
}

type HistoryNote = { actorId: string; before?: Record<string, unknown>; after?: Record<string, unknown>; at: Date };
const longestShown = 240;

const changedWords = (language: Language, name: string, value: unknown): string => {
  if (name === 'pictures' && Array.isArray(value))
    return t(language, 'products.history.pictures', { count: value.length });
  if (name === 'ocopSet' && typeof value === 'number') return setWords(language, value);
  if (name === 'netContent' && value !== null) return netWords(language, { netContent: value } as Product);
  const text = Array.isArray(value) ? value.join('; ') : typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '') return t(language, 'products.history.empty');
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
};

const wordOfField: Record<string, string> = { gtin14: 'gtin', netContent: 'netContent.amount', pictures: 'picture' };

/** The history, newest first: when, who, and of each field what it was and what it is. `names` are shown names by user id. */
export function historyRows(language: Language, notes: readonly HistoryNote[], names: ReadonlyMap<string, string>) {
  return [...notes].reverse().map((note) => ({
    what: t(language, 'products.history.changed'),
    by: t(language, 'products.history.by', {
      day: formatDay(language, dayOf(note.at)),
      name: names.get(note.actorId) ?? t(language, 'products.history.unknown'),
    }),
    changes: Object.entries(note.after ?? {}).map(([name, value]) => ({
      label: t(language, `products.fields.${wordOfField[name] ?? name}`),
      was: changedWords(language, name, note.before?.[name]),
      is: changedWords(language, name, value),
    })),
  }));
}

/** A product in its producer's list. */
export function productCard(language: Language, product: Product, lacks: readonly ProductLack[]) {
  return {
    name: product.name,
    href: paths.appProduct(product.id),
    net: netWords(language, product),
    picture: pictureOf(product),
    lacks: lackWords(language, lacks).join(', '),
  };
}

/** Everything about a product, and what its labels still lack. */
export function productFacts(language: Language, product: Product, lacks: readonly ProductLack[]) {
  const word = (key: string): string => t(language, `products.fields.${key}`);
  const shelfLife = product.shelfLifeDays;
  const rows = [
    { label: word('netContent.amount'), value: netWords(language, product) },
    { label: word('brand'), value: product.brand },
    { label: word('packaging'), value: product.packaging },
    { label: word('gtin'), value: product.gtin14 },
    { label: word('internalCode'), value: product.internalCode },
    { label: word('ocopSet'), value: setWords(language, product.ocopSet) },
    {
      label: word('shelfLifeDays'),
      value: shelfLife === undefined ? '' : t(language, 'products.days', { days: shelfLife }),
    },
    { label: word('origin'), value: product.origin },
    { label: word('standards'), value: product.standards.join('; ') },
    { label: word('ingredients'), value: product.ingredients },
    { label: word('allergens'), value: product.allergens },
    { label: word('storage'), value: product.storage },
    { label: word('usage'), value: product.usage },
    { label: word('warnings'), value: product.warnings },
    { label: word('responsibleParty'), value: product.responsibleParty },
    { label: word('story'), value: product.story },
    { label: t(language, 'products.source'), value: product.source },
  ];
  return {
    name: product.name,
    picture: pictureOf(product),
    rows: rows.filter(({ value }) => value !== ''),
    lacks: lackWords(language, lacks),
    certificateHref: paths.appNewCertificate(product.id),
    pictureAction: paths.appProductPicture(product.id),
    arrangeAction: paths.appProductPictures(product.id),
    editHref: paths.appProductEdit(product.id),
    publicHref: paths.product(productSlug(product)),
    pictures: product.pictures.map((picture, place) => ({
      ...shownPicture(picture),
      place,
      order: place + 1,
      isMain: place === 0,
    })),
    picturesTitle: t(language, 'products.pictures', { count: product.pictures.length, most: mostPictures }),
    mayAddPicture: product.pictures.length < mostPictures,
    version: product.version,
  };
}

/** What was searched for, and the next page of the same. */
export function searchView(
  language: Language,
  listHref: string,
  page: { q?: string | undefined },
  next: string | null,
) {
  const { q = '' } = page;
  const query = new URLSearchParams({ ...(q === '' ? {} : { q }), ...(next === null ? {} : { after: next }) });
  return {
    listHref,
    q,
    found: q === '' ? '' : t(language, 'products.list.found', { q }),
    none: q === '' ? t(language, 'products.none') : t(language, 'products.list.notFound', { q }),
    nextHref: next === null ? '' : `${listHref}?${query.toString()}`,
  };
}

/** Units of the net content, for a choice. */
export function unitChoices(language: Language, chosen: string) {
  return netUnits.map((unit) => ({
    value: unit,
    label: t(language, `products.units.${unit}`),
    selected: unit === chosen,
  }));
}
