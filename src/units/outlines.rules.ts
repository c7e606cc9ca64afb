// Outlines of administrative units as GeoJSON files: what each must be, and the islands that no map of the country may lack. Pure.
import type { MultiPolygon, Polygon } from 'geojson';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { line } from '../fields.ts';
import { boxOf, polygonsOf } from '../geometry/bounds.ts';
import { simplifyRing } from '../geometry/outline.ts';
import type { Box } from '../geometry/bounds.ts';
import type { Position } from '../geometry/crossing.ts';
import { settlePlace } from '../geometry/settle.ts';
import type { ImportFault, ReadRow, ReadRows } from '../importing/importing.types.ts';
import { faultsOf } from '../importing/json-file.ts';
import { isProvinceCode, provinceFullName, provinces } from './provinces.types.ts';
import type { ArchipelagoKey, Bbox, Outline, OutlineRecord } from './units.types.ts';

const mostPositions = 20_000;
const mostFeatures = 5_000;

const position = z.array(z.number()).min(2).max(3);
const rings = z.array(z.array(position).min(1)).min(1);
const featureShape = z.object({
  type: z.literal('Feature'),
  properties: z.object({
    code: z.string().regex(/^(\d{2}|\d{5})$/, { error: 'unit-code' }),
    name: line(80),
    fullName: line(80).optional(),
  }),
  geometry: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Polygon'), coordinates: rings }),
    z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(rings).min(1) }),
  ]),
});
type Feature = z.output<typeof featureShape>;

const isOpen = (ring: readonly number[][]): boolean => {
  const [first, last] = [ring[0], ring.at(-1)];
  return first?.[0] !== last?.[0] || first?.[1] !== last?.[1];
};

