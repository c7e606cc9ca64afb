// A place as the server draws it, with its scale and its name for those who listen.
import { boxOf, polygonsOf } from '../geometry/bounds.ts';
import { drawPlaces } from '../geometry/drawing.ts';
import type { MapDrawing } from '../geometry/drawing.ts';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import type { SiteGeometry } from './sites.types.ts';

const size = { width: 328, height: 230 };
const leftPx = 14;
const lowPx = 12;

const scaleWords = (language: Language, metres: number): string =>
  metres >= 1000 ? `${formatNumber(language, metres / 1000)}\u00A0km` : `${formatNumber(language, metres)}\u00A0m`;

type Ring = number[][];

// What is typed may not be closed yet, and may carry heights.
const drawable = (geometry: SiteGeometry): SiteGeometry => {
  const two = (position: number[]): number[] => position.slice(0, 2);
  const ringOf = (ring: Ring): Ring => [...ring, ...ring.slice(0, 1)].map(two);
  if (geometry.type === 'Point') return { type: 'Point', coordinates: two(geometry.coordinates) };
  if (geometry.type === 'Polygon') return { type: 'Polygon', coordinates: geometry.coordinates.map(ringOf) };
  return { type: 'MultiPolygon', coordinates: geometry.coordinates.map((rings) => rings.map(ringOf)) };
};

// Positions farther apart (a corner exchanged, one abroad) make a drawing of nothing.
const widestDegrees = 2;

const isSmall = (geometry: SiteGeometry): boolean => {
  const positions = geometry.type === 'Point' ? [geometry.coordinates] : polygonsOf(geometry).flat(2);
  const [west, south, east, north] = boxOf(positions);
  return Math.max(east - west, north - south) < widestDegrees;
};

export type SiteDrawing = MapDrawing & {
  title: string;
  bar: { d: string; x: number; y: number; text: string };
  compass: { x: number; y: number };
};

/** Data of views/sites/_map.hbs: one place, and a mark where something is wrong with it. Undefined for what can't be drawn. */
export function placeDrawing(
  language: Language,
  place: SiteGeometry,
  name: string,
  wrongAt?: readonly number[],
): SiteDrawing | undefined {
  const geometry = drawable(place);
  if (!isSmall(geometry)) return undefined;
  const drawing = drawPlaces([{ name, geometry }], size, wrongAt === undefined ? [] : [[...wrongAt]]);
  if (drawing === undefined) return undefined;
  const baseline = drawing.height - lowPx;
  return {
    ...drawing,
    title: name === '' ? t(language, 'sites.page.mapTyped') : t(language, 'sites.page.map', { name }),
    bar: {
      d: `M${leftPx} ${baseline - 5}v5h${drawing.scale.px}v-5`,
      x: leftPx + drawing.scale.px / 2,
      y: baseline - 7,
      text: scaleWords(language, drawing.scale.metres),
    },
    compass: { x: drawing.width - 22, y: 16 },
  };
}
