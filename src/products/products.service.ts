// What people do with products: describe one, give it a picture, read it; and what other services ask of it.
import type { Actor } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { fileRecord, prepareFiles } from '../files/files.ts';
import { referencesIn, registerReferences } from '../files/files.references.ts';
import { isShownFile, isPhotoOfPeople } from '../files/files.shown.ts';
import type { StoredFile } from '../files/files.types.ts';
import { cutPage } from '../db/listing.ts';
import {
  mayShowOf,
  producerFor,
  producerIdsInSight,
  producersByIds,
  requireProducer,
  scopeOf,
} from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { fold } from '../fold.ts';
import type { NewProduct, ProductPage, SightPage } from './products.input.ts';
import {
  findAllProducts,
  findProduct,
  findProductByGtin,
  findProductByPublicKey,
  findProductsByIds,
  findProducts,
  findVersions,
  incrementVersion,
  insertProduct,
  productModel,
} from './products.model.ts';
import { isSameProduct, lacksOf, makeProduct, productSlug, requireOwnCode } from './products.rules.ts';
import type { Product, ProductLack } from './products.types.ts';
import { requireMay } from '../powers.ts';

const mostProducts = 1000;

/**
 * Describes a product of one's own producer. Throws 'gtin-taken' and 'internal-code-taken'; the same id with the same content gives the
 * stored product, with other content 'id-with-other-content'.
 */
export async function createProduct(
  db: Db,
  actor: Actor,
  producerId: string,
  newProduct: NewProduct,
  now: Date,
): Promise<Product> {
  const producer = await requireProducer(db, producerId);
  requireMay(actor, 'keep-products', scopeOf(producer), 'producer-not-found');
  requireOwnCode(newProduct.internalCode);
  const made = makeProduct(newProduct, { producerId, foldedName: fold(newProduct.name) }, now);
  const inserted = await insertProduct(db, made);
  if (!('product' in inserted)) throw new AppError(inserted.state);
  const { product } = inserted;
  if (inserted.state === 'inserted' || isSameProduct(product, made)) return product;
  throw new AppError(
    'id-with-other-content',
    product.producerId === producerId ? { existing: product, sent: newProduct } : {},
  );
}

/** Unscoped: for other services and public pages. Throws 'product-not-found'. */
export async function requireProduct(db: Db, productId: string): Promise<Product> {
  const product = await findProduct(db, productId);
  if (product === undefined) throw new AppError('product-not-found');
  return product;
}

/** The product, for its producer's people and the officers of the province; 'product-not-found' for anyone else. */
export async function productFor(db: Db, actor: Actor, productId: string): Promise<Product> {
  const product = await requireProduct(db, productId);
  const producer = await requireProducer(db, product.producerId);
  requireMay(actor, 'see-records', scopeOf(producer), 'product-not-found');
  return product;
}

/** All products of a producer that the asker may see, newest first, at most 1000. */
export async function listProducts(db: Db, actor: Actor, producerId: string): Promise<Product[]> {
  await producerFor(db, actor, producerId);
  return productsOfProducer(db, producerId);
}

/** The same, page by page. */
export async function pageProducts(
  db: Db,
  actor: Actor,
  producerId: string,
  page: ProductPage,
): Promise<{ items: Product[]; next: string | null }> {
  await producerFor(db, actor, producerId);
  return cutPage(await findProducts(db, [producerId], page), page, ({ foldedName }) => foldedName);
}

/**
 * One page of the products of all producers that the person may see (officers: of their provinces) or of one of them, with their producers.
 * Throws 'producer-not-found'.
 */
export async function pageProductsInSight(
  db: Db,
  actor: Actor,
  page: SightPage,
): Promise<{ items: Product[]; producers: Map<string, Producer>; next: string | null }> {
  const ids =
    page.producer === undefined
      ? await producerIdsInSight(db, actor)
      : [(await producerFor(db, actor, page.producer)).id];
  const { items, next } = cutPage(await findProducts(db, ids, page), page, ({ foldedName }) => foldedName);
  return { items, next, producers: await producersByIds(db, [...new Set(items.map(({ producerId }) => producerId))]) };
}

