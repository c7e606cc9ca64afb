// Where labels lie on paper: the geometry of each sheet and roll, every position worked out from the template, none from its neighbour.
import type { LabelLayout } from './labels.types.ts';

export type Millimetres = number;
export type Point = { x: Millimetres; y: Millimetres };
export type Box = { x: Millimetres; y: Millimetres; width: Millimetres; height: Millimetres };

/** Words beside the symbol, as little as a small label holds. */
export type LineStyle = { kind: 'line'; text: { x: Millimetres; right: Millimetres; top: Millimetres } };

/**
 * Everything a food label says. Upright: the name over the whole width, symbol and facts beside each other, the rest below. Lying: symbol and
 * code at the left, all words at the right. Sizes of body text in points, from the largest that is tried; `detail` says how much must fit.
 */
export type CardStyle = {
  kind: 'card';
  way: 'upright' | 'lying';
  pad: Millimetres;
  /** Free at the top, for the hole of a tag. */
  above: Millimetres;
  largestBody: number;
  largestName: number;
  detail: 'short' | 'full';
};

export type SheetLayout = {
  page: { width: Millimetres; height: Millimetres };
  columns: number;
  rows: number;
  margin: Point;
  pitch: Point;
  cell: { width: Millimetres; height: Millimetres };
  /** The square for a QR symbol with its quiet zone, from the cell's corner. */
  symbol: { x: Millimetres; y: Millimetres; size: Millimetres };
  style: LineStyle | CardStyle;
  /** Sheets carry a line over the labels that says what they are; a roll has no room for one. */
  hasHeading: boolean;
};

/** Printers place a sheet no better than this. */
export const largestOffset: Millimetres = 2;

const a4 = { page: { width: 210, height: 297 }, hasHeading: true } as const;

const roll = (width: Millimetres, height: Millimetres) =>
  ({
    page: { width, height },
    columns: 1,
    rows: 1,
    margin: { x: 0, y: 0 },
    pitch: { x: width, y: height },
    cell: { width, height },
    hasHeading: false,
  }) as const;

const card = (way: CardStyle['way'], detail: CardStyle['detail'], sizes: Omit<CardStyle, 'kind' | 'way' | 'detail'>) =>
  ({ kind: 'card', way, detail, ...sizes }) as const;

// Sheets as sold in shops: 65, 24, 21, 12 and 8 labels to an A4 sheet.
export const sheetLayouts: Record<LabelLayout, SheetLayout> = {
  'a4-65': {
    ...a4,
    columns: 5,
    rows: 13,
    margin: { x: 4.75, y: 10.7 },
    pitch: { x: 40.6, y: 21.2 },
    cell: { width: 38.1, height: 21.2 },
    symbol: { x: 0.6, y: 2.4, size: 16.4 },
    style: { kind: 'line', text: { x: 17.3, right: 0.6, top: 0.5 } },
  },
  'a4-24': {
    ...a4,
    columns: 3,
    rows: 8,
    margin: { x: 7.25, y: 12.9 },
    pitch: { x: 66.04, y: 33.9 },
    cell: { width: 63.5, height: 33.9 },
    symbol: { x: 0.8, y: 0.9, size: 25 },
    style: card('lying', 'short', { pad: 1.8, above: 0, largestBody: 7.2, largestName: 11 }),
  },
  'a4-21': {
    ...a4,
    columns: 3,
    rows: 7,
    margin: { x: 7.25, y: 15.15 },
    pitch: { x: 66.04, y: 38.1 },
    cell: { width: 63.5, height: 38.1 },
    symbol: { x: 0.8, y: 1.2, size: 27 },
    style: card('lying', 'short', { pad: 1.8, above: 0, largestBody: 7.4, largestName: 11.5 }),
  },
  'a4-12': {
    ...a4,
    columns: 3,
    rows: 4,
    margin: { x: 7.25, y: 4.5 },
    pitch: { x: 66.04, y: 72 },
    cell: { width: 63.5, height: 72 },
    symbol: { x: 0.8, y: 12, size: 27 },
    style: card('upright', 'full', { pad: 3, above: 0, largestBody: 7.4, largestName: 13 }),
    hasHeading: false,
  },
  'a4-8': {
    ...a4,
    columns: 2,
    rows: 4,
    margin: { x: 4.65, y: 13.1 },
    pitch: { x: 101.6, y: 67.7 },
    cell: { width: 99.1, height: 67.7 },
    symbol: { x: 1.2, y: 1.6, size: 42 },
    style: card('lying', 'full', { pad: 3, above: 0, largestBody: 9, largestName: 15 }),
  },
  'roll-50x30': {
    ...roll(50, 30),
    symbol: { x: 0.6, y: 0.6, size: 22.5 },
    style: card('lying', 'short', { pad: 1.4, above: 0, largestBody: 6.6, largestName: 8.5 }),
  },
  'roll-50x70': {
    ...roll(50, 70),
    symbol: { x: 0.5, y: 10.5, size: 25 },
    style: card('upright', 'full', { pad: 3, above: 0, largestBody: 7, largestName: 12.5 }),
  },
  'roll-70x100': {
    ...roll(70, 100),
    symbol: { x: 0.6, y: 15, size: 35 },
    style: card('upright', 'full', { pad: 4, above: 0, largestBody: 9.4, largestName: 17 }),
  },
  carton: {
    ...roll(100, 150),
    symbol: { x: 1, y: 24, size: 52 },
    style: card('upright', 'full', { pad: 6, above: 0, largestBody: 13, largestName: 26 }),
  },
  'hang-tag': {
    ...roll(50, 90),
    symbol: { x: 0.5, y: 22, size: 26 },
    style: card('upright', 'full', { pad: 3.2, above: 9, largestBody: 7.6, largestName: 12.5 }),
  },
};

/** PDF points (1/72 inch) of a length. */
export function points(length: Millimetres): number {
  return (length * 72) / 25.4;
}

export function cellsPerPage({ columns, rows }: SheetLayout): number {
  return columns * rows;
}

/** Top left corner of a cell, counted from 0 row by row, from the page's top left corner. */
export function cellCorner({ columns, margin, pitch }: SheetLayout, cell: number, offset: Point): Point {
  const column = cell % columns;
  const row = Math.floor(cell / columns);
  return { x: margin.x + offset.x + column * pitch.x, y: margin.y + offset.y + row * pitch.y };
}
