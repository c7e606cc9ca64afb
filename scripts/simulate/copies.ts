// A seeded simulation of scans: genuine packs in their households, and labels that were copied on to other packs.
import { doubtOf, doubtNumbers } from '../../src/scans/scans.rules.ts';
import { addHistories, noScans, oneScan } from '../../src/scans/scans.tally.rules.ts';
import type { ScanHistory } from '../../src/scans/scans.types.ts';
import { provinces } from '../../src/units/provinces.types.ts';

/** What is assumed of people. None of it was measured; docs/benchmarks.md says so beside the figures. */
export const assumed = {
  /** Looks per pack that is scanned at all: one and then each further one with this chance. */
  lookAgain: 0.45,
  /** A pack that passes through more hands (shop, gift, meal with guests), and looks of those. */
  shared: 0.1,
  sharedLooks: 6,
  /** A pack whose picture went round (shared in a group, shown in a class), and the looks that brings. */
  goesRound: 0.002,
  goesRoundLooks: 25,
  /** A pack that was carried to another province after a day or more. */
  carried: 0.15,
  /** A look whose place comes out as that of the mobile network's exchange (Hà Nội, Đà Nẵng, Hồ Chí Minh) instead of its own. */
  misplaced: 0.2,
  exchanges: ['01', '48', '79'],
  /** Days within which a household's looks fall, and those of all packs that carry one copied label. */
  householdDays: 10,
  copiedDays: 30,
  /** A buyer of a false pack scans it with this chance, in one of so many provinces where it is sold. */
  buyerScans: 0.15,
  soldIn: 6,
};

/** mulberry32: the same numbers for the same seed everywhere. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Random = () => number;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const codes = provinces.map(({ code }) => code);
const start = Date.UTC(2026, 8, 1);
const dayMs = 86_400_000;

/** Where a look comes out: mostly where it is, sometimes at an exchange of the network. */
const seenAt = (random: Random, place: string): string =>
  random() < assumed.misplaced ? pick(random, assumed.exchanges) : place;

const look = (random: Random, place: string, fromDay: number, days: number): ScanHistory =>
  oneScan(new Date(start + Math.floor((fromDay + random() * days) * dayMs)), seenAt(random, place));

const looksLike = (random: Random, average: number): number => 1 + Math.floor(-Math.log(1 - random()) * average);

/** The scans of one genuine pack that is scanned at all. */
const genuine = (random: Random): ScanHistory => {
  const home = pick(random, codes);
  let looks = 1;
  while (random() < assumed.lookAgain) looks += 1;
  if (random() < assumed.shared) looks += looksLike(random, assumed.sharedLooks);
  const isCarried = random() < assumed.carried;
  const there = pick(random, codes);
  let history = noScans;
  for (let at = 0; at < looks; at += 1) {
    const isLater = isCarried && at > 0;
    history = addHistories(
      history,
      look(random, isLater ? there : home, isLater ? 2 : 0, isLater ? assumed.householdDays : 1),
    );
  }
  if (random() < assumed.goesRound)
    for (let more = looksLike(random, assumed.goesRoundLooks); more > 0; more -= 1)
      history = addHistories(history, look(random, pick(random, codes), 0, 3));
  return history;
};

/** The scans of one label that was copied on to so many packs. */
const copied = (random: Random, copies: number): ScanHistory => {
  const sold = Array.from({ length: assumed.soldIn }, () => pick(random, codes));
  let history = genuine(random);
  for (let pack = 0; pack < copies; pack += 1)
    if (random() < assumed.buyerScans)
      history = addHistories(history, look(random, pick(random, sold), 0, assumed.copiedDays));
  return history;
};

export type CopiesRow = {
  manyScans: number;
  manyPlaces: number;
  /** Share of genuine scanned packs that are doubted. */
  falseAlarms: number;
  /** Share of copied labels that are doubted, by the number of packs that carry the copy. */
  hits: { copies: number; rate: number }[];
};

const copiesTried = [20, 50, 100, 200, 500, 1000];
const scansTried = [10, 15, 20, 30, 40, 60];
const placesTried = [2, 3, 4];

/** Doubts of genuine and copied labels under a range of numbers. */
export function simulateCopies({ seed, units }: { seed: number; units: number }): {
  seed: number;
  units: number;
  rows: CopiesRow[];
} {
  const random = randomFrom(seed);
  const honest = Array.from({ length: units }, () => genuine(random));
  const labels = Math.max(100, Math.round(units / 50));
  const false_ = copiesTried.map((copies) => ({
    copies,
    histories: Array.from({ length: labels }, () => copied(random, copies)),
  }));
  const share = (histories: readonly ScanHistory[], numbers: typeof doubtNumbers): number =>
    histories.filter((history) => doubtOf(history, numbers) !== undefined).length / histories.length;
  const rows = placesTried.flatMap((manyPlaces) =>
    scansTried.map((manyScans) => {
      const numbers = { ...doubtNumbers, manyScans, manyPlaces };
      return {
        manyScans,
        manyPlaces,
        falseAlarms: share(honest, numbers),
        hits: false_.map(({ copies, histories }) => ({ copies, rate: share(histories, numbers) })),
      };
    }),
  );
  return { seed, units, rows };
}
