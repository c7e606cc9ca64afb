// What a thermal printer makes of ZPL II: only the commands that labels use; any other one is an error.
import type { RenderedPage } from './pdf.ts';

type Bits = { bits: Buffer; rowBytes: number };

/** One printed label: its raster (dark dots black on white) and the texts that the printer's own font writes. */
export type PrintedLabel = { page: Omit<RenderedPage, 'box'>; texts: string[] };

// Hexadecimal rows; a colon repeats the row above.
function graphic(data: string, totalBytes: number, rowBytes: number): Bits {
  const rows: string[] = [];
  for (let at = 0; at < data.length;) {
    if (data[at] === ':') rows.push(rows.at(-1) ?? '');
    else rows.push(data.slice(at, at + rowBytes * 2));
    at += data[at] === ':' ? 1 : rowBytes * 2;
  }
  const bits = Buffer.from(rows.join(''), 'hex');
  if (bits.length !== totalBytes) throw new Error(`${bits.length} bytes where ${totalBytes} were announced`);
  return { bits, rowBytes };
}

function draw({ width, height, data }: PrintedLabel['page'], { bits, rowBytes }: Bits, left: number, top: number) {
  for (let at = 0; at < bits.length * 8; at += 1) {
    if ((bits[at >> 3]! & (0x80 >> (at & 7))) === 0) continue;
    const [x, y] = [left + (at % (rowBytes * 8)), top + Math.floor(at / (rowBytes * 8))];
    if (x >= width || y >= height) throw new Error(`A dot at ${x},${y} outside a label of ${width}x${height}`);
    data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  }
}

/** Every label of a file, at 8 dots a millimetre. */
export function printZpl(zpl: string): PrintedLabel[] {
  const stored = new Map<string, Bits>();
  for (const [, name, total, row, data] of zpl.matchAll(/~DG(\S+?),(\d+),(\d+),([0-9A-F:]*)/g))
    stored.set(name!, graphic(data!, Number(total), Number(row)));
  return [...zpl.matchAll(/\^XA(.*?)\^XZ/gs)].map(([, body]) => printLabel(body!, stored));
}

function printLabel(body: string, stored: Map<string, Bits>): PrintedLabel {
  const [width, height] = ['PW', 'LL'].map((name) => Number(new RegExp(`\\^${name}(\\d+)`).exec(body)?.[1]));
  const data = new Uint8ClampedArray(width! * height! * 4).fill(255);
  const label: PrintedLabel = { page: { width: width!, height: height!, data, perMm: { x: 8, y: 8 } }, texts: [] };
  let [left, top] = [0, 0];
  for (const [, command, parameters] of body.matchAll(/\^(PW|LL|LH|FO|XG|GF|A0|FD|FS|[A-Z]\S)([^^]*)/g)) {
    const parts = parameters!.trim().split(',');
    if (command === 'FO') [left, top] = parts.map(Number) as [number, number];
    else if (command === 'XG') draw(label.page, stored.get(parts[0]!)!, left, top);
    else if (command === 'GF') draw(label.page, graphic(parts[4]!, Number(parts[2]), Number(parts[3])), left, top);
    else if (command === 'FD') label.texts.push(parameters!);
    else if (!['PW', 'LL', 'LH', 'A0', 'FS'].includes(command!)) throw new Error(`^${command} is not known`);
  }
  return label;
}
