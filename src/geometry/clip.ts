// The part of an outline that lies in a frame. Pure.
import type { Point, Ring } from './outline.ts';

export type Frame = { left: number; right: number; top: number; bottom: number };

type Edge = { isInside: (point: Point) => boolean; crossing: (from: Point, to: Point) => Point };

const atX = (x: number) => (from: Point, to: Point) => ({
  x,
  y: from.y + ((x - from.x) / (to.x - from.x)) * (to.y - from.y),
});
const atY = (y: number) => (from: Point, to: Point) => ({
  x: from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x),
  y,
});

const edgesOf = ({ left, right, top, bottom }: Frame): Edge[] => [
  { isInside: ({ x }) => x >= left, crossing: atX(left) },
  { isInside: ({ x }) => x <= right, crossing: atX(right) },
  { isInside: ({ y }) => y >= top, crossing: atY(top) },
  { isInside: ({ y }) => y <= bottom, crossing: atY(bottom) },
];

const cutAt = (ring: Ring, { isInside, crossing }: Edge): Ring => {
  const kept: Ring = [];
  for (let place = 1; place < ring.length; place += 1) {
    const [from, to] = [ring[place - 1], ring[place]];
    if (from === undefined || to === undefined) continue;
    if (isInside(from) !== isInside(to)) kept.push(crossing(from, to));
    if (isInside(to)) kept.push(to);
  }
  const [first] = kept;
  return first === undefined ? [] : [...kept, first];
};

/** A closed ring cut at the frame (Sutherland and Hodgman); empty when it lies outside. Parts of one ring stay joined along the frame. */
export function clipRing(ring: Ring, frame: Frame): Ring {
  return edgesOf(frame).reduce(cutAt, ring);
}
