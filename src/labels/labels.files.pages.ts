// What the label pages hand out beside HTML: files for printers, single symbols, the picture of a label before it is printed, the test page.
import type { Request, Response, Router } from 'express';
import sharp from 'sharp';
import { z } from 'zod';
import { formatCode } from '../codes/trace-code.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { requireActor } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { paths } from '../paths.ts';
import { drawTestPage } from './labels.calibration.ts';
import { sheetOptions, symbolOptions } from './labels.input.ts';
import type { SheetOptions } from './labels.input.ts';
import { drawFirstSheet, drawPicture } from './labels.reader.ts';
import type { LabelPicture } from './labels.reading.types.ts';
import { printingFor } from './labels.prints.service.ts';
import { sendPrinting } from './labels.files.routes.ts';
import { firstSheetOf, previewLabel, symbolOfRun } from './labels.preview.service.ts';
import { symbolPng, symbolSvg } from './labels.symbol.ts';
import { sizeOfLetters } from './labels.text.ts';
import { labelLayouts } from './labels.types.ts';

const readPaper = (req: Request): SheetOptions => {
  const { startAt, offsetX, offsetY, cutLines } = req.query;
  const read = readInput(sheetOptions, JSON.parse(JSON.stringify({ startAt, offsetX, offsetY, cutLines })));
  if (!read.ok) throw new AppError('fields-wrong', {}, { fields: read.errors });
  return read.value;
};

const idOf = (req: Request, name: string): string => {
  const id = String(req.params[name]);
  if (!recordId.safeParse(id).success) throw new AppError('label-run-not-found');
  return id;
};

/** `dpi`: 203 and 300 as thermal printers have; 600 looks like a laser printer's. */
const previewOptions = z.strictObject({
  layout: z.enum(labelLayouts).default('a4-65'),
  dpi: z.enum(['203', '300', '600']).default('300'),
});

const read = <S extends z.ZodType>(schema: S, query: unknown): z.output<S> => {
  const input = readInput(schema, query);
  if (!input.ok) throw new AppError('fields-wrong', {}, { fields: input.errors });
  return input.value;
};

const asPng = ({ bits, rowBytes, width, height }: Omit<LabelPicture, 'code'>): Promise<Buffer> => {
  const grey = Buffer.alloc(width * height, 255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1)
      if ((bits[y * rowBytes + (x >> 3)]! & (0x80 >> (x & 7))) !== 0) grey[y * width + x] = 0;
  }
  return sharp(grey, { raw: { width, height, channels: 1 } })
    .png({ palette: true, colours: 2 })
    .toBuffer();
};

const send = (res: Response, type: string, bytes: Buffer | string, name?: string): void => {
  res.type(type).set('Cache-Control', 'no-store');
  if (name !== undefined) res.set('Content-Disposition', `inline; filename="${name}"`);
  res.send(bytes);
};

/** Files under /app/label-runs and /app/labels. */
export function addLabelFiles(router: Router, deps: Deps): void {
  router.get(paths.appLabelRunFile(':run', ':print'), async (req, res) => {
    const printing = await printingFor(deps.db, requireActor(res), idOf(req, 'run'), idOf(req, 'print'));
    const paper = readPaper(req);
    await sendPrinting(deps, res, printing, { format: printing.event.format ?? 'pdf', paper });
  });

  for (const kind of ['svg', 'png'] as const) {
    router.get(paths.appLabelRunSymbol(':run', ':place', kind), async (req, res) => {
      const place = Number(req.params['place']);
      const { url, code } = await symbolOfRun(deps.db, deps.keys.codeKey, requireActor(res), idOf(req, 'run'), place);
      const options = read(symbolOptions, { ...req.query });
      const name = `${formatCode(code)}.${kind}`;
      if (kind === 'svg') send(res, 'image/svg+xml', symbolSvg(url, options.quiet), name);
      else send(res, 'image/png', await symbolPng(url, options), name);
    });
  }

  router.get(paths.appLabelRunFirstSheet(':run'), async (req, res) => {
    const paper = readPaper(req);
    const minimumPt = sizeOfLetters(deps.smallestLetterMm);
    const { codeKey } = deps.keys;
    const page = await firstSheetOf(deps.db, codeKey, requireActor(res), idOf(req, 'run'), { paper, minimumPt });
    send(res, 'image/png', await asPng(await drawFirstSheet(page.sheet, 300, page.own)));
  });

  router.get(paths.appLabelTestPage, async (req, res) => {
    requireActor(res);
    const { layout, dpi: _dpi } = read(previewOptions, { layout: req.query['layout'] ?? 'a4-65' });
    const { offsetX, offsetY } = readPaper(req);
    const offsetMm = { x: offsetX, y: offsetY };
    send(res, 'application/pdf', await drawTestPage({ layout, offsetMm, createdAt: deps.clock() }), 'trang-thu.pdf');
  });

  router.get(paths.appLabelPreview(':batch'), async (req, res) => {
    const { layout, dpi } = read(previewOptions, { ...req.query });
    const minimumPt = sizeOfLetters(deps.smallestLetterMm);
    const asked = { layout, baseUrl: deps.baseUrl, minimumPt, now: deps.clock() };
    const { sheet, own } = await previewLabel(deps.db, requireActor(res), idOf(req, 'batch'), asked);
    send(res, 'image/png', await asPng(await drawPicture(sheet, Number(dpi), own)));
  });
}
