// The pictures of a product: one more, another main one, other words, another order, fewer. Each change has its note in the history.
import type { Actor } from '../actor.ts';
import { changedFields } from '../audit/changes.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { storePicture } from '../files/files.ts';
import { writeChange } from './products.change.service.ts';
import type { ArrangedPictures } from './products.input.ts';
import { requireOwnPictures, withPictureFirst, withPictureLast } from './products.rules.ts';
import { requireOwnProduct } from './products.service.ts';
import { mostPictures } from './products.types.ts';
import type { Product, ProductPicture } from './products.types.ts';

type Arrange = (pictures: readonly ProductPicture[]) => ProductPicture[];

const differenceOf = (product: Product, pictures: ProductPicture[]) => {
  const after: Product = { ...product, pictures, picture: pictures[0] };
  const note = changedFields(product, after, ['pictures']);
  return note && { after, note };
};

// What two people send at once both stays: the later one is arranged anew over what is stored by then.
const mostTries = 40;

const putPictures = async (
  db: Db,
  actor: Actor,
  productId: string,
  arrange: Arrange,
  now: Date,
  tries = mostTries,
): Promise<Product> => {
  const product = await requireOwnProduct(db, actor, productId);
  const pictures = arrange(product.pictures);
  if (pictures.length > mostPictures) throw new AppError('too-many-pictures', { most: mostPictures });
  const difference = differenceOf(product, pictures);
  if (difference === undefined) return product;
  if (await writeChange(db, actor, product, difference.after, difference.note, now))
    return requireOwnProduct(db, actor, productId);
  if (tries === 0) throw new AppError('changed-meanwhile', { existing: product });
  return putPictures(db, actor, productId, arrange, now, tries - 1);
};

const addWith =
  (withPicture: (pictures: readonly ProductPicture[], picture: ProductPicture) => ProductPicture[]) =>
  async (db: Db, actor: Actor, productId: string, bytes: Buffer, alt: string, now: Date): Promise<Product> => {
    const product = await requireOwnProduct(db, actor, productId);
    const file = await storePicture(db, product.producerId, bytes, now, { isPublic: true });
    return putPictures(db, actor, productId, (pictures) => withPicture(pictures, { fileId: file.id, alt }), now);
  };

/**
 * Gives an own product its main picture, which anybody may see; those it has follow it. Throws 'not-an-image', 'too-large' and
 * 'too-many-pictures'. The same picture with the same words again changes nothing.
 */
export const setProductPicture = addWith(withPictureFirst);

/** Adds a further picture at the end. Throws what setProductPicture throws. A picture that is there already changes nothing. */
export const addProductPicture = addWith(withPictureLast);

/**
 * Arranges the pictures of a product of one's own: those named stay, in their order, the first as the main one. A picture left out is
 * released; its bytes go with the sweep of files. Throws as changeProduct does.
 */
export async function arrangePictures(
  db: Db,
  actor: Actor,
  productId: string,
  arranged: ArrangedPictures,
  now: Date,
): Promise<Product> {
  const product = await requireOwnProduct(db, actor, productId);
  const difference = differenceOf(product, arranged.pictures);
  if (difference === undefined) return product;
  if (arranged.version === product.version) requireOwnPictures(product, arranged.pictures);
  const isWritten =
    arranged.version === product.version &&
    (await writeChange(db, actor, product, difference.after, difference.note, now));
  const stored = await requireOwnProduct(db, actor, productId);
  if (isWritten || differenceOf(stored, arranged.pictures) === undefined) return stored;
  throw new AppError('changed-meanwhile', { existing: stored, sent: arranged });
}