/** Unscoped: these products by their ids. */
export async function productsByIds(db: Db, productIds: readonly string[]): Promise<Map<string, Product>> {
  return new Map((await findProductsByIds(db, productIds)).map((product) => [product.id, product]));
}

/** Unscoped: a producer's products, newest first, at most 1000. */
export async function productsOfProducer(db: Db, producerId: string): Promise<Product[]> {
  return findAllProducts(db, producerId, mostProducts);
}

/** Unscoped: the product that carries this GTIN (14 digits), or undefined. */
export async function productByGtin(db: Db, gtin14: string): Promise<Product | undefined> {
  return gtin14 === '' ? undefined : findProductByGtin(db, gtin14);
}

/** Unscoped: the product whose public page ends with this key, or undefined. */
export async function productByPublicKey(db: Db, publicKey: string): Promise<Product | undefined> {
  return findProductByPublicKey(db, publicKey);
}

/** The last part of the address of a product's public page. */
export function slugOf(product: Product): string {
  return productSlug(product);
}

/** Unscoped: versions of all products of a producer, which raise with their certificates and the decisions on them. */
export async function productVersions(db: Db, producerId: string): Promise<{ id: string; version: number }[]> {
  return findVersions(db, producerId);
}

/** Raised by what the product's pages show beside its own record: its certificates and the decisions on them. */
export async function raiseProductVersion(db: Db, productId: string): Promise<void> {
  await incrementVersion(db, productId);
}

/** The product, for its producer's own people; 'not-allowed' for officers of the province. */
export async function requireOwnProduct(db: Db, actor: Actor, productId: string): Promise<Product> {
  const product = await requireProduct(db, productId);
  requireMay(actor, 'keep-products', scopeOf(await requireProducer(db, product.producerId)), 'product-not-found');
  return product;
}

/** What every label of this product would be refused for. */
export function lacksOfProduct(product: Product): ProductLack[] {
  return lacksOf(product);
}

/**
 * The record of a stored file: a public one, or one that is shown for now, for anybody, another for its producer's people and officers. Photos of
 * a household's work are public while it agrees to that; they are then given as not public, so that no copy on the way outlives the consent.
 * Throws 'file-not-found'.
 */
export async function fileFor(db: Db, actor: Actor | undefined, fileId: string): Promise<StoredFile> {
  const stored = await fileRecord(db, fileId);
  if (stored === undefined) throw new AppError('file-not-found');
  const producer = await requireProducer(db, stored.producerId);
  const waits = await waitsForConsent(db, producer, stored);
  const file = waits ? { ...stored, isPublic: false } : stored;
  if (file.isPublic || (await isShownFile(db, fileId)) || (waits && mayShowOf(producer, 'public-photos'))) return file;
  if (actor === undefined) throw new AppError('file-not-found');
  requireMay(actor, 'see-records', scopeOf(producer), 'file-not-found');
  return file;
}

// A picture that is a product's as well is on the product's page anyway.
const waitsForConsent = async (db: Db, { kind }: Producer, { id, isPublic }: StoredFile): Promise<boolean> =>
  isPublic && kind === 'household' && !(await isProductPicture(db, id)) && (await isPhotoOfPeople(db, id));

const findPictures = referencesIn('products', 'pictures.fileId');
const isProductPicture = async (db: Db, fileId: string): Promise<boolean> =>
  (await findPictures(db, [fileId])).includes(fileId);

/** Makes the collections known to the connection, so that their indexes are made at start. */
export function prepareProducts(db: Db): void {
  productModel(db);
  prepareFiles(db);
  registerReferences(db, 'products', findPictures);
}
