// Where outlines cross: the plane geometry behind the check of an outline. Degrees are treated as a plane, which keeps crossings as they are. Pure.

export type Position = readonly number[];
export type Ring = readonly Position[];

type Side = { from: Position; to: Position; ring: number; place: number };
type Meeting = { at: Position; earlier: Side; later: Side };

const x = (position: Position): number => position[0] ?? 0;
const y = (position: Position): number => position[1] ?? 0;
const isSame = (one: Position, other: Position): boolean => x(one) === x(other) && y(one) === y(other);

/** Positive when c lies left of the way from a to b, 0 on it. */
const turn = (a: Position, b: Position, c: Position): number =>
  (x(b) - x(a)) * (y(c) - y(a)) - (y(b) - y(a)) * (x(c) - x(a));

const isBetween = (a: Position, b: Position, c: Position): boolean =>
  Math.min(x(a), x(b)) <= x(c) &&
  x(c) <= Math.max(x(a), x(b)) &&
  Math.min(y(a), y(b)) <= y(c) &&
  y(c) <= Math.max(y(a), y(b));

const isApart = (one: Side, other: Side): boolean =>
  Math.max(x(one.from), x(one.to)) < Math.min(x(other.from), x(other.to)) ||
  Math.max(x(other.from), x(other.to)) < Math.min(x(one.from), x(one.to)) ||
  Math.max(y(one.from), y(one.to)) < Math.min(y(other.from), y(other.to)) ||
  Math.max(y(other.from), y(other.to)) < Math.min(y(one.from), y(one.to));

const meetingPoint = (one: Side, other: Side): Position => {
  const before = turn(other.from, other.to, one.from);
  const after = turn(other.from, other.to, one.to);
  const share = before / (before - after);
  return [x(one.from) + share * (x(one.to) - x(one.from)), y(one.from) + share * (y(one.to) - y(one.from))];
};

/** Where two sides cross with their insides, or undefined. */
const crossingOf = (one: Side, other: Side): Position | undefined => {
  const isSplit =
    turn(one.from, one.to, other.from) * turn(one.from, one.to, other.to) < 0 &&
    turn(other.from, other.to, one.from) * turn(other.from, other.to, one.to) < 0;
  return isSplit ? meetingPoint(one, other) : undefined;
};

/** Where one side's end lies on the other side, or undefined. */
const touchOf = (one: Side, other: Side): Position | undefined => {
  for (const [side, end] of [
    [one, other.from],
    [one, other.to],
    [other, one.from],
    [other, one.to],
  ] as const)
    if (turn(side.from, side.to, end) === 0 && isBetween(side.from, side.to, end)) return end;
  return undefined;
};

/** Neighbours share one corner; anything more is a way that runs back over itself. */
const foldOf = (earlier: Side, later: Side): Position | undefined => {
  const isFolded = turn(earlier.from, earlier.to, later.to) === 0 && !isBetween(earlier.from, later.to, earlier.to);
  return isFolded ? later.from : undefined;
};

const sidesOf = (rings: readonly Ring[]): Side[] =>
  rings.flatMap((positions, ring) =>
    positions.slice(1).map((to, place) => ({ from: positions[place] ?? to, to, ring, place })),
  );

const meetingOf = (one: Side, other: Side, ringLength: number): Position | undefined => {
  if (one.ring !== other.ring) return isApart(one, other) ? undefined : crossingOf(one, other);
  if (other.place === one.place + 1) return foldOf(one, other);
  if (one.place === 0 && other.place === ringLength - 2) return foldOf(other, one);
  return isApart(one, other) ? undefined : (crossingOf(one, other) ?? touchOf(one, other));
};

const west = ({ from, to }: Side): number => Math.min(x(from), x(to));
const east = ({ from, to }: Side): number => Math.max(x(from), x(to));

const isBefore = (one: Side, other: Side): boolean =>
  one.ring === other.ring ? one.place < other.place : one.ring < other.ring;

const comesFirst = (one: Meeting, other: Meeting): boolean =>
  one.earlier === other.earlier ? isBefore(one.later, other.later) : isBefore(one.earlier, other.earlier);

const meetingsOf = function* (rings: readonly Ring[]): Generator<Meeting> {
  const sides = sidesOf(rings).sort((one, other) => west(one) - west(other));
  for (const [first, one] of sides.entries()) {
    const end = east(one);
    for (let second = first + 1; second < sides.length; second += 1) {
      const other = sides[second];
      if (other === undefined || west(other) > end) break;
      const [earlier, later] = isBefore(one, other) ? [one, other] : [other, one];
      const at = meetingOf(earlier, later, rings[earlier.ring]?.length ?? 0);
      if (at !== undefined) yield { at, earlier, later };
    }
  }
};

/**
 * The first place where closed rings cross or a ring touches itself, or undefined. Different rings may touch: neighbouring plots share a border.
 * Sides are compared from west to east with those that begin before they end, so that thousands of sides take no quadratic time.
 */
export function findCrossing(rings: readonly Ring[]): Position | undefined {
  let first: Meeting | undefined;
  for (const meeting of meetingsOf(rings)) if (first === undefined || comesFirst(meeting, first)) first = meeting;
  return first?.at;
}

/** Where a position lies: inside a closed ring, on it, or outside. */
export function whereIn(ring: Ring, position: Position): 'inside' | 'on' | 'outside' {
  let within = false;
  for (let place = 1; place < ring.length; place += 1) {
    const from = ring[place - 1] ?? [];
    const to = ring[place] ?? [];
    if (turn(from, to, position) === 0 && isBetween(from, to, position)) return 'on';
    const isCrossed = y(from) > y(position) !== y(to) > y(position);
    if (isCrossed && x(position) < ((x(to) - x(from)) * (y(position) - y(from))) / (y(to) - y(from)) + x(from))
      within = !within;
  }
  return within ? 'inside' : 'outside';
}

/** The first corner of a ring that does not lie on the other ring, with where it lies; rings that do not cross have all such corners on one side. */
export function sideOf(ring: Ring, other: Ring): { at: Position; where: 'inside' | 'on' | 'outside' } {
  for (const at of ring) {
    const where = whereIn(other, at);
    if (where !== 'on') return { at, where };
  }
  return { at: ring[0] ?? [], where: 'on' };
}

export { isSame as isSamePosition };
