// When a lot was begun, worked on, harvested and packed: days worked out from its product's seasons, the same for lots of one season.
import { addDays } from '../../src/days.ts';
import type { Day } from '../../src/days.ts';
import type { Crop, Work } from './crops.types.ts';
import type { Line } from './farms.ts';
import type { Random } from './random.ts';
import { seasonsDays } from './settings.ts';

/** `harvestedOn` is the day of making where the crop has no harvest. Days may lie in the future: the lot is then still growing. */
export type LotDays = { startedOn: Day; harvestedOn: Day; packedOn: Day };

/** A piece of work with its days. */
export type DatedWork = Omit<Work, 'on' | 'until'> & { doneOn: Day; doneUntil: Day | undefined };

const lastOf = (works: readonly Work[]): number => Math.max(0, ...works.map(({ on, until }) => until ?? on));

/** The days of lot number `lot` of the `count` of a product. The last season is the one that runs on the day `until`. */
export function lotDays(line: Line, lot: number, count: number, until: Day, random: Random): LotDays {
  const { crop, seasonShift } = line;
  const seasons = Math.max(1, Math.floor(seasonsDays / crop.seasonDays));
  const season = Math.floor((lot * seasons) / count);
  const inSeason = (one: number): boolean => Math.floor((one * seasons) / count) === season;
  const lots = Array.from({ length: count }, (_, one) => one).filter(inSeason);
  const startedOn = addDays(until, -seasonShift - (seasons - 1 - season) * crop.seasonDays);
  const { from, to } = crop.harvest;
  const harvestDay = from + Math.floor(((to - from) * lots.indexOf(lot)) / Math.max(1, lots.length));
  const harvestedOn = addDays(startedOn, harvestDay);
  const packedOn = addDays(harvestedOn, lastOf(crop.finish) + random.below(2));
  return { startedOn, harvestedOn, packedOn };
}

// Sprays are the same day for all lots of a season: they lie on the same plots, and no lot may be harvested inside another's waiting time.
const shiftOf = (work: Work, random: Random): number => (work.kind === 'spray' || work.on === 0 ? 0 : random.below(4));

const dated = ({ on, until, ...work }: Work, from: Day, shift: number): DatedWork => ({
  ...work,
  doneOn: addDays(from, on + shift),
  doneUntil: until === undefined ? undefined : addDays(from, until + shift),
});

const mayBeLeftOut: readonly string[] = ['water', 'weed'];

/** All work on a lot that is done by the day `until`, in the order of its days. */
export function workOf(crop: Crop, days: LotDays, until: Day, random: Random): DatedWork[] {
  const care = crop.care
    .filter(({ kind }) => !mayBeLeftOut.includes(kind) || !random.chance(0.15))
    .map((work) => dated(work, days.startedOn, shiftOf(work, random)));
  const harvest: Work[] = crop.harvest.isHarvest ? [{ kind: 'harvest', on: 0 }] : [];
  const finish = [...harvest, ...crop.finish].map((work) => dated(work, days.harvestedOn, 0));
  const pack = dated({ kind: 'pack', on: 0 }, days.packedOn, 0);
  return [...care, ...finish, pack].filter(({ doneOn, doneUntil }) => (doneUntil ?? doneOn) <= until);
}
