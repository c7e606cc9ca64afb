// Score cards as stored: one for each decision and set.
import mongoose from 'mongoose';
import { keepChangeNotes } from '../audit/changes.ts';
import type { ReferenceFrame } from '../audit/reference.ts';
import type { Db } from '../db/connect.ts';
import type { ScoreCard } from './scorecards.types.ts';

type Stored = ScoreCard & ReferenceFrame;

const must = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;
const mixed = { type: mongoose.Schema.Types.Mixed, required: true } as const;

const cardSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    decision: must,
    set: { type: Number, required: true },
    decidedOn: must,
    issuer: must,
    name: must,
    group: mixed,
    subtitle: text,
    leadAgency: text,
    rejectedWhen: text,
    starLegend: text,
    parts: mixed,
    declaredTotal: { type: Number, required: true },
    grades: mixed,
    minimums: mixed,
    traceability: mixed,
    notes: { type: [String], required: true },
    source: mixed,
    version: { type: Number, required: true },
    importedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false, minimize: false },
);
cardSchema.index({ decision: 1, set: 1 }, { unique: true, name: 'scoreCards_decision_set' });
cardSchema.index({ set: 1, decidedOn: -1 }, { name: 'scoreCards_set_decidedOn' });
keepChangeNotes(cardSchema as never, 'scoreCards');

export function scoreCardModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['ScoreCard'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('ScoreCard', cardSchema, 'scoreCards');
}

const toCard = ({ _id: _i, version: _v, importedAt: _a, unnoted: _u, ...card }: Stored): ScoreCard => card;

/** Every stored card, by set, the latest decision first. */
export async function findCards(db: Db): Promise<ScoreCard[]> {
  const found = await scoreCardModel(db).find({}).sort({ set: 1, decidedOn: -1 }).lean<Stored[]>();
  return found.map(toCard);
}

export type CardName = Pick<ScoreCard, 'set' | 'name'> & { group: string };

/** Set, name and group of every stored card, by set, the latest decision first. */
export async function findCardNames(db: Db): Promise<CardName[]> {
  const found = await scoreCardModel(db)
    .find({}, { set: 1, name: 1, 'group.name': 1 })
    .sort({ set: 1, decidedOn: -1 })
    .lean<Stored[]>();
  return found.map(({ set, name, group }) => ({ set, name, group: group.name }));
}

/** The card of a set by the latest decision. */
export async function findLatestCard(db: Db, set: number): Promise<ScoreCard | undefined> {
  const found = await scoreCardModel(db).findOne({ set }).sort({ decidedOn: -1 }).lean<Stored>();
  return found === null ? undefined : toCard(found);
}
