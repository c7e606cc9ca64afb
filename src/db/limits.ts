// Limits that hold across instances and restarts: one counter a key and window in the store, raised by one conditional update.
// Own expiry: the embedded engine never deletes by a TTL index.
import net from 'node:net';
import mongoose from 'mongoose';
import type { Db } from './connect.ts';
import { isDuplicateKey } from './indexes.ts';

/** At most `most` turns in a window that begins with the first turn. `key` must not hold an address or a login as it is. */
export type Limit = { key: string; most: number; windowSeconds: number };

type Stored = { _id: string; count: number; endsAt: Date };

const limitSchema = new mongoose.Schema<Stored>(
  {
    _id: { type: String, required: true },
    count: { type: Number, required: true },
    endsAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
limitSchema.index({ endsAt: 1 }, { name: 'limits_endsAt' });

export function limitModel(db: Db): mongoose.Model<Stored> {
  return (db.models['Limit'] as mongoose.Model<Stored> | undefined) ?? db.model<Stored>('Limit', limitSchema, 'limits');
}

/** Counts a turn in the running window, or begins a new one. */
const countTurn = async (db: Db, limit: Limit, now: Date): Promise<Stored> => {
  const endsAt = new Date(now.getTime() + limit.windowSeconds * 1000);
  for (;;) {
    const running = await limitModel(db)
      .findOneAndUpdate({ _id: limit.key, endsAt: { $gt: now } }, { $inc: { count: 1 } }, { returnDocument: 'after' })
      .lean<Stored>();
    if (running !== null) return running;
    try {
      return await limitModel(db)
        .findOneAndUpdate(
          { _id: limit.key, endsAt: { $lte: now } },
          { $set: { count: 1, endsAt } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<Stored>();
    } catch (error) {
      // Someone else has begun the window in between: the turn counts in theirs.
      if (isDuplicateKey(error) === undefined) throw error;
    }
  }
};

/** Takes a turn of each limit, in order. Returns 0, or the seconds to wait when one is used up (the later ones are then not counted). */
export async function takeTurns(db: Db, limits: readonly Limit[], now: Date): Promise<number> {
  for (const limit of limits) {
    const counted = await countTurn(db, limit, now);
    if (counted.count > limit.most) return Math.max(1, Math.ceil((counted.endsAt.getTime() - now.getTime()) / 1000));
  }
  return 0;
}

/** Gives turns back that turned out to be harmless. */
export async function giveBackTurns(db: Db, limits: readonly Limit[]): Promise<void> {
  await limitModel(db).updateMany(
    { _id: { $in: limits.map(({ key }) => key) }, count: { $gt: 0 } },
    { $inc: { count: -1 } },
  );
}

/** Removes the counters whose window is over. */
export async function removeOldLimits(db: Db, now: Date): Promise<void> {
  await limitModel(db).deleteMany({ endsAt: { $lte: now } });
}

/** What a limit on an address counts: an IPv4 address, or the /64 network of an IPv6 address, which one household or host has whole. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || net.isIPv6(address) === false) return mapped ?? address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const whole = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
