// Products as stored. A GTIN names one product in the whole register, an internal code one product of its producer.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { NetContent, Product, ProductPicture } from './products.types.ts';

type Stored = Omit<Product, 'id'> & { _id: string };

const must = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;

const netSchema = new mongoose.Schema<NetContent>(
  { amount: { type: Number, required: true }, unit: must },
  { _id: false, strict: 'throw' },
);
const pictureSchema = new mongoose.Schema<ProductPicture>({ fileId: must, alt: text }, { _id: false, strict: 'throw' });
const productSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    producerId: must,
    name: must,
    foldedName: must,
    ocopSet: Number,
    gtin14: text,
    internalCode: text,
    netContent: { type: netSchema, required: true },
    packaging: text,
    shelfLifeDays: Number,
    ingredients: text,
    storage: text,
    warnings: text,
    usage: text,
    standards: { type: [String], required: true },
    origin: text,
    story: text,
    picture: { type: pictureSchema },
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

export function productModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['Product'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('Product', productSchema, 'products');
}

const toProduct = ({ _id, ...rest }: Stored): Product => ({
  id: _id,
  ...rest,
  ocopSet: rest.ocopSet ?? undefined,
  shelfLifeDays: rest.shelfLifeDays ?? undefined,
  picture: rest.picture ?? undefined,
});

export type Inserted =
  { state: 'inserted' | 'same-id'; product: Product } | { state: 'gtin-taken' | 'internal-code-taken' };

/** Inserts the product, or says which of its numbers is taken: its id (with the stored product), its GTIN or its internal code. */
export async function insertProduct(db: Db, product: Product): Promise<Inserted> {
  const { id, ...rest } = product;
  try {
    await productModel(db).create({ _id: id, ...rest });
    return { state: 'inserted', product };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    // Whichever index spoke first: a repeated request breaks all of them, and its id decides.
    const stored = await findProduct(db, id);
    if (stored !== undefined) return { state: 'same-id', product: stored };
    return { state: isDuplicateKey(error)?.index === 'products_gtin' ? 'gtin-taken' : 'internal-code-taken' };
  }
}

export async function findProduct(db: Db, productId: string): Promise<Product | undefined> {
  const found = await productModel(db).findById(productId).lean<Stored>();
  return found === null ? undefined : toProduct(found);
}

export async function findProductByGtin(db: Db, gtin14: string): Promise<Product | undefined> {
  const found = await productModel(db).findOne({ gtin14 }).lean<Stored>();
  return found === null ? undefined : toProduct(found);
}

/** A producer's products, newest first, below the id `after`. */
export async function findProducts(
  db: Db,
  producerId: string,
  page: { limit: number; after?: string | undefined },
): Promise<Product[]> {
  const found = await productModel(db)
    .find({ producerId, ...(page.after === undefined ? {} : { _id: { $lt: page.after } }) })
    .sort({ _id: -1 })
    .limit(page.limit)
    .lean<Stored[]>();
  return found.map(toProduct);
}

/** Sets the picture and raises the version; does nothing when it is the picture already. */
export async function setPicture(db: Db, productId: string, picture: ProductPicture): Promise<void> {
  await productModel(db).updateOne(
    { _id: productId, $or: [{ 'picture.fileId': { $ne: picture.fileId } }, { 'picture.alt': { $ne: picture.alt } }] },
    { $set: { picture }, $inc: { version: 1 } },
  );
}
