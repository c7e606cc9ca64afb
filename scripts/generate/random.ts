// Chance that comes out the same in every run: a generator for each record, from the seed and the record's place. Not for secrets.

export type Random = {
  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  /** True about `share` of the time (0 to 1). */
  chance(share: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** Lower-case hex digits, two a byte. */
  hex(bytes: number): string;
  /** A UUID of version 7 (RFC 9562) of a moment. */
  uuid(at: Date): string;
};

const wordHex = (word: number): string => word.toString(16).padStart(8, '0');

const mixed = (value: number): number => {
  let word = value >>> 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
};

/** The sequence of numbers of one place. sfc32 by Chris Doty-Humphrey (public domain, PractRand): 128 bits of state, so that ids do not meet. */
const words = (seed: number, place: readonly number[]): (() => number) => {
  let [a, b, c, counter] = [mixed(seed), mixed(seed ^ 0x9e3779b9), 0, 1];
  const next = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  for (const number of place) {
    c = (c ^ mixed(number)) >>> 0;
    a = (a ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0;
    for (let round = 0; round < 6; round += 1) next();
  }
  for (let round = 0; round < 12; round += 1) next();
  return next;
};

/** The chance of one place: equal seeds and places give equal sequences, other places unrelated ones. */
export function randomAt(seed: number, ...place: number[]): Random {
  const next = words(seed, place);
  const below = (count: number): number => Math.floor((next() / 2 ** 32) * count);
  const hex = (bytes: number): string => {
    let digits = '';
    while (digits.length < bytes * 2) digits += wordHex(next());
    return digits.slice(0, bytes * 2);
  };
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (share) => next() / 2 ** 32 < share,
    pick: <T>(values: readonly T[]): T => {
      if (values.length === 0) throw new RangeError('nothing to pick from');
      return values[below(values.length)] as T;
    },
    hex,
    uuid: (at) => {
      const time = at.getTime().toString(16).padStart(12, '0');
      const [one, two, three] = [wordHex(next()), wordHex(next()), wordHex(next())];
      const variant = '89ab'.charAt(below(4));
      return `${time.slice(0, 8)}-${time.slice(8)}-7${one.slice(0, 3)}-${variant}${two.slice(0, 3)}-${two.slice(3)}${three.slice(1)}`;
    },
  };
}
