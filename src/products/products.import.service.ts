// Products from lists of recognitions: stored with what the list says, and found again by the key of its facts.
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import { isAdmin } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { firstUnknown } from '../import-keys.ts';
import { fold } from '../fold.ts';
import { newProduct } from './products.input.ts';
import { findIdsByImportKey, insertImported } from './products.model.ts';
import { makeProduct } from './products.rules.ts';
import type { ImportedProduct, Product } from './products.types.ts';

/** Ids of the stored products by import key; a key that nobody has is left out. */
export async function productIdsByImportKey(db: Db, importKeys: readonly string[]): Promise<Map<string, string>> {
  return findIdsByImportKey(db, importKeys);
}

const imported = ({ importKey, producerId, name, source }: ImportedProduct, now: Date): Product => {
  const described = newProduct.parse({ id: uuidv7(), name });
  return { ...makeProduct(described, { producerId, foldedName: fold(name) }, now), importKey, source };
};

/**
 * Stores what is missing of a list and changes nothing that is there; of two with one key the first counts. Returns the ids by import key.
 * Only for administrators ('not-allowed').
 */
export async function importProducts(
  db: Db,
  actor: Actor,
  list: readonly ImportedProduct[],
  now: Date,
): Promise<Map<string, string>> {
  if (!isAdmin(actor)) throw new AppError('not-allowed');
  const keys = list.map(({ importKey }) => importKey);
  const known = await findIdsByImportKey(db, keys);
  const missing = firstUnknown(list, known);
  await insertImported(
    db,
    missing.map((one) => imported(one, now)),
  );
  return findIdsByImportKey(db, keys);
}
