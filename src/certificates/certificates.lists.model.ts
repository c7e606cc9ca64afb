// Certificates page by page: of a producer or of provinces, searched and filtered, and the office's queue.
import type { Db } from '../db/connect.ts';
import { inOffice, certificateModel, toCertificate } from './certificates.model.ts';
import type { StoredCertificate } from './certificates.model.ts';
import type { Certificate, OfficeScope } from './certificates.types.ts';

/** Whose certificates a list has, and what it looks for: the start of a number, or one of these products. */
export type ListScope = { producerId: string } | OfficeScope;
export type ListSearch = {
  type?: Certificate['type'] | undefined;
  productId?: string | undefined;
  found?: { numberKey: string; productIds: readonly string[] } | undefined;
};

/** Newest first, from after the named one. */
export async function findListed(
  db: Db,
  scope: ListScope,
  search: ListSearch,
  page: { after: string | undefined; count: number },
): Promise<Certificate[]> {
  const { type, productId, found } = search;
  const conditions: Record<string, unknown>[] = [
    'producerId' in scope ? { producerId: scope.producerId } : inOffice(scope),
  ];
  if (type !== undefined) conditions.push({ type });
  if (productId !== undefined) conditions.push({ productId });
  if (page.after !== undefined) conditions.push({ _id: { $lt: page.after } });
  if (found !== undefined) {
    const ofProducts = { productId: { $in: [...found.productIds] } };
    // Letters and digits only: nothing in it means anything to a pattern.
    const ofNumber = found.numberKey === '' ? [] : [{ numberKey: { $regex: `^${found.numberKey}` } }];
    conditions.push({ $or: [ofProducts, ...ofNumber] });
  }
  const read = await certificateModel(db)
    .find({ $and: conditions })
    .sort({ _id: -1 })
    .limit(page.count)
    .lean<StoredCertificate[]>();
  return read.map(toCertificate);
}

/** Where a page of the office ends: the moment of entry (the officer's clock, not the client's id) and the id. */
export type OfficePlace = { recordedAt: Date; id: string };

/** Certificates of provinces: those that wait, the longest waiting first; or all, newest first. */
export async function findOfficePage(
  db: Db,
  scope: OfficeScope,
  state: 'waiting' | 'all',
  after: OfficePlace | undefined,
  count: number,
): Promise<Certificate[]> {
  const [direction, beyond] = state === 'waiting' ? ([1, '$gt'] as const) : ([-1, '$lt'] as const);
  const further =
    after === undefined
      ? {}
      : {
          $or: [
            { recordedAt: { [beyond]: after.recordedAt } },
            { recordedAt: after.recordedAt, _id: { [beyond]: after.id } },
          ],
        };
  const found = await certificateModel(db)
    .find({ $and: [inOffice(scope), further], ...(state === 'waiting' ? { waiting: true } : {}) })
    .sort({ recordedAt: direction, _id: direction })
    .limit(count)
    .lean<StoredCertificate[]>();
  return found.map(toCertificate);
}
