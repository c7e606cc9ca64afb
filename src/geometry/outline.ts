// Outlines on a flat drawing: thinned, written as a path, and a point inside them. Pure.

export type Point = { x: number; y: number };
export type Ring = Point[];

/** The box around points, however many. */
export const boundsOf = (points: readonly Point[]) => {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
};

const distanceToLine = (point: Point, from: Point, to: Point): number => {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return Math.hypot(point.x - from.x, point.y - from.y);
  return Math.abs((to.x - from.x) * (from.y - point.y) - (from.x - point.x) * (to.y - from.y)) / length;
};

/** Douglas and Peucker, without recursion: outlines may have tens of thousands of points. */
export function simplify(line: readonly Point[], tolerance: number): Point[] {
  const kept = new Set([0, line.length - 1]);
  const waiting: [number, number][] = [[0, line.length - 1]];
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    const [from, to] = span;
    let farthest = { place: -1, distance: tolerance };
    for (let place = from + 1; place < to; place += 1) {
      const distance = distanceToLine(line[place]!, line[from]!, line[to]!);
      if (distance > farthest.distance) farthest = { place, distance };
    }
    if (farthest.place === -1) continue;
    kept.add(farthest.place);
    waiting.push([from, farthest.place], [farthest.place, to]);
  }
  return line.filter((_, place) => kept.has(place));
}

/** The same for a ring, which begins and ends at one point: it is cut at the point farthest away before it is thinned. */
export const simplifyRing = (ring: Ring, tolerance: number): Ring => {
  const first = ring[0];
  if (first === undefined || ring.length < 5) return ring;
  const distances = ring.map((point) => Math.hypot(point.x - first.x, point.y - first.y));
  const cut = distances.indexOf(Math.max(...distances));
  return [...simplify(ring.slice(0, cut + 1), tolerance), ...simplify(ring.slice(cut), tolerance).slice(1)];
};

/** The outline as path data in whole pixels; parts too small to be seen are left out. */
export const pathOf = (rings: readonly Ring[], tolerance: number): string =>
  rings
    .map((ring) => simplifyRing(ring, tolerance).map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })))
    .map((ring) =>
      ring.filter((point, place) => place === 0 || point.x !== ring[place - 1]!.x || point.y !== ring[place - 1]!.y),
    )
    .filter((ring) => ring.length >= 4)
    .map((ring) => {
      const steps = ring.slice(1, -1).map((point, place) => `${point.x - ring[place]!.x} ${point.y - ring[place]!.y}`);
      return `M${ring[0]!.x} ${ring[0]!.y}l${steps.join(' ').replaceAll(' -', '-')}z`;
    })
    .join('');

const widestGap = (rings: readonly Ring[], y: number): number | undefined => {
  const crossings = rings
    .flatMap((ring) =>
      ring.slice(1).flatMap((to, place) => {
        const from = ring[place]!;
        return from.y > y === to.y > y ? [] : [from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x)];
      }),
    )
    .sort((left, right) => left - right);
  let widest: { middle: number; width: number } | undefined;
  for (let place = 0; place + 1 < crossings.length; place += 2) {
    const width = crossings[place + 1]! - crossings[place]!;
    if (widest === undefined || width > widest.width) widest = { middle: crossings[place]! + width / 2, width };
  }
  return widest?.middle;
};

/** A point inside the outline, near its middle. */
export const middleOf = (rings: readonly Ring[]): Point => {
  const { left, right, top, bottom } = boundsOf(rings.flat());
  const y = (top + bottom) / 2;
  return { x: widestGap(rings, y + 1e-6) ?? (left + right) / 2, y };
};
