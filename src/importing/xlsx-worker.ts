// Reads the first sheet of one workbook in a thread of its own, which is ended when it takes too long or too much memory: a few bytes of XML can
// ask for a billion rows.
import { parentPort, workerData } from 'node:worker_threads';
import { readSheet } from 'read-excel-file/universal';
import { tableLimits } from './sheet.types.ts';
import type { SheetRead, SheetRow } from './sheet.types.ts';
import { weighZip } from './zip-sizes.ts';

/** A number as a person would type it: no exponent, no grouping. */
const plainNumber = (value: number): string => {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(20).replace(/\.?0+$/, '');
};

const textOfCell = (value: unknown): string => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'string' ? value : '';
};

const fault = (code: string, facts: Record<string, number> = {}): SheetRead => ({
  fault: { column: '', code, facts },
});

const read = async (bytes: Uint8Array<ArrayBuffer>): Promise<SheetRead> => {
  const weight = weighZip(Buffer.from(bytes.buffer), tableLimits.unpackedBytes);
  if (weight === 'too-heavy') return fault('file-too-heavy', { maximum: tableLimits.unpackedBytes / 1024 / 1024 });
  if (weight === 'broken') return fault('file-broken');
  let sheet: unknown[][];
  try {
    sheet = await readSheet(bytes.buffer);
  } catch {
    // Whatever is amiss inside, the workbook can't be read.
    return fault('file-broken');
  }
  const rows: SheetRow[] = [];
  sheet.forEach((values, at) => {
    const cells = values.map(textOfCell);
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: at + 1, cells });
  });
  return { rows };
};

parentPort?.postMessage(await read(workerData as Uint8Array<ArrayBuffer>));
