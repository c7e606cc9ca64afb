// Products as stored. A GTIN names one product in the whole register, an internal code one product of its producer.
import mongoose from 'mongoose';
import { keepChangeNotes } from '../audit/changes.ts';
import type { WithUnnoted } from '../audit/changes.ts';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { listing } from '../db/listing.ts';
import type { ListPage } from '../db/listing.ts';
import { fold, searchWords } from '../fold.ts';
import type { NetContent, Product, ProductPicture, ResponsibleParty } from './products.types.ts';

type ListWords = { foldedName: string; searchWords: string[] };
/** The document of a product, as it is inserted. */
export type StoredProduct = Omit<Product, 'id' | 'picture'> & { _id: string } & ListWords;
type Stored = StoredProduct & WithUnnoted;

const must = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;

const netSchema = new mongoose.Schema<NetContent>(
  { amount: { type: Number, required: true }, unit: must },
  { _id: false, strict: 'throw' },
);
const pictureSchema = new mongoose.Schema<ProductPicture>({ fileId: must, alt: text }, { _id: false, strict: 'throw' });
const partySchema = new mongoose.Schema<ResponsibleParty>(
  { name: must, address: must },
  { _id: false, strict: 'throw' },
);
const productSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    producerId: must,
    name: must,
    foldedName: must,
    ocopSet: Number,
    gtin14: text,
    internalCode: text,
    brand: text,
    netContent: { type: netSchema },
    packaging: text,
    shelfLifeDays: Number,
    ingredients: text,
    allergens: text,
    storage: text,
    warnings: text,
    usage: text,
    standards: { type: [String], required: true },
    origin: text,
    responsibleParty: { type: partySchema },
    story: text,
    pictures: { type: [pictureSchema], required: true },
    publicKey: must,
    importKey: String,
    source: text,
    searchWords: { type: [String], required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
productSchema.index({ producerId: 1, _id: -1 }, { name: 'products_producer' });
productSchema.index(
  { gtin14: 1 },
  { unique: true, name: 'products_gtin', partialFilterExpression: { gtin14: { $gt: '' } } },
);
productSchema.index(
  { producerId: 1, internalCode: 1 },
  { unique: true, name: 'products_internalCode', partialFilterExpression: { internalCode: { $gt: '' } } },
);

productSchema.index({ producerId: 1, foldedName: 1, _id: 1 }, { name: 'products_producer_name' });
productSchema.index({ producerId: 1, searchWords: 1 }, { name: 'products_producer_words' });
productSchema.index({ publicKey: 1 }, { unique: true, name: 'products_publicKey' });
productSchema.index({ importKey: 1 }, { unique: true, sparse: true, name: 'products_importKey' });
productSchema.index({ 'pictures.fileId': 1 }, { name: 'products_pictures' });
productSchema.index({ _id: 1, version: 1, producerId: 1 }, { name: 'products_versions' });
keepChangeNotes(productSchema, 'products');

export function productModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['Product'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('Product', productSchema, 'products');
}

const toProduct = ({ _id, searchWords: _s, unnoted: _u, ...rest }: Stored): Product => ({
  id: _id,
  ...rest,
  ocopSet: rest.ocopSet ?? undefined,
  netContent: rest.netContent ?? undefined,
  shelfLifeDays: rest.shelfLifeDays ?? undefined,
  responsibleParty: rest.responsibleParty ?? undefined,
  picture: rest.pictures[0],
  importKey: rest.importKey ?? undefined,
});

/** By which words a list finds the product, and the name by which it sorts. */
export function listWords({ name, brand, gtin14, internalCode }: Product): ListWords {
  return { foldedName: fold(name), searchWords: searchWords(name, brand, gtin14, internalCode) };
}

/** The document of a product. */
export function storedProduct(product: Product): StoredProduct {
  const { id, picture: _p, ...rest } = product;
  return { _id: id, ...rest, ...listWords(product) };
}

export type Inserted =
  { state: 'inserted' | 'same-id'; product: Product } | { state: 'gtin-taken' | 'internal-code-taken' };

/** Inserts the product, or says which of its numbers is taken: its id (with the stored product), its GTIN or its internal code. */
export async function insertProduct(db: Db, product: Product): Promise<Inserted> {
  try {
    await productModel(db).create(storedProduct(product));
    return { state: 'inserted', product };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    // Whichever index spoke first: a repeated request breaks all of them, and its id decides.
    const stored = await findProduct(db, product.id);
    if (stored !== undefined) return { state: 'same-id', product: stored };
    return { state: isDuplicateKey(error)?.index === 'products_gtin' ? 'gtin-taken' : 'internal-code-taken' };
  }
}

export async function findProduct(db: Db, productId: string): Promise<Product | undefined> {
  const found = await productModel(db).findById(productId).lean<Stored>();
  return found === null ? undefined : toProduct(found);
}

export async function findProductsByIds(db: Db, productIds: readonly string[]): Promise<Product[]> {
  if (productIds.length === 0) return [];
  const found = await productModel(db)
    .find({ _id: { $in: [...productIds] } })
    .lean<Stored[]>();
  return found.map(toProduct);
}

export async function findProductByGtin(db: Db, gtin14: string): Promise<Product | undefined> {
  const found = await productModel(db).findOne({ gtin14 }).lean<Stored>();
  return found === null ? undefined : toProduct(found);
}

export async function findProductByPublicKey(db: Db, publicKey: string): Promise<Product | undefined> {
  const found = await productModel(db).findOne({ publicKey }).lean<Stored>();
  return found === null ? undefined : toProduct(found);
}

export type ProductFilter = {
  set?: number | undefined;
  hasSet?: 'yes' | 'no' | undefined;
  complete?: 'yes' | 'no' | undefined;
};

// What a label needs of the product's own record (lacksOf in the rules).
const complete = {
  'pictures.0': { $exists: true },
  netContent: { $exists: true },
  origin: { $gt: '' },
  'standards.0': { $exists: true },
};

/** The products of these producers that a page of the list shows, and one more if there is one. */
export async function findProducts(
  db: Db,
  producerIds: readonly string[],
  page: ListPage & ProductFilter,
): Promise<Product[]> {
  const { conditions, order, limit } = listing('foldedName', page);
  const found = await productModel(db)
    .find({
      $and: [
        { producerId: { $in: [...producerIds] } },
        ...conditions,
        ...(page.set === undefined ? [] : [{ ocopSet: page.set }]),
        ...(page.hasSet === undefined ? [] : [{ ocopSet: { $exists: page.hasSet === 'yes' } }]),
        ...(page.complete === 'yes' ? [complete] : []),
        ...(page.complete === 'no' ? [{ $nor: [complete] }] : []),
      ],
    })
    .sort(order)
    .limit(limit)
    .lean<Stored[]>();
  return found.map(toProduct);
}

/** All products of a producer, newest first, at most `most`. */
export async function findAllProducts(db: Db, producerId: string, most: number): Promise<Product[]> {
  const found = await productModel(db).find({ producerId }).sort({ _id: -1 }).limit(most).lean<Stored[]>();
  return found.map(toProduct);
}

/** Ids and versions of a producer's products. */
export async function findVersions(db: Db, producerId: string): Promise<{ id: string; version: number }[]> {
  const found = await productModel(db)
    .find({ producerId }, { version: 1 })
    .sort({ _id: -1 })
    .lean<{ _id: string; version: number }[]>();
  return found.map(({ _id, version }) => ({ id: _id, version }));
}

export async function incrementVersion(db: Db, productId: string): Promise<void> {
  await productModel(db).updateOne({ _id: productId }, { $inc: { version: 1 } });
}

/** Ids by import key of those that are there. */
export async function findIdsByImportKey(db: Db, importKeys: readonly string[]): Promise<Map<string, string>> {
  const found = await productModel(db)
    .find({ importKey: { $in: [...importKeys] } }, { importKey: 1 })
    .lean<{ _id: string; importKey: string }[]>();
  return new Map(found.map(({ _id, importKey }) => [importKey, _id]));
}

/** Inserts what is not there yet; a key or id that is taken is left alone. */
export async function insertImported(db: Db, products: readonly Product[]): Promise<void> {
  if (products.length === 0) return;
  try {
    await productModel(db).insertMany(products.map(storedProduct), { ordered: false });
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
  }
}

/** Ids, versions and producers of the products behind an id, in the order of ids; of these ids only where they are given. */
export async function findVersionsAfter(
  db: Db,
  after: string | undefined,
  most: number,
  ids?: readonly string[],
): Promise<{ id: string; version: number; producerId: string }[]> {
  const range = ids === undefined ? (after === undefined ? {} : { _id: { $gt: after } }) : { _id: { $in: [...ids] } };
  const found = await productModel(db)
    .find(range, { version: 1, producerId: 1 })
    .sort({ _id: 1 })
    .limit(most)
    .hint('products_versions')
    .lean<{ _id: string; version: number; producerId: string }[]>();
  return found.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
}
