// Sheets of labels as PDF: plain data in, bytes out, page by page, so that a run of a hundred thousand needs no more memory than one of a
// hundred. What labels share is drawn once. Nothing on a label can expire: no stars, only what stays true of the lot.
import { setImmediate as nextTurn } from 'node:timers/promises';

import { drawFace, drawOwn, type Face } from './labels.drawing.ts';
import { collectBytes, drawText, openPdf, pdfNumber, printable, textWidth, type Pdf } from './labels.fonts.ts';
import {
  cellCorner,
  cellsPerPage,
  largestOffset,
  type Millimetres,
  points,
  sheetLayouts,
  type Point,
  type SheetLayout,
} from './labels.layout.ts';
import { moduleSize, qrSymbol } from './labels.qr.ts';
import { smallestSize } from './labels.text.ts';
import type { CodeSpot, LabelSheet, SheetLabel } from './labels.sheet.types.ts';

export { LabelGlyphError } from './labels.fonts.ts';
export { LabelSymbolError } from './labels.qr.ts';
export { LabelTextError } from './labels.paragraphs.ts';

// Sheets are printed in Vietnamese whatever the language of the page they were ordered on.
const words = { lot: 'Lô', sheet: 'tờ', scale: 'in 100\u00a0%, không co giãn', sample: 'DỮ LIỆU MẪU' };

const cutLineColour = '#b4bcb6';
const headingBaseline = 7;
const headingSizes = [8.5, 8, 7.5, 7, 6.5, 6];

/**
 * The sheets of a run as a whole file. Throws a RangeError for no labels, a cell that the sheet has not, an offset over 2 mm or an address
 * that is not ASCII; a LabelTextError, LabelGlyphError or LabelSymbolError when a label cannot be printed as it should.
 */
export async function drawSheet(sheet: LabelSheet): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of sheetChunks(sheet)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The same file in pieces, one or more a page; the next page is drawn when the next piece is asked for. Lets other work in between two pages. */
export async function* sheetChunks(sheet: LabelSheet): AsyncGenerator<Buffer, void, undefined> {
  const layout = sheetLayouts[sheet.layout];
  requireSheet(sheet, layout);
  const lot = lotOf(sheet);
  const title = [
    'Tem',
    ...(lot === undefined ? [] : [`lô ${lot}`]),
    ...(sheet.sample ? [`| ${words.sample}`] : []),
  ].join(' ');
  const doc = openPdf({ page: layout.page, title, createdAt: sheet.createdAt });
  const faces = new Map<string, NamedFace>();
  const perPage = cellsPerPage(layout);
  const pageCount = pagesOf(sheet);
  for (let page = 0; page < pageCount; page += 1) {
    const first = page * perPage - (sheet.startAt - 1);
    await sheet.labels.ready?.(Math.max(0, first), Math.min(sheet.labels.length, first + perPage));
    doc.addPage();
    if (layout.hasHeading)
      drawHeading(doc, sheet, layout, [
        ...(lot === undefined ? [] : [`${words.lot} ${lot}`]),
        `${words.sheet} ${page + 1}/${pageCount}`,
      ]);
    drawPage(doc, sheet, layout, page, faces);
    yield* ready(doc);
    await nextTurn();
  }
  doc.end();
  yield* ready(doc);
}

/** The first label of a sheet alone, on a page of its own size; `bare` leaves out symbol and code, for printers that get them by themselves. */
export async function drawCell(sheet: LabelSheet, bare: boolean): Promise<{ pdf: Buffer; code: CodeSpot }> {
  const layout = sheetLayouts[sheet.layout];
  const label = sheet.labels.at(0);
  if (label === undefined) throw new RangeError('A sheet has at least one label');
  const doc = openPdf({ page: layout.cell, title: 'Tem', createdAt: sheet.createdAt });
  const bytes = collectBytes(doc);
  doc.addPage();
  const { sample, minimumPt = smallestSize } = sheet;
  const face = drawFace(doc, layout, label, { sample, minimumPt });
  (doc.page.xobjects as Record<string, Face['form']>)['L0'] = face.form;
  doc.addContent('q /L0 Do');
  if (!bare) drawOwn(doc, layout, face, label);
  doc.addContent('Q');
  doc.end();
  const { left, baseline, size, room } = face.code;
  const millimetres = (length: number): Millimetres => (length * 25.4) / 72;
  const code = { left, top: baseline - size * 0.8, width: Math.min(room, size * 9), height: size };
  return {
    pdf: await bytes,
    code: {
      left: millimetres(code.left),
      top: millimetres(code.top),
      width: millimetres(code.width),
      height: millimetres(code.height),
    },
  };
}

/** How many pages a sheet has. */
export function pagesOf({ layout, startAt, labels }: Pick<LabelSheet, 'layout' | 'startAt' | 'labels'>): number {
  return Math.ceil((startAt - 1 + labels.length) / cellsPerPage(sheetLayouts[layout]));
}

