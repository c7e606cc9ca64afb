// Owners from lists of recognitions: stored unclaimed under the key of their list, and found again by it.
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import { isAdmin } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { firstUnknown } from '../import-keys.ts';
import { findIdsByImportKey, insertImported } from './producers.model.ts';
import type { ImportedProducer, Producer } from './producers.types.ts';
import { provinceFullName } from '../units/provinces.types.ts';

/** Ids of the stored producers by import key; a key that nobody has is left out. */
export async function producerIdsByImportKey(db: Db, importKeys: readonly string[]): Promise<Map<string, string>> {
  return findIdsByImportKey(db, importKeys);
}

const unclaimed = (imported: ImportedProducer, now: Date): Producer => ({
  id: uuidv7(),
  legalName: imported.legalName,
  kind: imported.kind,
  registrationNumber: '',
  address: {
    communeCode: imported.communeCode,
    communeName: imported.communeName,
    provinceCode: imported.provinceCode,
    provinceName: provinceFullName(imported.provinceCode),
    street: '',
  },
  formerAddress: imported.formerAddress,
  hotline: '',
  gln: '',
  story: '',
  shops: [],
  consents: [],
  sample: false,
  claim: 'unclaimed',
  importKey: imported.importKey,
  source: imported.source,
  claimId: undefined,
  approvals: [],
  askedAgainAt: undefined,
  version: 1,
  createdAt: now,
});

/**
 * Stores what is missing of a list and changes nothing that is there; of two with one key the first counts. Returns the ids by import key.
 * Only for administrators ('not-allowed'). Throws a RangeError for a code that no province has.
 */
export async function importProducers(
  db: Db,
  actor: Actor,
  list: readonly ImportedProducer[],
  now: Date,
): Promise<Map<string, string>> {
  if (!isAdmin(actor)) throw new AppError('not-allowed');
  const keys = list.map(({ importKey }) => importKey);
  const known = await findIdsByImportKey(db, keys);
  const missing = firstUnknown(list, known);
  await insertImported(
    db,
    missing.map((imported) => unclaimed(imported, now)),
  );
  return findIdsByImportKey(db, keys);
}
