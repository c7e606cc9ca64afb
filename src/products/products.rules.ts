// What a product's numbers must be, and what its record still lacks. Pure.
import { isDeepStrictEqual } from 'node:util';
import { looksLikeGtin, readGtin } from '../codes/gtin.ts';
import { fieldError } from '../errors.ts';
import type { NewProduct } from './products.input.ts';
import type { Product, ProductLack } from './products.types.ts';

/** 14 digits, zeros only ever added, or ''. Throws 'fields-wrong' at `gtin` (GS1 General Specifications 7.9). */
export function readProductGtin(typed: string): string {
  if (typed === '') return '';
  const read = readGtin(typed);
  if (read.ok) return read.gtin14;
  if (read.reason === 'check') throw fieldError('gtin', 'check-digit', { position: read.position });
  throw fieldError('gtin', 'gtin');
}

/** A scanner or a person could take such a code for another firm's product. Throws 'fields-wrong' at `internalCode`. */
export function requireOwnCode(internalCode: string): void {
  if (looksLikeGtin(internalCode)) throw fieldError('internalCode', 'like-gtin');
}

const sentFacts = ({ picture: _p, version: _v, createdAt: _c, ...facts }: Product) => facts;

/** Whether a stored product was made with exactly this content. */
export function isSameProduct(stored: Product, made: Product): boolean {
  return isDeepStrictEqual(sentFacts(stored), sentFacts(made));
}

/** The record as it is inserted first, without a picture. */
export function makeProduct(
  newProduct: NewProduct,
  place: { producerId: string; foldedName: string },
  now: Date,
): Product {
  const { gtin, ...given } = newProduct;
  return {
    ...given,
    ...place,
    ocopSet: given.ocopSet,
    shelfLifeDays: given.shelfLifeDays,
    gtin14: readProductGtin(gtin),
    picture: undefined,
    version: 1,
    createdAt: now,
  };
}

const isThere: Record<ProductLack, (product: Product) => boolean> = {
  picture: ({ picture }) => picture !== undefined,
  origin: ({ origin }) => origin !== '',
  standards: ({ standards }) => standards.length > 0,
};

/** What every label of this product would be refused for, in the order of Decree 37/2026/NĐ-CP, Art. 23.5. */
export function lacksOf(product: Product): ProductLack[] {
  return (['picture', 'origin', 'standards'] as const).filter((lack) => !isThere[lack](product));
}
