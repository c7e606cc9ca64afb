// Decisions from lists of recognitions: stored as declared, under the key of their facts. They give no stars until the competent officer has verified them.
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import { isAdmin } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { firstUnknown } from '../import-keys.ts';
import { raiseProductVersion } from '../products/products.service.ts';
import { numberKey } from './certificates.checks.ts';
import { findImportKeys, insertImported } from './certificates.model.ts';
import type { Certificate, ImportedCertificate } from './certificates.types.ts';

/** Of these import keys, those whose certificate is stored. */
export async function certificateKeysPresent(db: Db, importKeys: readonly string[]): Promise<Set<string>> {
  return new Set(await findImportKeys(db, importKeys));
}

const declared = (imported: ImportedCertificate, actor: Actor, now: Date): Certificate => {
  const { provinceCode: _province, ...facts } = imported;
  return {
    ...facts,
    id: uuidv7(),
    type: 'ocop',
    issuedOn: facts.issuedOn,
    lastDayPrinted: facts.lastDayPrinted,
    stars: facts.stars,
    scopeText: '',
    enteredByOfficer: false,
    documentFileId: undefined,
    byUserId: actor.userId,
    recordedAt: now,
  };
};

/**
 * Stores what is missing of a list and changes nothing that is there; of two with one key the first counts. Only a recognition waits for an
 * officer; what a source lists otherwise is kept as such. Only for administrators ('not-allowed').
 */
export async function importCertificates(
  db: Db,
  actor: Actor,
  list: readonly ImportedCertificate[],
  now: Date,
): Promise<void> {
  if (!isAdmin(actor)) throw new AppError('not-allowed');
  const keys = list.map(({ importKey }) => importKey);
  const known = await certificateKeysPresent(db, keys);
  const missing = firstUnknown(list, known);
  await insertImported(
    db,
    missing.map((one) => ({
      certificate: declared(one, actor, now),
      place: {
        provinceCode: one.provinceCode,
        numberKey: numberKey(one.number),
        waiting: one.listedAs === 'recognised' && one.stars !== undefined && one.issuedOn !== undefined,
      },
    })),
  );
  for (const productId of new Set(missing.map((one) => one.productId))) await raiseProductVersion(db, productId);
}
