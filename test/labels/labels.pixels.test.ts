// Every layout as a printer and a phone see it: at 300 and 203 dots an inch, out of focus, held askew, squeezed by a messenger; and the white
// that its symbols need. K02.
import { expect } from 'chai';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { cellCorner, cellsPerPage, sheetLayouts } from '../../src/labels/labels.layout.ts';
import { moduleSize, qrSymbol } from '../../src/labels/labels.qr.ts';
import { readSymbol } from '../../src/labels/labels.reading.ts';
import type { Pixels } from '../../src/labels/labels.reading.ts';
import { drawSheet, LabelTextError } from '../../src/labels/labels.sheet.ts';
import type { LabelSheet } from '../../src/labels/labels.sheet.types.ts';
import { labelLayouts } from '../../src/labels/labels.types.ts';
import type { LabelLayout } from '../../src/labels/labels.types.ts';
import { aFullPage } from '../support/label-sheets.ts';
import { darkestWithin, inkWithin, renderPdf } from '../support/pdf.ts';
import type { RenderedPage } from '../support/pdf.ts';

const pageOf = async (sheet: LabelSheet, dpi: number): Promise<RenderedPage> => {
  const [page] = await renderPdf(await drawSheet(sheet), dpi);
  if (page === undefined) throw new Error('The page is missing');
  return page;
};

/** The square of a cell's symbol with its quiet zone, in pixels. */
const squareOf = ({ perMm }: RenderedPage, layout: LabelLayout, cell: number) => {
  const { symbol } = sheetLayouts[layout];
  const corner = cellCorner(sheetLayouts[layout], cell, { x: 0, y: 0 });
  return {
    left: Math.floor((corner.x + symbol.x) * perMm.x),
    top: Math.floor((corner.y + symbol.y) * perMm.y),
    width: Math.floor(symbol.size * perMm.x),
    height: Math.floor(symbol.size * perMm.y),
  };
};

const cropped = (page: RenderedPage, { left, top, width, height }: ReturnType<typeof squareOf>): Promise<Buffer> => {
  const rows = Array.from({ length: height }, (_, row) => {
    const start = ((top + row) * page.width + left) * 4;
    return new Uint8Array(page.data.buffer, start, width * 4);
  });
  const raw = { width, height, channels: 4 } as const;
  return sharp(Buffer.concat(rows), { raw }).removeAlpha().png().toBuffer();
};

const pixelsOf = async (picture: Sharp): Promise<Pixels> => {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
};

type Damage = (picture: Sharp, dpi: number) => Sharp | Promise<Sharp>;
const damages: Record<string, Damage> = {
  'as printed': (picture) => picture,
  'out of focus by 0.15 mm': (picture, dpi) => picture.blur((0.15 / 25.4) * dpi),
  'turned by 10 degrees': (picture) => picture.rotate(10, { background: '#fff' }),
  'as JPEG of quality 40': async (picture) => sharp(await picture.jpeg({ quality: 40 }).toBuffer()),
};

/** Thermal printers of labels print 203 dots an inch; a sheet of 65 is for office printers. */
const resolutions = (layout: LabelLayout): number[] => (layout === 'a4-65' ? [300] : [300, 203]);

describe('labels in pixels', function () {
  this.timeout(120_000);

  for (const layout of labelLayouts)
    for (const dpi of resolutions(layout))
      it(`of ${layout} at ${dpi} dpi are read by two decoders as printed, out of focus, turned and squeezed`, async () => {
        const sheet = aFullPage(layout);
        const page = await pageOf(sheet, dpi);
        const wrong: string[] = [];

        for (let cell = 0; cell < cellsPerPage(sheetLayouts[layout]); cell += 1) {
          const square = await cropped(page, squareOf(page, layout, cell));
          for (const [damage, apply] of Object.entries(damages)) {
            const read = await readSymbol(await pixelsOf(await apply(sharp(square), dpi)));
            const url = sheet.labels.at(cell)?.url;
            if (read.zxing !== url || read.jsqr !== url) wrong.push(`${cell} ${damage} ${JSON.stringify(read)}`);
          }
        }

        expect(wrong).to.deep.equal([]);
      });

  for (const layout of labelLayouts)
    it(`of ${layout} keep four modules of plain white around every symbol, beside the longest name that fits`, async () => {
      const sheet = await withLongestName(layout);
      const page = await pageOf(sheet, 600);
      const pixel = 1;
      const wrong: string[] = [];

      for (let cell = 0; cell < cellsPerPage(sheetLayouts[layout]); cell += 1) {
        const { left, top, width, height } = squareOf(page, layout, cell);
        const ink = inkWithin(page, { x: left, y: top, width, height });
        const qr = qrSymbol(sheet.labels.at(cell)?.url ?? '');
        const quiet = 4 * moduleSize(qr, sheetLayouts[layout].symbol.size) * page.perMm.x;
        if (ink === undefined || Math.abs(ink.width - (qr.modules * quiet) / 4) > 2 * pixel)
          wrong.push(`${cell}: no symbol`);
        else wrong.push(...darkSides(page, ink, quiet - pixel).map((side) => `${cell}: ${side}`));
      }

      expect(wrong).to.deep.equal([]);
    });
});

type Box = { x: number; y: number; width: number; height: number };

/** Sides of a symbol where something stands within its quiet zone. Pixels at an edge are grey on both sides of it. */
const darkSides = (page: RenderedPage, { x, y, width, height }: Box, quiet: number): string[] => {
  const [across, down] = [width + 2 * quiet, height + 2 * quiet];
  const sides: Record<string, Box> = {
    above: { x: x - quiet, y: y - quiet, width: across, height: quiet - 1 },
    below: { x: x - quiet, y: y + height + 1, width: across, height: quiet - 1 },
    left: { x: x - quiet, y: y - quiet, width: quiet - 1, height: down },
    right: { x: x + width + 1, y: y - quiet, width: quiet - 1, height: down },
  };
  return Object.entries(sides).flatMap(([side, box]) => (darkestWithin(page, box) === 0 ? [] : [side]));
};

const long = 'Mật ong hoa nhãn nguyên chất Ấp Đường Thượng – Nguyễn Ỷ Ỡ Ộỗ Ặẵ loại một '.repeat(3).slice(0, 200);

/** A page whose name is as long as the layout takes, down from 200 letters. */
const withLongestName = async (layout: LabelLayout): Promise<LabelSheet> => {
  for (let letters = long.length; letters > 10; letters -= 10) {
    const sheet = aFullPage(layout, { productName: long.slice(0, letters).trim() });
    const [label] = [sheet.labels.at(0)].filter((one) => one !== undefined);
    try {
      await drawSheet({ ...sheet, labels: [label!] });
      return sheet;
    } catch (error) {
      if (!(error instanceof LabelTextError)) throw error;
    }
  }
  throw new Error('No name fits');
};
