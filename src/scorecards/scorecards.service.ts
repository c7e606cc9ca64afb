// Score cards: what people ask of them, and their import.
import { compareReference, storeReference } from '../audit/reference.ts';
import type { ReferenceKind } from '../audit/reference.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import type { Importer } from '../importing/importing.types.ts';
import { readJson } from '../importing/json-file.ts';
import { findCardNames, findCards, findLatestCard, scoreCardModel } from './scorecards.model.ts';
import { readScoreCards } from './scorecards.rules.ts';
import type { ScoreCard } from './scorecards.types.ts';

export { odditiesOf, starsFor, sumsOf } from './scorecards.rules.ts';

/** The cards in force, in the order of their sets: of each set the one of the latest decision. */
export async function scoreCards(db: Db): Promise<ScoreCard[]> {
  const bySet = new Map<number, ScoreCard>();
  for (const card of await findCards(db)) if (!bySet.has(card.set)) bySet.set(card.set, card);
  return [...bySet.values()];
}

/** What the sets are called, by set: of each the name by the latest decision; empty where none was imported. */
export async function scoreCardNames(db: Db): Promise<Map<number, { name: string; group: string }>> {
  const bySet = new Map<number, { name: string; group: string }>();
  for (const { set, name, group } of await findCardNames(db)) if (!bySet.has(set)) bySet.set(set, { name, group });
  return bySet;
}

/** The card of a set (1-26) by the latest decision. Throws 'score-card-not-found' where none was imported. */
export async function scoreCard(db: Db, set: number): Promise<ScoreCard> {
  const card = await findLatestCard(db, set);
  if (card === undefined) throw new AppError('score-card-not-found');
  return card;
}

const cards: ReferenceKind<ScoreCard> = {
  model: scoreCardModel as never,
  key: ['decision', 'set'],
  facts: [
    'decidedOn',
    'issuer',
    'name',
    'group',
    'subtitle',
    'leadAgency',
    'rejectedWhen',
    'starLegend',
    'parts',
    'declaredTotal',
    'grades',
    'minimums',
    'traceability',
    'notes',
    'source',
  ],
  what: 'score-card-imported',
};

/** The score cards of a decision as JSON. */
export const scoreCardsImporter: Importer<ScoreCard> = {
  kind: 'score-cards',
  read(file) {
    const json = readJson(file);
    return Promise.resolve(json.ok ? readScoreCards(json.value) : { rows: [], faults: json.faults });
  },
  compare: (db, values) => compareReference(db, cards, values),
  store: (db, actor, values, now) => storeReference(db, cards, actor, values, now),
};

/** Makes the collection known to the connection, so that its indexes are made at start. */
export function prepareScoreCards(db: Db): void {
  scoreCardModel(db);
}
