// A product through the service, as a person of the producer describes it.
import type { Actor } from '../../src/actor.ts';
import { newProduct } from '../../src/products/products.input.ts';
import { setProductPicture } from '../../src/products/products.pictures.service.ts';
import { createProduct } from '../../src/products/products.service.ts';
import type { Product } from '../../src/products/products.types.ts';
import type { TestApp } from './app.ts';
import { aProducerUser, uuidv7 } from './factories.ts';
import { aJpeg } from './pictures.ts';

/** What the API is sent to describe a box of custard apples that has all a label needs of it, but its picture. */
export function newProductJson(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: uuidv7(),
    name: 'Na dai La Hiên',
    ocopSet: 1,
    netContent: { amount: 0.5, unit: 'kg' },
    packaging: 'hộp giấy',
    shelfLifeDays: 7,
    ingredients: 'Na tươi 100 %',
    storage: 'Để nơi mát 20–25 °C.',
    standards: ['TCCS 01:2026 (mẫu)'],
    origin: 'Xã La Hiên, tỉnh Thái Nguyên',
    ...parts,
  };
}

/** A product of the producer; with a picture unless said otherwise. */
export async function aProduct(
  app: TestApp,
  options: { producerId: string; owner?: Actor; parts?: Record<string, unknown>; picture?: boolean },
): Promise<Product> {
  const owner = options.owner ?? aProducerUser(options.producerId);
  const now = app.deps.clock();
  const product = await createProduct(
    app.db,
    owner,
    options.producerId,
    newProduct.parse(newProductJson(options.parts)),
    now,
  );
  if (options.picture === false) return product;
  return setProductPicture(app.db, owner, product.id, await aJpeg(), 'Hộp na', now);
}

/** What the API is sent to change a product, with its version; without `parts` nothing changes. */
export function changedProductJson(product: Product, parts: Record<string, unknown> = {}): Record<string, unknown> {
  const { name, brand, ocopSet, gtin14: gtin, internalCode, netContent, packaging, shelfLifeDays } = product;
  const { ingredients, allergens, storage, warnings, usage, standards, origin, responsibleParty, story } = product;
  const numbers = { name, brand, ocopSet, gtin, internalCode, netContent, packaging, shelfLifeDays };
  const words = { ingredients, allergens, storage, warnings, usage, standards, origin, responsibleParty, story };
  return { ...numbers, ...words, version: product.version, ...parts };
}
