// What a producer gives to describe a product.
import { z } from 'zod';
import { amount, line, newId, paging, text } from '../fields.ts';
import { netUnits } from './products.types.ts';

const flatLine = (max: number) => text(max).refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' });

/** Much may come later: labels name what is missing. `ocopSet` is the score card of Decision 26/2026/QĐ-TTg, 1-26. */
export const newProduct = z.strictObject({
  id: newId,
  name: line(120),
  ocopSet: z.number().int().min(1).max(26).optional(),
  gtin: flatLine(40).default(''),
  internalCode: flatLine(40).default(''),
  netContent: z.strictObject({ amount, unit: z.enum(netUnits) }),
  packaging: flatLine(80).default(''),
  shelfLifeDays: z.number().int().min(1).max(36_500).optional(),
  ingredients: text(2000).default(''),
  storage: text(500).default(''),
  warnings: text(500).default(''),
  usage: text(1000).default(''),
  standards: z.array(line(120)).max(20).default([]),
  origin: flatLine(200).default(''),
  story: text(4000).default(''),
});
export type NewProduct = z.output<typeof newProduct>;

/** What a blind person or a broken connection gets in place of the picture. */
export const pictureWords = z.strictObject({ alt: line(160) });
export type PictureWords = z.output<typeof pictureWords>;

export const productPage = z.strictObject(paging);
export type ProductPage = z.output<typeof productPage>;
