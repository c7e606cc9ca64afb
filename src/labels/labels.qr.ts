// The QR symbol of a label as a vector shape: alphanumeric mode where the address allows it, error correction M.
import QRCode from 'qrcode';

import { isQrAlphanumeric } from '../codes/digital-link.ts';
import type { Millimetres } from './labels.layout.ts';

/** White modules that ISO/IEC 18004 asks for on every side. */
export const quietModules = 4;
/** Phones of the cheapest kind still read this. */
export const smallestModule: Millimetres = 0.33;
/** Below this a page shows a note before printing. */
export const recommendedModule: Millimetres = 0.4;

/** Whole modules from the symbol's top left corner, quiet zone left out. */
export type Bar = { x: number; y: number; width: number; height: number };
export type QrSymbol = { modules: number; bars: Bar[] };

/** A symbol would come out finer than 0.33 mm a module; `smallestMm` is the least side, quiet zone included, that it needs. */
export class LabelSymbolError extends Error {
  readonly moduleMm: number;
  readonly smallestMm: number;

  constructor(moduleMm: number, smallestMm: number) {
    super(`A QR symbol needs at least ${smallestMm} mm`);
    this.name = 'LabelSymbolError';
    this.moduleMm = moduleMm;
    this.smallestMm = smallestMm;
  }
}

/** The dark shapes of a symbol, merged into as few rectangles as rows and repeated rows give. Throws a RangeError for a text that is not printable ASCII. */
export function qrSymbol(text: string): QrSymbol {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new RangeError('A label carries nothing but an ASCII address');
  const segment = isQrAlphanumeric(text)
    ? ({ mode: 'alphanumeric', data: text } as const)
    : ({ mode: 'byte', data: Buffer.from(text, 'ascii') } as const);
  const { modules } = QRCode.create([segment], { errorCorrectionLevel: 'M' });
  const bars: Bar[] = [];
  let above = new Map<string, Bar>();
  for (let y = 0; y < modules.size; y += 1) {
    const row = new Map<string, Bar>();
    for (const run of darkRuns(modules.data.subarray(y * modules.size, (y + 1) * modules.size))) {
      const key = `${run.x} ${run.width}`;
      const bar = above.get(key) ?? { ...run, y, height: 0 };
      if (bar.height === 0) bars.push(bar);
      bar.height += 1;
      row.set(key, bar);
    }
    above = row;
  }
  return { modules: modules.size, bars };
}

/** Side of one module when symbol and quiet zone fill a square. Throws a LabelSymbolError below 0.33 mm. */
export function moduleSize({ modules }: QrSymbol, square: Millimetres): Millimetres {
  const across = modules + 2 * quietModules;
  const size = square / across;
  if (size < smallestModule) throw new LabelSymbolError(size, Math.ceil(across * smallestModule * 100) / 100);
  return size;
}

function darkRuns(row: Uint8Array): { x: number; width: number }[] {
  const runs: { x: number; width: number }[] = [];
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] === 0) continue;
    const from = x;
    while (row[x + 1] === 1) x += 1;
    runs.push({ x: from, width: x - from + 1 });
  }
  return runs;
}
