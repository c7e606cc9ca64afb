// Where names stand on the commune's map: clear of the commune, of the corner with the province and of each other. Pure.
import type { Position } from 'geojson';
import type { Frame } from '../geometry/clip.ts';
import { whereIn } from '../geometry/crossing.ts';
import type { MapSize } from '../geometry/drawing.ts';
import { areaOf } from '../geometry/flat.ts';
import { middleOf, simplifyRing } from '../geometry/outline.ts';
import type { Point, Ring } from '../geometry/outline.ts';

export type PlacedName = { text: string; x: number; y: number };

/** A neighbour as far as it is seen in the frame, with the square pixels of it. */
export type Seen = { name: string; rings: Ring[]; area: number };

/** Widths of a letter, about. */
export const letterPx = { name: 7.8, neighbour: 6.2 };
/** Least distance to the frame, in px. */
export const inside = 4;
const mostNames = 8;

/** The box that a name takes. */
export const boxOf = (text: string, { x, y }: Point, letter: number): Frame => {
  const half = (text.length * letter) / 2 + 3;
  return { left: x - half, right: x + half, top: y - 13, bottom: y + 5 };
};

const overlaps = (one: Frame, other: Frame): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

// Steps from a neighbour's middle to where its name may stand, the nearest first.
const nameSteps = [0, -14, 14, -26, 26]
  .flatMap((dy) => [0, -20, 20, -38, 38].map((dx) => ({ dx, dy })))
  .sort((one, other) => Math.hypot(one.dx, one.dy) - Math.hypot(other.dx, other.dy));

/** Whether a name stands clear of the commune: neither of its ends, middles nor corners lies in it. */
const isOutside = (rings: readonly Position[][], { left, right, top, bottom }: Frame): boolean =>
  [0, 0.25, 0.5, 0.75, 1].every((share) => {
    const x = left + share * (right - left);
    return [top + 2, bottom - 2].every((y) => rings.every((ring) => whereIn(ring, [x, y]) === 'outside'));
  });

// A coarse outline answers as well and sooner.
const coarse = (ring: Ring): Position[] => simplifyRing(ring, 2).map(({ x, y }) => [x, y]);

/** The drawing's size, the commune's rings, and the boxes that are taken. */
type Room = { size: MapSize; own: readonly Ring[]; taken: Frame[] };
type KnownRoom = Omit<Room, 'own'> & { own: readonly Position[][] };

const findRoom = (name: string, middle: Point, { size, own, taken }: KnownRoom): Point | undefined => {
  const half = (name.length * letterPx.neighbour) / 2 + inside;
  const rows = nameSteps.map(({ dx, dy }) => ({
    x: Math.max(half, Math.min(size.width - half, middle.x + dx)),
    y: middle.y + 4 + dy,
  }));
  return rows.find((at) => {
    const box = boxOf(name, at, letterPx.neighbour);
    const isWithin = at.y > 14 && at.y < size.height - inside;
    return isWithin && !taken.some((other) => overlaps(other, box)) && isOutside(own, box);
  });
};

/** Names of neighbours where they find room, the largest first. */
export const placeNames = (seen: readonly Seen[], room: Room): PlacedName[] => {
  const names: PlacedName[] = [];
  const known = { ...room, own: room.own.map(coarse) };
  for (const { name, rings } of [...seen].sort((one, other) => other.area - one.area)) {
    if (names.length === mostNames) break;
    const [largest] = [...rings].sort((one, other) => areaOf(other) - areaOf(one));
    const at = largest === undefined ? undefined : findRoom(name, middleOf([largest]), known);
    if (at === undefined) continue;
    room.taken.push(boxOf(name, at, letterPx.neighbour));
    names.push({ text: name, x: Math.round(at.x), y: Math.round(at.y) });
  }
  return names;
};
