// Labels for thermal printers in ZPL II: the words once as a stored picture, then for each label its own symbol and code. Sizes in dots.
import { formatCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { pressed } from './labels.files.ts';
import type { Printing } from './labels.files.ts';
import { sheetLayouts } from './labels.layout.ts';
import type { SheetLayout } from './labels.layout.ts';
import type { Paper } from './labels.printing.rules.ts';
import { qrSymbol, quietModules } from './labels.qr.ts';
import { drawPicture } from './labels.reader.ts';

/** Dots a millimetre of the printers that most shops have (203 dpi). */
export const dotsPerMm = 8;
export const thermalDpi = dotsPerMm * 25.4;
const labelsAtOnce = 50;

/** Rows of one bit a dot as ^GF and ~DG take them: hexadecimal, a colon for a row like the one above. */
export function zplRows(bits: Uint8Array, rowBytes: number): string {
  const rows: string[] = [];
  let above = '';
  for (let at = 0; at < bits.length; at += rowBytes) {
    const row = Buffer.from(bits.subarray(at, at + rowBytes))
      .toString('hex')
      .toUpperCase();
    rows.push(row === above ? ':' : row);
    above = row;
  }
  return rows.join('');
}

/** A symbol in dots: every module so many dots wide and high. */
export function symbolDots(url: string, dotsAModule: number): { bits: Uint8Array; rowBytes: number; side: number } {
  const { modules, mask } = qrSymbol(url);
  const maskBytes = Math.ceil(modules / 8);
  const side = modules * dotsAModule;
  const rowBytes = Math.ceil(side / 8);
  const bits = new Uint8Array(rowBytes * side);
  for (let y = 0; y < side; y += 1) {
    const from = Math.floor(y / dotsAModule) * maskBytes;
    for (let x = 0; x < side; x += 1) {
      const module = Math.floor(x / dotsAModule);
      if ((mask[from + (module >> 3)]! & (0x80 >> (module & 7))) !== 0)
        bits[y * rowBytes + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  return { bits, rowBytes, side };
}

const dots = (millimetres: number): number => Math.round(millimetres * dotsPerMm);

const symbolOf = ({ symbol }: SheetLayout, url: string): string => {
  const { modules } = qrSymbol(url);
  const dotsAModule = Math.floor(dots(symbol.size) / (modules + 2 * quietModules));
  const { bits, rowBytes, side } = symbolDots(url, dotsAModule);
  const edge = Math.floor((dots(symbol.size) - side) / 2);
  const place = `^FO${dots(symbol.x) + edge},${dots(symbol.y) + edge}`;
  return `${place}^GFA,${bits.length},${bits.length},${rowBytes},${zplRows(bits, rowBytes)}^FS`;
};

/** A run as ZPL. The code stands where the picture of the words leaves room for it. */
export async function* zplPieces(
  printing: Printing,
  codeKey: CodeKey,
  print: { paper: Paper; minimumPt: number },
): AsyncGenerator<string, void, undefined> {
  const { sheet, ownOf } = pressed(printing, codeKey, print);
  const layout = sheetLayouts[sheet.layout];
  const face = await drawPicture(
    { ...sheet, startAt: 1, count: 1, offsetMm: { x: 0, y: 0 }, cutLines: false },
    thermalDpi,
  );
  const { cell } = layout;
  yield `~DGR:TEM.GRF,${face.bits.length},${face.rowBytes},${zplRows(face.bits, face.rowBytes)}\n`;
  for (let from = 0; from < sheet.count; from += labelsAtOnce) {
    const own = ownOf(from, Math.min(sheet.count, from + labelsAtOnce));
    yield own
      .map(([url, code]) => {
        const { left, top, height, width } = face.code;
        const text = `^FO${dots(left)},${dots(top)}^A0N,${dots(height)},${Math.round(dots(width) / 9)}^FD${formatCode(code)}^FS`;
        return `^XA^PW${dots(cell.width)}^LL${dots(cell.height)}^LH0,0^FO0,0^XGR:TEM.GRF,1,1^FS${symbolOf(layout, url)}${text}^XZ\n`;
      })
      .join('');
  }
}
