// Where labels lie on paper: the geometry of each sheet, every position worked out from the template, none from its neighbour.

export type Millimetres = number;
export type Point = { x: Millimetres; y: Millimetres };

export type SheetLayout = {
  page: { width: Millimetres; height: Millimetres };
  columns: number;
  rows: number;
  margin: Point;
  pitch: Point;
  cell: { width: Millimetres; height: Millimetres };
  /** The square for a QR symbol with its quiet zone, from the cell's corner. */
  symbol: { x: Millimetres; y: Millimetres; size: Millimetres };
  /** The column for the text, as wide from `x` to the cell's right edge less `right`. */
  text: { x: Millimetres; right: Millimetres; top: Millimetres };
};

/** Printers place a sheet no better than this. */
export const largestOffset: Millimetres = 2;

export const sheetLayouts: Record<'a4-65', SheetLayout> = {
  'a4-65': {
    page: { width: 210, height: 297 },
    columns: 5,
    rows: 13,
    margin: { x: 4.75, y: 10.7 },
    pitch: { x: 40.6, y: 21.2 },
    cell: { width: 38.1, height: 21.2 },
    symbol: { x: 0.6, y: 2.4, size: 16.4 },
    text: { x: 17.3, right: 0.6, top: 0.5 },
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
