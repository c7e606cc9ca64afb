// Products in words and as JSON.
import { z } from 'zod';
import { formatAmount } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Product, ProductLack, ProductPicture } from './products.types.ts';
import { netUnits } from './products.types.ts';
import type { OcopSet } from './sets.types.ts';

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
  responsibleParty: z.object({ name: z.string(), address: z.string() }).optional(),
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

/** "0,5 kg"; '' while it is not known. */
export const netWords = (language: Language, { netContent }: Product): string =>
  netContent === undefined
    ? ''
    : formatAmount(language, netContent.amount, t(language, `products.units.${netContent.unit}`));

/** The addresses of a picture in both widths and formats. */
export const shownPicture = ({ fileId, alt }: ProductPicture) => ({
  fileId,
  avif: paths.picture(fileId, 720, 'avif'),
  webp: paths.picture(fileId, 720, 'webp'),
  smallAvif: paths.picture(fileId, 360, 'avif'),
  smallWebp: paths.picture(fileId, 360, 'webp'),
  alt,
});

export const pictureOf = ({ picture }: Product) => (picture === undefined ? undefined : shownPicture(picture));

/** "Bộ 1: Rau, củ, quả, hạt tươi"; '' where none is chosen. */
export function setWords(language: Language, sets: readonly OcopSet[], chosen: number | undefined): string {
  const found = sets.find(({ set }) => set === chosen);
  return found === undefined ? '' : t(language, 'products.setName', { set: found.set, name: found.name });
}

/** A product in a list. */
export function productCard(language: Language, product: Product, lacks: readonly ProductLack[]) {
  return {
    name: product.name,
    href: paths.appProduct(product.id),
    net: netWords(language, product),
    picture: pictureOf(product),
    lacks: lacks.map((lack) => t(language, `products.lacks.${lack}`)).join(', '),
  };
}
