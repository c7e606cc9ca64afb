// Changes of products, each with its note in the history.
import { userNames } from '../accounts/accounts.service.ts';
import type { Actor } from '../actor.ts';
import { auditOf } from '../audit/audit.ts';
import type { AuditNote } from '../audit/audit.ts';
import { changedFields, changeRecord } from '../audit/changes.ts';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { AppError } from '../errors.ts';
import type { ChangedProduct } from './products.input.ts';
import { listWords, productModel } from './products.model.ts';
import { factNames, requireOwnCode, requireOwnPictures, settledFacts } from './products.rules.ts';
import { productFor, requireOwnProduct, requireProduct } from './products.service.ts';
import type { Product } from './products.types.ts';

/** The product as it shall be, and what of it differs; undefined when nothing does. */
const differenceOf = (product: Product, changed: ChangedProduct) => {
  const { version: _v, pictures: named, ...given } = changed;
  const after: Product = { ...product, ...settledFacts(given), pictures: named ?? product.pictures };
  const note = changedFields(product, after, factNames);
  return note && { after, note };
};

/**
 * Writes what of a product differs, with its note, if it is still the version of `product`; false when it is not. Throws 'gtin-taken' and
 * 'internal-code-taken'.
 */
export async function writeChange(
  db: Db,
  actor: Actor,
  product: Product,
  after: Product,
  note: Pick<AuditNote, 'before' | 'after'>,
  now: Date,
): Promise<boolean> {
  const names = Object.keys(note.after ?? {}) as (keyof Product)[];
  const set = Object.fromEntries(names.flatMap((name) => (after[name] === undefined ? [] : [[name, after[name]]])));
  try {
    return await changeRecord(db, productModel(db), {
      recordId: product.id,
      seenVersion: product.version,
      set: { ...set, ...listWords(after) },
      unset: names.filter((name) => after[name] === undefined),
      note: { actorId: actor.userId, what: 'product-changed', ...note, at: now },
    });
  } catch (error) {
    const index = isDuplicateKey(error)?.index;
    if (index === 'products_gtin') throw new AppError('gtin-taken', {}, { cause: error });
    if (index === 'products_internalCode') throw new AppError('internal-code-taken', {}, { cause: error });
    throw error;
  }
}

/**
 * Makes a product of one's own what was sent. Nothing differs: the stored one, unchanged. Somebody else was quicker: 'changed-meanwhile' with
 * `existing` and `sent`. Labels in print keep working: they name the lot, and the page shows the product as it is now.
 */
export async function changeProduct(
  db: Db,
  actor: Actor,
  productId: string,
  changed: ChangedProduct,
  now: Date,
): Promise<Product> {
  const product = await requireOwnProduct(db, actor, productId);
  if (changed.internalCode !== product.internalCode) requireOwnCode(changed.internalCode);
  const difference = differenceOf(product, changed);
  if (difference === undefined) return product;
  if (changed.version === product.version) requireOwnPictures(product, changed.pictures ?? []);
  const isWritten =
    changed.version === product.version &&
    (await writeChange(db, actor, product, difference.after, difference.note, now));
  const stored = await requireProduct(db, productId);
  if (isWritten || differenceOf(stored, changed) === undefined) return stored;
  throw new AppError('changed-meanwhile', { existing: stored, sent: changed });
}

/** What was changed, oldest first, with the shown names of those who did it by their ids; for those who may see the product. */
export async function productHistory(
  db: Db,
  actor: Actor,
  productId: string,
): Promise<{ notes: AuditNote[]; names: Map<string, string> }> {
  await productFor(db, actor, productId);
  const notes = await auditOf(db, productId);
  return { notes, names: await userNames(db, [...new Set(notes.map(({ actorId }) => actorId))]) };
}
