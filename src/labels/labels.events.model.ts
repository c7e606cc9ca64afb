// What happened to label runs, append-only.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { LabelRunEvent } from './labels.types.ts';

type StoredEvent = Omit<LabelRunEvent, 'id'> & { _id: string };

const text = { type: String, required: true } as const;
const whole = { type: Number, required: true } as const;
const moment = { type: Date, required: true } as const;

const eventSchema = new mongoose.Schema<StoredEvent>(
  {
    _id: text,
    runId: text,
    producerId: text,
    kind: text,
    from: whole,
    end: whole,
    format: String,
    reason: { type: String, default: '' },
    unitsBack: whole,
    symbols: Number,
    failedPlace: Number,
    turn: Number,
    byUserId: { type: String, default: '' },
    at: moment,
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
eventSchema.index({ producerId: 1, runId: 1, at: 1 }, { name: 'labelRunEvents_run' });
const turnTaken = 'labelRunEvents_turn';
eventSchema.index(
  { producerId: 1, runId: 1, turn: 1 },
  { unique: true, partialFilterExpression: { turn: { $gt: 0 } }, name: turnTaken },
);
eventSchema.index({ at: 1 }, { name: 'labelRunEvents_at' });

export function labelRunEventModel(db: Db): mongoose.Model<StoredEvent> {
  const known = db.models['LabelRunEvent'] as mongoose.Model<StoredEvent> | undefined;
  return known ?? db.model<StoredEvent>('LabelRunEvent', eventSchema, 'labelRunEvents');
}

const toEvent = ({ _id, ...rest }: StoredEvent): LabelRunEvent => ({
  ...rest,
  id: _id,
  format: rest.format,
  symbols: rest.symbols,
  failedPlace: rest.failedPlace,
  turn: rest.turn,
});

/** Inserts the event under its id; when the id is taken, returns the stored one instead. */
export async function insertEvent(db: Db, event: LabelRunEvent): Promise<{ event: LabelRunEvent; inserted: boolean }> {
  const { id, ...rest } = event;
  try {
    await labelRunEventModel(db).create({ _id: id, ...rest });
    return { event, inserted: true };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await labelRunEventModel(db).findById(id).lean<StoredEvent>();
    if (stored === null) throw error;
    return { event: toEvent(stored), inserted: false };
  }
}

/** Inserts what somebody does as the deed of its turn: the stored event of that id, or undefined when another deed has the turn. */
export async function insertDeed(db: Db, event: LabelRunEvent): Promise<LabelRunEvent | undefined> {
  try {
    return (await insertEvent(db, event)).event;
  } catch (error) {
    if (isDuplicateKey(error)?.index === turnTaken) return undefined;
    throw error;
  }
}

/** All events of a run, oldest first. */
export async function findEvents(db: Db, producerId: string, runId: string): Promise<LabelRunEvent[]> {
  const found = await labelRunEventModel(db).find({ producerId, runId }).sort({ at: 1, _id: 1 }).lean<StoredEvent[]>();
  return found.map(toEvent);
}

/** The same for several runs of one producer. */
export async function findEventsOfRuns(
  db: Db,
  producerId: string,
  runIds: readonly string[],
): Promise<LabelRunEvent[]> {
  const found = await labelRunEventModel(db)
    .find({ producerId, runId: { $in: [...runIds] } })
    .sort({ at: 1, _id: 1 })
    .lean<StoredEvent[]>();
  return found.map(toEvent);
}

/** Events since a moment that give units back, for the sweep. */
export async function findReturnsSince(db: Db, since: Date): Promise<LabelRunEvent[]> {
  const found = await labelRunEventModel(db)
    .find({ at: { $gte: since }, unitsBack: { $gt: 0 } })
    .limit(1000)
    .lean<StoredEvent[]>();
  return found.map(toEvent);
}
