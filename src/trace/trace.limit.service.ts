// Only look-ups that fail are counted, by the network they come from: guessing is slowed, a market hall of buyers behind one address is not.
import { createHmac } from 'node:crypto';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { networkOf, takeTurns } from '../db/limits.ts';

const failuresAMinute = 60;

/** Counts a look-up that found nothing. Returns 0, or the seconds to wait when there were too many. The key names nobody and is another one every day. */
export async function countFailedLookUp(db: Db, key: Buffer, address: string, now: Date): Promise<number> {
  const name = createHmac('sha256', key)
    .update(JSON.stringify(['failed look-ups', dayOf(now), networkOf(address)]))
    .digest('base64url');
  return takeTurns(db, [{ key: `lookups:${name}`, most: failuresAMinute, windowSeconds: 60 }], now);
}
