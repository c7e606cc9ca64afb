// What is generated: how much, under which seed, and until when.
import { addDays } from '../../src/days.ts';
import type { Day } from '../../src/days.ts';
import { day } from '../../src/fields.ts';

export type Settings = {
  batches: number;
  seed: number;
  /** The last day of work. A fixed day by default, so that a seed means the same records in any year. */
  until: Day;
  /** Number of the first label run. */
  firstRun: number;
  /** Printed on the labels; without a slash at the end. */
  baseUrl: string;
  /** Marks everything as DỮ LIỆU MẪU. Off for measurements only, where label runs have to take units from the balance. */
  sample: boolean;
};

export const defaults: Settings = {
  batches: 1000,
  seed: 1,
  until: '2026-08-31',
  firstRun: 1,
  baseUrl: 'http://localhost:3000',
  sample: true,
};

/** How far back the work reaches from `until`. */
export const seasonsDays = 1095;
/** From the registration of a producer to `until`: before its first season. */
const registeredDays = 1300;

export const registeredOn = (until: Day): Day => addDays(until, -registeredDays);

/** A moment of a day in Viet Nam; `minute` counts from midnight. */
export function momentOf(day: Day, minute: number): Date {
  return new Date(Date.parse(`${day}T00:00:00+07:00`) + minute * 60_000);
}

const wholeNumber = (name: string, text: string, least: number, most: number): number => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`--${name} is not a whole number from ${least} to ${most}`);
};

// Run numbers have 25 bits, and one goes to each batch.
const mostBatches = 10_000_000;

/** Reads the options of the command line. Throws an Error that names the wrong one. */
export function readSettings(given: { batches?: string; seed?: string; until?: string }): Omit<Settings, 'firstRun'> {
  const { batches, seed, until } = given;
  if (until !== undefined && !day.safeParse(until).success) throw new Error('--until is not a day, YYYY-MM-DD');
  return {
    ...defaults,
    ...(batches === undefined ? {} : { batches: wholeNumber('batches', batches, 1, mostBatches) }),
    ...(seed === undefined ? {} : { seed: wholeNumber('seed', seed, 0, 999_999_999) }),
    ...(until === undefined ? {} : { until }),
  };
}
