// What the clients of `chain` send, and what the bare writes of its baseline are made of.
import { v7 as uuidv7 } from 'uuid';
import { addDays, dayOf } from '../../src/days.ts';
import type { Ground } from './owners.ts';

const unitsMade = 80;
const amount = 100;

/** Begun a month ago, harvested and packed yesterday. */
const chainDays = (now: Date) => {
  const yesterday = addDays(dayOf(now), -1);
  return { startedOn: addDays(yesterday, -29), harvestedOn: yesterday, packedOn: yesterday };
};

const unitOf = ({ unit }: Ground['netContent']): 'kg' | 'l' | 'piece' =>
  unit === 'piece' ? 'piece' : unit === 'l' || unit === 'ml' ? 'l' : 'kg';

/** A batch as an owner would make it. */
export const newBatchJson = (ground: Ground) => ({
  id: uuidv7(),
  lotNumber: `B${uuidv7().replaceAll('-', '').slice(-18).toUpperCase()}`,
  siteIds: ground.siteIds,
  ...chainDays(new Date()),
  quantity: { amount, unit: unitOf(ground.netContent) },
  unitsMade,
});

/** Three steps, as a recorder would send them. */
export const newStepsJson = () => {
  const { startedOn, harvestedOn, packedOn } = chainDays(new Date());
  return [
    { id: uuidv7(), kind: 'weed', doneOn: addDays(startedOn, 10), note: 'Làm cỏ quanh gốc.' },
    { id: uuidv7(), kind: 'harvest', doneOn: harvestedOn, amount, unit: 'kg', note: '' },
    { id: uuidv7(), kind: 'pack', doneOn: packedOn, unitsPacked: unitsMade, note: '' },
  ] as const;
};
