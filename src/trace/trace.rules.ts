// Arithmetic that the page spells out: waiting time before a harvest, and packed against harvested. Pure.
import { addDays, daysBetween } from '../days.ts';
import type { Day } from '../days.ts';
import type { NetContent } from '../products/products.types.ts';
import type { Step } from '../steps/steps.types.ts';

/** The spray that decides about a harvest. `needed` and `isMet` are undefined when its waiting time is not on record: never read as 0. */
export type Waiting = {
  sprayedOn: Day;
  isLastSpray: boolean;
  days: number;
  needed: number | undefined;
  isMet: boolean | undefined;
};

const lastDayOf = (step: Step): Day => step.doneUntil ?? step.doneOn;

const sharesSite = (left: Step, right: Step): boolean =>
  left.siteIds.length === 0 || right.siteIds.length === 0 || left.siteIds.some((site) => right.siteIds.includes(site));

/** As the guard counts (steps): from the last day of spraying to the first of harvesting. The deciding spray before a harvest on the same sites: one without a waiting time, else the one whose waiting time ends last; undefined without sprays. */
export function waitingBefore(harvest: Step, steps: readonly Step[]): Waiting | undefined {
  const sprays = steps
    .filter((step) => step.kind === 'spray' && step.doneOn <= lastDayOf(harvest) && sharesSite(step, harvest))
    .sort((left, right) => lastDayOf(right).localeCompare(lastDayOf(left)));
  const endOf = (spray: Step): Day => addDays(lastDayOf(spray), spray.data.waitDays ?? 0);
  const unknown = sprays.find((spray) => spray.data.waitDays === undefined);
  const deciding = unknown ?? [...sprays].sort((left, right) => endOf(right).localeCompare(endOf(left)))[0];
  if (deciding === undefined) return undefined;
  const days = Math.max(0, daysBetween(lastDayOf(deciding), harvest.doneOn));
  const needed = deciding.data.waitDays;
  const isMet = needed === undefined ? undefined : endOf(deciding) <= harvest.doneOn;
  return { sprayedOn: lastDayOf(deciding), isLastSpray: deciding === sprays[0], days, needed, isMet };
}

const baseUnits: Record<string, { unit: string; factor: number }> = {
  g: { unit: 'g', factor: 1 },
  kg: { unit: 'g', factor: 1000 },
  ml: { unit: 'ml', factor: 1 },
  l: { unit: 'ml', factor: 1000 },
  lít: { unit: 'ml', factor: 1000 },
  piece: { unit: 'piece', factor: 1 },
};

/** What one packing comes to, in the unit that people would say (kg from 1,000 g). `harvested` is there when all harvests are on record in a like unit. */
export type Packing = {
  units: number;
  total: { amount: number; unit: string };
  harvested: { amount: number; unit: string } | undefined;
  fits: boolean | undefined;
};

const inBase = (amount: number, unit: string | undefined): { amount: number; unit: string } | undefined => {
  const base = baseUnits[unit ?? ''];
  return base === undefined ? undefined : { amount: amount * base.factor, unit: base.unit };
};

const asSaid = ({ amount, unit }: { amount: number; unit: string }): { amount: number; unit: string } =>
  amount >= 1000 && unit !== 'piece' ? { amount: amount / 1000, unit: unit === 'g' ? 'kg' : 'l' } : { amount, unit };

const sumOf = (steps: readonly Step[], unit: string): number | undefined => {
  const parts = steps.map(({ data }) => (data.amount === undefined ? undefined : inBase(data.amount, data.unit)));
  if (parts.length === 0 || parts.some((part) => part?.unit !== unit)) return undefined;
  return parts.reduce((sum, part) => sum + (part?.amount ?? 0), 0);
};

/** Units of a packing step times net content, against all that was harvested; undefined when the step names no units. */
export function packingOf(pack: Step, steps: readonly Step[], net: NetContent): Packing | undefined {
  const units = pack.data.unitsPacked;
  const one = inBase(net.amount, net.unit);
  if (units === undefined || one === undefined) return undefined;
  const packs = steps.filter((step) => step.kind === 'pack');
  const allPacked = packs.reduce((sum, step) => sum + (step.data.unitsPacked ?? 0), 0) * one.amount;
  const harvested = sumOf(
    steps.filter((step) => step.kind === 'harvest'),
    one.unit,
  );
  return {
    units,
    total: asSaid({ amount: units * one.amount, unit: one.unit }),
    harvested: harvested === undefined ? undefined : asSaid({ amount: harvested, unit: one.unit }),
    fits: harvested === undefined ? undefined : allPacked <= harvested + 1e-6,
  };
}
