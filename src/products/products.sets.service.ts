// The names of the score cards that a product can be put under.
import type { Db } from '../db/connect.ts';
import { scoreCardNames } from '../scorecards/scorecards.service.ts';
import { ocopSets } from './sets.types.ts';
import type { OcopSet } from './sets.types.ts';

/** The sets 1-26: as an imported score card names them, else in the words of Decision 26/2026/QĐ-TTg. */
export async function setNames(db: Db): Promise<OcopSet[]> {
  const imported = await scoreCardNames(db);
  return ocopSets.map((built) => ({ ...built, ...imported.get(built.set) }));
}
