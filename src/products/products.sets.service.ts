// The names of the score cards of Decision 26/2026/QĐ-TTg that a product can be put under.
import type { Db } from '../db/connect.ts';
import { ocopSets } from './sets.types.ts';
import type { OcopSet } from './sets.types.ts';

/** The sets 1-26 with their names. */
export async function setNames(_db: Db): Promise<readonly OcopSet[]> {
  return Promise.resolve(ocopSets);
}
