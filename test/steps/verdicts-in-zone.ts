// Prints what the rules of batches and steps say about fixed records: the same text in whatever zone the process runs.
import { requireDaysInOrder, useByOf } from '../../src/batches/batches.rules.ts';
import { dayOf } from '../../src/days.ts';
import { dayBreach, waitingBreach } from '../../src/steps/steps.guards.rules.ts';
import { gapsOf, isLateOffline } from '../../src/steps/steps.rules.ts';

// 00:30 on 1 September 2026 in Viet Nam: still August in the west, and on a phone set to UTC+9 already half past two.
const now = new Date('2026-08-31T17:30:00Z');
const today = dayOf(now);
const work = (doneOn: string) => ({ id: doneOn, doneOn, doneUntil: undefined, siteIds: [] });
const data = { amount: undefined, unit: undefined, material: 'Bt', waitDays: 7, unitsPacked: undefined };
const harvest = { ...work(today), kind: 'harvest' as const };
const spray = { ...work('2026-08-26'), kind: 'spray' as const, data };

requireDaysInOrder({ startedOn: today, harvestedOn: today, packedOn: today, useBy: undefined }, today);
console.log(
  JSON.stringify({
    today,
    inFuture: dayBreach(work('2026-09-02'), '2026-01-05', today) ?? null,
    onToday: dayBreach(work(today), '2026-01-05', today) ?? null,
    waiting: waitingBreach(spray, harvest) ?? null,
    useBy: useByOf({ packedOn: today, useBy: undefined }, 30),
    gaps: gapsOf([{ step: work('2026-03-01') }, { step: work('2026-04-15') }]),
    late: isLateOffline({ queued: true, madeAt: '2026-09-01T02:19:00+09:00' }, now),
  }),
);
