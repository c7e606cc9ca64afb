// What a product's numbers must be, and what its record still lacks. Pure.
import { isDeepStrictEqual } from 'node:util';
import { crockford } from '../codes/check-symbol.ts';
import { looksLikeGtin, readGtin } from '../codes/gtin.ts';
import { fieldError } from '../errors.ts';
import { fold } from '../fold.ts';
import type { NewProduct, ProductFacts } from './products.input.ts';
import type { Product, ProductLack, ProductPicture } from './products.types.ts';

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

/** Fields that a change may concern, as the history names them. */
export const factNames = [
  'name',
  'brand',
  'ocopSet',
  'gtin14',
  'internalCode',
  'netContent',
  'packaging',
  'shelfLifeDays',
  'ingredients',
  'allergens',
  'storage',
  'warnings',
  'usage',
  'standards',
  'origin',
  'responsibleParty',
  'story',
  'pictures',
] as const;

/** The facts that a person tells, as they are stored. */
export function settledFacts(given: ProductFacts) {
  const { gtin, ...facts } = given;
  return {
    ...facts,
    ocopSet: facts.ocopSet,
    netContent: facts.netContent,
    responsibleParty: facts.responsibleParty,
    shelfLifeDays: facts.shelfLifeDays,
    gtin14: readProductGtin(gtin),
  };
}

const publicSymbols = 10n;

/** Ten symbols of Crockford's base 32, lower case, from the random end of the id: they end the address of the public page and give nothing away. */
export function publicKeyOf(id: string): string {
  let rest = BigInt(`0x${id.replaceAll('-', '')}`) & ((1n << (5n * publicSymbols)) - 1n);
  let key = '';
  for (let place = 0n; place < publicSymbols; place += 1n) {
    key = crockford.symbols.charAt(Number(rest & 31n)) + key;
    rest >>= 5n;
  }
  return key.toLowerCase();
}

/** The last part of the address of the public page: the name for people, the key for the look-up. */
export function productSlug({ name, publicKey }: Pick<Product, 'name' | 'publicKey'>): string {
  const words = fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
  return words === '' ? publicKey : `${words}-${publicKey}`;
}

/** The record as it is inserted first, without a picture. */
export function makeProduct(
  newProduct: NewProduct,
  place: { producerId: string; foldedName: string },
  now: Date,
): Product {
  const { id, ...given } = newProduct;
  return {
    id,
    ...settledFacts(given),
    ...place,
    pictures: [],
    picture: undefined,
    publicKey: publicKeyOf(id),
    importKey: undefined,
    source: '',
    version: 1,
    createdAt: now,
  };
}

const sentFacts = ({ picture: _p, pictures: _ps, version: _v, createdAt: _c, ...facts }: Product) => facts;

/** Whether a stored product was made with exactly this content. */
export function isSameProduct(stored: Product, made: Product): boolean {
  return isDeepStrictEqual(sentFacts(stored), sentFacts(made));
}

/** Pictures that stay must be the product's own, each once. Throws 'fields-wrong' at the first that is not. */
export function requireOwnPictures(product: Product, named: readonly ProductPicture[]): void {
  const own = new Set(product.pictures.map(({ fileId }) => fileId));
  named.forEach(({ fileId }, place) => {
    const isTwice = named.findIndex((one) => one.fileId === fileId) !== place;
    if (!own.has(fileId) || isTwice) throw fieldError(`pictures.${place}.fileId`, 'unknown-reference');
  });
}

/** The picture as the main one, the others after it in their order. */
export function withPictureFirst(pictures: readonly ProductPicture[], picture: ProductPicture): ProductPicture[] {
  return [picture, ...pictures.filter(({ fileId }) => fileId !== picture.fileId)];
}

/** The picture at the end; unchanged where it is there already. */
export function withPictureLast(pictures: readonly ProductPicture[], picture: ProductPicture): ProductPicture[] {
  return pictures.some(({ fileId }) => fileId === picture.fileId) ? [...pictures] : [...pictures, picture];
}

const isThere: Record<ProductLack, (product: Product) => boolean> = {
  picture: ({ picture }) => picture !== undefined,
  'net-content': ({ netContent }) => netContent !== undefined,
  origin: ({ origin }) => origin !== '',
  standards: ({ standards }) => standards.length > 0,
};

/**
 * What every label of this product would be refused for, in the order of Decree 37/2026/NĐ-CP, Art. 23.5; the net content is asked for by what
 * a label shows, its legal source is not at hand.
 */
export function lacksOf(product: Product): ProductLack[] {
  return (['picture', 'net-content', 'origin', 'standards'] as const).filter((lack) => !isThere[lack](product));
}
