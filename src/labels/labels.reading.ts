// Reads printed symbols back: a page is drawn as it will be printed, turned into pixels, and every symbol read by two decoders that share no
// code. No store; runs in the reading thread.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import jsQrModule from 'jsqr';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { cellCorner, cellsPerPage, sheetLayouts } from './labels.layout.ts';
import type { SheetLayout } from './labels.layout.ts';
import { drawCell, drawSheet, LabelGlyphError, LabelSymbolError, LabelTextError } from './labels.sheet.ts';
import type { Dots, LabelPicture, ReadPage } from './labels.reading.types.ts';
import type { LabelSheet } from './labels.sheet.types.ts';

// Its types describe an ES module, the package is CommonJS.
const jsQr = jsQrModule as unknown as typeof jsQrModule.default;

/** RGBA pixels. */
export type Pixels = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };

let pdfium: Promise<PDFiumLibrary> | undefined;
let zxing: Promise<unknown> | undefined;

const openZxing = (): Promise<unknown> => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  zxing ??= prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return zxing;
};

/** One page of a PDF as pixels. */
export async function renderPage(pdf: Uint8Array, dpi: number, place = 0): Promise<Pixels> {
  const document = await (await (pdfium ??= PDFiumLibrary.init())).loadDocument(pdf);
  try {
    const page = document.getPage(place);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const size = { width: Math.round((originalWidth / 72) * dpi), height: Math.round((originalHeight / 72) * dpi) };
    const { data } = await page.render({ scale: 1, ...size });
    return { data: new Uint8ClampedArray(data), ...size };
  } finally {
    document.destroy();
  }
}

const crop = (page: Pixels, left: number, top: number, width: number, height: number): Pixels => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const start = ((top + row) * page.width + left) * 4;
    data.set(page.data.subarray(start, start + width * 4), row * width * 4);
  }
  return { data, width, height };
};

/** The square of a cell's symbol with its quiet zone. */
const symbolOf = (page: Pixels, layout: SheetLayout, cell: number, offset: { x: number; y: number }): Pixels => {
  const perMm = { x: page.width / layout.page.width, y: page.height / layout.page.height };
  const corner = cellCorner(layout, cell, offset);
  const { symbol } = layout;
  const left = Math.max(0, Math.floor((corner.x + symbol.x) * perMm.x));
  const top = Math.max(0, Math.floor((corner.y + symbol.y) * perMm.y));
  const width = Math.min(page.width - left, Math.ceil(symbol.size * perMm.x));
  const height = Math.min(page.height - top, Math.ceil(symbol.size * perMm.y));
  return crop(page, left, top, width, height);
};

/** What each decoder reads in a picture of one symbol; '' for nothing. */
export async function readSymbol(picture: Pixels): Promise<{ zxing: string; jsqr: string }> {
  await openZxing();
  // A printed symbol stands upright, dark on white: what is only read by trying harder is read so, but costs more.
  const upright = { formats: ['QRCode' as const], maxNumberOfSymbols: 1, tryInvert: false, tryRotate: false };
  const [plain] = await readBarcodes(picture, { ...upright, tryHarder: false, tryDownscale: false });
  const [found = plain] = plain === undefined ? await readBarcodes(picture, { ...upright, tryHarder: true }) : [];
  const second = jsQr(picture.data, picture.width, picture.height, { inversionAttempts: 'dontInvert' });
  return { zxing: found?.text ?? '', jsqr: second?.data ?? '' };
}

/** Draws one page of labels, prints it at this resolution and reads every symbol back. */
export async function readBack(sheet: LabelSheet, dpi: number): Promise<ReadPage> {
  const layout = sheetLayouts[sheet.layout];
  if (sheet.startAt - 1 + sheet.labels.length > cellsPerPage(layout))
    throw new RangeError('One page is read at a time');
  const pdf = await drawSheet(sheet).catch((error: unknown) => {
    // The words were changed since the run was made and fit no more: nothing of it could be read.
    if (error instanceof LabelTextError || error instanceof LabelGlyphError || error instanceof LabelSymbolError)
      return;
    throw error;
  });
  if (pdf === undefined) return { ok: false, place: 0, zxing: '', jsqr: '' };
  const page = await renderPage(pdf, dpi);
  for (let place = 0; place < sheet.labels.length; place += 1) {
    const read = await readSymbol(symbolOf(page, layout, sheet.startAt - 1 + place, sheet.offsetMm));
    const expected = sheet.labels.at(place)?.url;
    if (read.zxing !== expected || read.jsqr !== expected) return { ok: false, place, ...read };
  }
  return { ok: true, symbols: sheet.labels.length };
}

/** Darkness from which a thermal printer burns a dot. */
const burns = 128;

const inDots = ({ data, width, height }: Pixels): Dots => {
  const rowBytes = Math.ceil(width / 8);
  const bits = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const light = Math.max(data[at] ?? 255, data[at + 1] ?? 255, data[at + 2] ?? 255);
      if (255 - light >= burns) bits[y * rowBytes + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  return { bits, rowBytes, width, height };
};

/** The first label of a sheet in dots of one bit, as a thermal printer has them. */
export async function drawInDots(sheet: LabelSheet, bare: boolean, dpi: number): Promise<LabelPicture> {
  const { pdf, code } = await drawCell(sheet, bare);
  return { ...inDots(await renderPage(pdf, dpi)), code };
}

/** The first page of a sheet in dots of one bit. */
export async function pageInDots(sheet: LabelSheet, dpi: number): Promise<Dots> {
  return inDots(await renderPage(await drawSheet(sheet), dpi));
}
