// The QR symbol of a label as a mask of one bit a module: alphanumeric mode where the address allows it, error correction M.
import QRCode from 'qrcode';

import { isQrAlphanumeric } from '../codes/digital-link.ts';
import type { Millimetres } from './labels.layout.ts';

/** White modules that ISO/IEC 18004 asks for on every side. */
export const quietModules = 4;
/** Phones of the cheapest kind still read this. */
export const smallestModule: Millimetres = 0.33;
/** Below this a page shows a note before printing. */
export const recommendedModule: Millimetres = 0.4;

/** `mask` holds one bit a module, dark as 1, each row padded to whole bytes; quiet zone left out. */
export type QrSymbol = { modules: number; mask: Uint8Array };

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

/** The symbol of an address. Throws a RangeError for a text that is not printable ASCII. */
export function qrSymbol(text: string): QrSymbol {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new RangeError('A label carries nothing but an ASCII address');
  const segment = isQrAlphanumeric(text)
    ? ({ mode: 'alphanumeric', data: text } as const)
    : ({ mode: 'byte', data: Buffer.from(text, 'ascii') } as const);
  const { modules } = QRCode.create([segment], { errorCorrectionLevel: 'M' });
  return { modules: modules.size, mask: packed(modules.data, modules.size) };
}

const packed = (modules: Uint8Array, size: number): Uint8Array => {
  const rowBytes = Math.ceil(size / 8);
  const mask = new Uint8Array(rowBytes * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (modules[y * size + x] === 1) mask[y * rowBytes + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  return mask;
};

/** Side of one module when symbol and quiet zone fill a square. Throws a LabelSymbolError below 0.33 mm. */
export function moduleSize({ modules }: QrSymbol, square: Millimetres): Millimetres {
  const across = modules + 2 * quietModules;
  const size = square / across;
  if (size < smallestModule) throw new LabelSymbolError(size, Math.ceil(across * smallestModule * 100) / 100);
  return size;
}
