// What a producer gives to describe a product.
import { z } from 'zod';
import { amount, line, listing, newId, recordId, seenVersion, text } from '../fields.ts';
import { mostPictures, netUnits } from './products.types.ts';

const flatLine = (max: number) => text(max).refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' });

/** Much may come later: labels name what is missing. `ocopSet` is the score card of Decision 26/2026/QĐ-TTg, 1-26. */
const facts = {
  name: line(200),
  brand: flatLine(120).default(''),
  ocopSet: z.number().int().min(1).max(26).optional(),
  gtin: flatLine(40).default(''),
  internalCode: flatLine(40).default(''),
  netContent: z.strictObject({ amount, unit: z.enum(netUnits) }).optional(),
  packaging: flatLine(80).default(''),
  shelfLifeDays: z.number().int().min(1).max(36_500).optional(),
  ingredients: text(2000).default(''),
  allergens: text(500).default(''),
  storage: text(500).default(''),
  warnings: text(500).default(''),
  usage: text(1000).default(''),
  standards: z.array(line(120)).max(20).default([]),
  origin: flatLine(200).default(''),
  responsibleParty: z.strictObject({ name: line(200), address: line(300) }).optional(),
  story: text(4000).default(''),
};

export const newProduct = z.strictObject({ id: newId, ...facts });
export type NewProduct = z.output<typeof newProduct>;
export type ProductFacts = Omit<NewProduct, 'id'>;

/** The whole record as it shall be, and the version that the person saw. `pictures` names those that stay, in their order. */
export const changedProduct = z.strictObject({
  ...facts,
  pictures: z
    .array(z.strictObject({ fileId: recordId, alt: line(160) }))
    .max(mostPictures)
    .optional(),
  version: seenVersion,
});
export type ChangedProduct = z.output<typeof changedProduct>;

/** Pictures that stay, in their order. */
export const arrangedPictures = z.strictObject({
  pictures: z.array(z.strictObject({ fileId: recordId, alt: line(160) })).max(mostPictures),
  version: seenVersion,
});
export type ArrangedPictures = z.output<typeof arrangedPictures>;

/** What a blind person or a broken connection gets in place of the picture. */
export const pictureWords = z.strictObject({ alt: line(160) });
export type PictureWords = z.output<typeof pictureWords>;

/** A list of products: search and sort, of one set, with or without a set, complete for labels or not. */
export const productPage = z.strictObject({
  ...listing,
  set: z.coerce.number().int().min(1).max(26).optional(),
  hasSet: z.enum(['yes', 'no']).optional(),
  complete: z.enum(['yes', 'no']).optional(),
});
export type ProductPage = z.output<typeof productPage>;

/** The list of all products in one's sight, or of one producer among them. */
export const sightPage = productPage.extend({ producer: recordId.optional() });
export type SightPage = z.output<typeof sightPage>;