function* ready(doc: Pdf): Generator<Buffer, void, undefined> {
  const chunk = doc.read() as Buffer | null;
  if (chunk !== null) yield chunk;
}
function drawPage(doc: Pdf, sheet: LabelSheet, layout: SheetLayout, page: number, faces: Map<string, NamedFace>): void {
  const perPage = cellsPerPage(layout);
  const xobjects = doc.page.xobjects as Record<string, Face['form']>;
  for (let cell = 0; cell < perPage; cell += 1) {
    const place = page * perPage + cell - (sheet.startAt - 1);
    const label = place < 0 ? undefined : sheet.labels.at(place);
    if (label === undefined) continue;
    const corner = cellCorner(layout, cell, sheet.offsetMm);
    if (sheet.cutLines) drawCutLines(doc, layout, corner);
    const { name, face } = faceOf(doc, layout, label, sheet, faces);
    xobjects[name] = face.form;
    doc.addContent(`q 1 0 0 1 ${pdfNumber(points(corner.x))} ${pdfNumber(points(corner.y))} cm /${name} Do`);
    drawOwn(doc, layout, face, label);
    doc.addContent('Q');
  }
}

type NamedFace = { name: string; face: Face };

const faceOf = (
  doc: Pdf,
  layout: SheetLayout,
  label: SheetLabel,
  { sample, minimumPt = smallestSize }: LabelSheet,
  faces: Map<string, NamedFace>,
): NamedFace => {
  const { url: _url, code: _code, ...shared } = label;
  const key = JSON.stringify(shared);
  const known = faces.get(key);
  if (known !== undefined) return known;
  const made = { name: `L${faces.size}`, face: drawFace(doc, layout, label, { sample, minimumPt }) };
  faces.set(key, made);
  return made;
};

/** All labels of a sheet are of one lot: that of the first. */
const lotOf = ({ lot, labels }: LabelSheet): string | undefined => lot ?? labels.at(0)?.lotNumber;

function requireSheet({ labels, startAt, offsetMm }: LabelSheet, layout: SheetLayout): void {
  if (labels.length === 0) throw new RangeError('A sheet has at least one label');
  if (!Number.isInteger(startAt) || startAt < 1 || startAt > cellsPerPage(layout))
    throw new RangeError('The sheet has no such cell');
  if (!(Math.abs(offsetMm.x) <= largestOffset && Math.abs(offsetMm.y) <= largestOffset)) {
    throw new RangeError(`An offset is at most ${largestOffset} mm`);
  }
}

function drawHeading(doc: Pdf, sheet: LabelSheet, { page, margin }: SheetLayout, facts: string[]): void {
  const right = printable(doc, [...facts, words.scale].join(' · '), 'lotNumber');
  const left = printable(
    doc,
    [...(sheet.sample ? [words.sample] : []), sheet.heading].filter((part) => part !== '').join(' · '),
    'heading',
  );
  const room = points(page.width - 2 * margin.x);
  const gap = points(4);
  const size =
    headingSizes.find(
      (each) => textWidth(doc, left, 'bold', each) + textWidth(doc, right, 'regular', each) + gap <= room,
    ) ?? 6;
  const rightWidth = textWidth(doc, right, 'regular', size);

  const start = points(margin.x);
  drawText(doc, shortened(doc, left, size, room - rightWidth - gap), start, points(headingBaseline), 'bold', size);
  drawText(doc, right, start + room - rightWidth, points(headingBaseline), 'regular', size);
}

function shortened(doc: Pdf, text: string, size: number, room: number): string {
  let kept = text;
  while (kept !== '' && textWidth(doc, kept === text ? text : `${kept}…`, 'bold', size) > room)
    kept = kept.slice(0, -1).trimEnd();
  return kept === text ? text : `${kept}…`;
}

function drawCutLines(doc: Pdf, { cell }: SheetLayout, corner: Point): void {
  const [left, top] = [points(corner.x), points(corner.y)];
  const [right, bottom] = [points(corner.x + cell.width), points(corner.y + cell.height)];
  doc
    .save()
    .lineWidth(points(0.1))
    .dash(points(1), { space: points(0.8) })
    .strokeColor(cutLineColour);
  // Each edge runs left to right or top to bottom, so that the dashes of two cells that share it fall together.
  doc.moveTo(left, top).lineTo(right, top).moveTo(left, bottom).lineTo(right, bottom);
  doc.moveTo(left, top).lineTo(left, bottom).moveTo(right, top).lineTo(right, bottom).stroke().restore();
}

/** Side of one module that an address would be printed with, in millimetres. Throws a LabelSymbolError below 0.33. */
export function symbolModule(url: string, layout: LabelSheet['layout']): Millimetres {
  return moduleSize(qrSymbol(url), sheetLayouts[layout].symbol.size);
}
