// What a printer, a phone and a person make of a PDF: pages as pixels, QR symbols read by two decoders that share no
// code, and the text that can be copied out of it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { PDFiumLibrary } from '@hyzyla/pdfium';
import jsQrModule from 'jsqr';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// Its types describe an ES module, the package is CommonJS.
const jsQr = jsQrModule as unknown as typeof jsQrModule.default;

/** RGBA pixels of one page. */
export type RenderedPage = {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
  /** The page box in points, as the file states it. */
  box: { width: number; height: number };
  /** Pixels in a millimetre across and down. */
  perMm: { x: number; y: number };
};

/** In pixels; `x` and `y` of the top left corner. */
export type PixelBox = { x: number; y: number; width: number; height: number };

/** `symbols` pairs each text of `zxing` with the square of its dark modules. All in reading order. */
export type Decoded = { zxing: string[]; jsqr: (string | undefined)[]; symbols: { text: string; box: PixelBox }[] };

let pdfium: Promise<PDFiumLibrary> | undefined;
let zxing: Promise<unknown> | undefined;

const openPdfium = () => (pdfium ??= PDFiumLibrary.init());

function openZxing(): Promise<unknown> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  zxing ??= prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return zxing;
}

/** All pages, or those at the given places (from 0). */
export async function renderPdf(bytes: Uint8Array, dpi: number, places?: number[]): Promise<RenderedPage[]> {
  const document = await (await openPdfium()).loadDocument(bytes);
  try {
    const pages: RenderedPage[] = [];
    for (const place of places ?? Array.from({ length: document.getPageCount() }, (_, at) => at)) {
      const page = document.getPage(place);
      const { originalWidth, originalHeight } = page.getOriginalSize();
      // A scale would be applied to a size without its fractions of a point.
      const width = Math.round((originalWidth / 72) * dpi);
      const height = Math.round((originalHeight / 72) * dpi);
      const { data } = await page.render({ scale: 1, width, height });
      const perMm = { x: (width / originalWidth) * (72 / 25.4), y: (height / originalHeight) * (72 / 25.4) };
      const box = { width: originalWidth, height: originalHeight };
      pages.push({ width, height, data: new Uint8ClampedArray(data), box, perMm });
    }
    return pages;
  } finally {
    document.destroy();
  }
}

/** The text of every page, as copying and searching find it. */
export async function pdfText(bytes: Uint8Array): Promise<string[]> {
  const document = await (await openPdfium()).loadDocument(bytes);
  try {
    return [...document.pages()].map((page) => page.getText());
  } finally {
    document.destroy();
  }
}

/** Every QR symbol of a page: found and read by ZXing, then the same piece of the page read by jsQR. */
export async function decodeAll(page: RenderedPage): Promise<Decoded> {
  await openZxing();
  const results = await readBarcodes(page, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 255 });
  const symbols = results.map(({ text, position }) => {
    const xs = [position.topLeft.x, position.bottomRight.x, position.topRight.x, position.bottomLeft.x];
    const ys = [position.topLeft.y, position.bottomRight.y, position.topRight.y, position.bottomLeft.y];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return { text, box: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y } };
  });
  symbols.sort((one, other) =>
    Math.abs(one.box.y - other.box.y) > one.box.height / 2 ? one.box.y - other.box.y : one.box.x - other.box.x,
  );
  const jsqr = symbols.map(({ box }) => decodeWithin(page, grown(box, box.width / 5)));
  return { zxing: symbols.map(({ text }) => text), jsqr, symbols };
}

/** What jsQR reads in a piece of the page. */
export function decodeWithin(page: RenderedPage, box: PixelBox): string | undefined {
  const piece = crop(page, box);
  return jsQr(piece.data, piece.width, piece.height, { inversionAttempts: 'dontInvert' })?.data;
}

export function grown({ x, y, width, height }: PixelBox, by: number): PixelBox {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function crop(page: RenderedPage, box: PixelBox): { data: Uint8ClampedArray; width: number; height: number } {
  const left = Math.max(0, Math.floor(box.x));
  const top = Math.max(0, Math.floor(box.y));
  const width = Math.min(page.width, Math.ceil(box.x + box.width)) - left;
  const height = Math.min(page.height, Math.ceil(box.y + box.height)) - top;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const start = ((top + row) * page.width + left) * 4;
    data.set(page.data.subarray(start, start + width * 4), row * width * 4);
  }
  return { data, width, height };
}

/** Darkness of a pixel, 0 white to 255 black; 0 outside the page. */
export function darkness(page: RenderedPage, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= page.width || y >= page.height) return 0;
  const start = (y * page.width + x) * 4;
  return 255 - Math.min(page.data[start]!, page.data[start + 1]!, page.data[start + 2]!);
}

/** The darkest pixel of a piece of the page. */
export function darkestWithin(page: RenderedPage, box: PixelBox): number {
  let darkest = 0;
  for (let y = Math.ceil(box.y); y < Math.floor(box.y + box.height); y += 1) {
    for (let x = Math.ceil(box.x); x < Math.floor(box.x + box.width); x += 1)
      darkest = Math.max(darkest, darkness(page, x, y));
  }
  return darkest;
}

/** The smallest box around all pixels of a piece that are at least so dark; undefined for a white piece. */
export function inkWithin(page: RenderedPage, box: PixelBox, atLeast = 128): PixelBox | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let y = Math.ceil(box.y); y < Math.floor(box.y + box.height); y += 1) {
    for (let x = Math.ceil(box.x); x < Math.floor(box.x + box.width); x += 1) {
      if (darkness(page, x, y) < atLeast) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
    }
  }
  return right < left ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}