/** What the checks of a place say, as faults of the row: swapped, outside Viet Nam, crossing itself, each with the place named. */
const settled = (geometry: Feature['geometry']): { geometry?: Polygon | MultiPolygon; faults: ImportFault[] } => {
  try {
    return { geometry: settlePlace(geometry, mostPositions) as Polygon | MultiPolygon, faults: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { faults: Object.entries(error.fields).map(([column, fault]) => ({ column, ...fault })) };
  }
};

const labelOf = (feature: unknown, place: number): string => {
  const { code, name } = ((feature as { properties?: unknown } | null)?.properties ?? {}) as Record<string, unknown>;
  const words = [code, name].filter((word) => typeof word === 'string').join(' ');
  return words === '' ? `#${place}` : words.slice(0, 120);
};

/** Corners nearer than this share of the outline's size to the line between others are not seen on a drawing of a phone's width. */
const sketchShare = 1 / 500;

/** The outline thinned for drawing; islands stay, however small. */
const sketchOf = (geometry: Polygon | MultiPolygon, [west, south, east, north]: Box): MultiPolygon => {
  const tolerance = Math.hypot(east - west, north - south) * sketchShare;
  const thinned = (ring: readonly (readonly number[])[]): number[][] => {
    const points = ring.map(([x = 0, y = 0]) => ({ x, y }));
    const kept = simplifyRing(points, tolerance);
    return (kept.length < 4 ? points : kept).map(({ x, y }) => [x, y]);
  };
  return { type: 'MultiPolygon', coordinates: polygonsOf(geometry).map((own) => own.map(thinned)) };
};

const readFeature = (feature: unknown, place: number): ReadRow<OutlineRecord> => {
  const row = { line: place + 1, label: labelOf(feature, place + 1), value: undefined, remarks: [] as string[] };
  const read = featureShape.safeParse(feature, { reportInput: true });
  if (!read.success) return { ...row, faults: faultsOf(read.error) };
  const { code, name, fullName } = read.data.properties;
  if (code.length === 2 && !isProvinceCode(code))
    return { ...row, faults: [{ column: 'properties.code', code: 'province-code-unknown' }] };
  const { geometry, faults } = settled(read.data.geometry);
  if (geometry === undefined) return { ...row, faults };
  const remarks = polygonsOf(read.data.geometry)
    .flat()
    .some((ring) => isOpen(ring as number[][]))
    ? ['ring-closed']
    : [];
  const level = code.length === 2 ? 'province' : 'commune';
  const full = fullName ?? (level === 'province' ? provinceFullName(code) : name);
  const bbox = boxOf(polygonsOf(geometry).flat(2));
  return {
    ...row,
    value: { code, name, fullName: full, level, geometry, bbox, sketch: sketchOf(geometry, bbox) },
    faults: [],
    remarks,
  };
};

type Archipelago = { key: ArchipelagoKey; provinceCode: string; fault: string; box: Box; leastParts: number };

// Both archipelagos belong to the outline of the province that administers them: Hoàng Sa to Đà Nẵng, Trường Sa to Khánh Hoà.
const archipelagos: readonly Archipelago[] = [
  { key: 'hoang-sa', provinceCode: '48', fault: 'hoang-sa-missing', box: [111, 15.4, 113, 17.4], leastParts: 3 },
  { key: 'truong-sa', provinceCode: '56', fault: 'truong-sa-missing', box: [111, 6.5, 118.2, 12], leastParts: 5 },
];

const isWithin = ([west, south, east, north]: Box, box: Box): boolean =>
  box[0] >= west && box[1] >= south && box[2] <= east && box[3] <= north;

const partsWithin = (outline: Outline, within: Box): Position[][][] =>
  polygonsOf(outline.geometry).filter(([ring = []]) => isWithin(within, boxOf(ring)));

/** The archipelagos that are whole among province outlines, each with the box around its islands. */
export function archipelagosIn(outlines: readonly Outline[]): { key: ArchipelagoKey; bbox: Bbox }[] {
  return archipelagos.flatMap(({ key, provinceCode, box, leastParts }) => {
    const outline = outlines.find(({ code }) => code === provinceCode);
    const parts = outline === undefined ? [] : partsWithin(outline, box);
    return parts.length < leastParts ? [] : [{ key, bbox: boxOf(parts.flat(2)) }];
  });
}

/** Whether these outlines may be shown as the country: every province is among them, and both archipelagos. */
export function isWholeCountry(outlines: readonly Outline[]): boolean {
  const codes = new Set(outlines.map(({ code }) => code));
  return provinces.every(({ code }) => codes.has(code)) && archipelagosIn(outlines).length === archipelagos.length;
}

/** A file of so many provinces is a map of the country. */
const countryFrom = provinces.length - 4;

/**
 * Any map of the country holds Hoàng Sa and Trường Sa: an outline of their province without them is refused with its whole file, and so is a
 * file of the country in which their province is missing.
 */
const islandFaults = (outlines: readonly Outline[]): ImportFault[] => {
  const own = outlines.filter(({ level }) => level === 'province');
  return archipelagos.flatMap(({ provinceCode, fault, box, leastParts }) => {
    const outline = own.find(({ code }) => code === provinceCode);
    const isMissing = outline === undefined ? own.length >= countryFrom : partsWithin(outline, box).length < leastParts;
    return isMissing ? [{ column: provinceFullName(provinceCode), code: fault }] : [];
  });
};

const markRepeated = (rows: readonly ReadRow<OutlineRecord>[]): ReadRow<OutlineRecord>[] => {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const code = row.value?.code;
    const before = code === undefined ? undefined : first.get(code);
    if (code !== undefined && before === undefined) first.set(code, row.line);
    if (before === undefined) return row;
    return {
      ...row,
      value: undefined,
      faults: [{ column: 'properties.code', code: 'twice', facts: { line: before } }],
    };
  });
};

const fileShape = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.unknown()).min(1).max(mostFeatures),
});

// RFC 7946 knows WGS 84 only; older files name their system, and any other would put every corner elsewhere.
const isOtherSystem = (value: unknown): boolean => {
  const crs = (value as { crs?: { properties?: { name?: unknown } } | null } | null)?.crs;
  if (crs === undefined || crs === null) return false;
  return !/CRS84|4326/.test(String(crs.properties?.name));
};

/** The outlines of a GeoJSON FeatureCollection: properties `code`, `name`, `fullName`; longitude first. */
export function readOutlines(value: unknown): ReadRows<OutlineRecord> {
  const read = fileShape.safeParse(value, { reportInput: true });
  if (!read.success) return { rows: [], faults: faultsOf(read.error) };
  if (isOtherSystem(value)) return { rows: [], faults: [{ column: 'crs', code: 'not-wgs84' }] };
  const rows = markRepeated(read.data.features.map(readFeature));
  const faults = islandFaults(rows.flatMap(({ value: outline }) => outline ?? []));
  return faults.length > 0 ? { rows: [], faults } : { rows, faults: [] };
}
