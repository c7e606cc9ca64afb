// Random input that is the same in every run: a small generator (mulberry32) with a seed that the test names.

export type Random = {
  /** A whole number from `from` up to, not including, `to`. */
  below(from: number, to: number): number;
  bytes(count: number): Buffer;
  pick<T>(values: readonly T[]): T;
};

/** Starts the generator; equal seeds give equal sequences. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (from: number, to: number) => from + Math.floor(next() * (to - from));
  return {
    below,
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(0, 256))),
    pick: (values) => {
      const picked = values[below(0, values.length)];
      if (picked === undefined) throw new RangeError('Nothing to pick from');
      return picked;
    },
  };
}
