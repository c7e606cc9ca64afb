// One label drawn as a PDF form, which a sheet may then place any number of times.
import { formatCode } from '../codes/trace-code.ts';
import { ascent, descent, drawText, pdfNumber, printable, textWidth, type Pdf } from './labels.fonts.ts';
import { points, type SheetLayout } from './labels.layout.ts';
import { moduleSize, qrSymbol, quietModules } from './labels.qr.ts';
import type { SheetLabel } from './labels.sheet.types.ts';
import { setLabel, type TextLine } from './labels.text.ts';

export type Form = ReturnType<Pdf['ref']>;

// Labels are printed in Vietnamese whatever the language of the page they were ordered on.
const lotWord = 'Lô';
const notForSale = 'MẪU, KHÔNG BÁN';

/** One label as a form, with its corner at 0, 0. Throws a LabelTextError, LabelGlyphError or LabelSymbolError for what cannot be printed. */
export function drawLabel(doc: Pdf, layout: SheetLayout, label: SheetLabel, sample: boolean): Form {
  const { cell, text } = layout;
  const room = { width: points(cell.width - text.x - text.right), height: points(cell.height - 2 * text.top) };
  const dates = (['producedText', 'useByText'] as const).flatMap((field) => {
    const date = label[field];
    return date === undefined ? [] : [printable(doc, date, field)];
  });
  const lines = setLabel(
    {
      productName: printable(doc, label.productName, 'productName'),
      lotNumber: printable(doc, `${lotWord}\u00a0${label.lotNumber}`, 'lotNumber'),
      dates,
      code: printable(doc, formatCode(label.code), 'code'),
      ...(sample ? { notice: notForSale } : {}),
    },
    room,
    (line, weight, size) => textWidth(doc, line, weight, size),
  );
  return makeForm(doc, cell, () => {
    drawSymbol(doc, layout, label.url);
    let top = points(text.top) + (room.height - lines.reduce((sum, line) => sum + line.height, 0)) / 2;
    for (const line of lines) {
      drawLine(doc, line, points(text.x), top, room.width);
      top += line.height;
    }
  });
}

/** PDFKit writes to the current page; a page that hands everything on to the form stands in for it while `draw` runs. */
function makeForm(doc: Pdf, { width, height }: SheetLayout['cell'], draw: () => void): Form {
  const fonts = {};
  const form = doc.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, points(width), points(height)],
    Resources: { ProcSet: ['PDF', 'Text'], Font: fonts },
  });
  const page = doc.page;
  doc.page = Object.create(page, {
    fonts: { value: fonts },
    write: { value: (chunk: string) => form.write(chunk) },
  }) as PDFKit.PDFPage;
  draw();
  doc.page = page;
  form.end(undefined);
  return form;
}

function drawSymbol(doc: Pdf, { symbol }: SheetLayout, url: string): void {
  const qr = qrSymbol(url);
  const module = points(moduleSize(qr, symbol.size));
  const left = points(symbol.x) + quietModules * module;
  const top = points(symbol.y) + quietModules * module;
  // One path filled once: no edge between two rectangles of it can show as a seam.
  const path = qr.bars.map(({ x, y, width, height }) => `${x} ${y} ${width} ${height} re`).join(' ');
  doc.addContent(
    `q 0 g ${pdfNumber(module)} 0 0 ${pdfNumber(module)} ${pdfNumber(left)} ${pdfNumber(top)} cm ${path} f Q`,
  );
}

function drawLine(doc: Pdf, line: TextLine, left: number, top: number, room: number): void {
  const wide = textWidth(doc, line.text, line.weight, line.size);
  if (line.boxed) {
    drawNotice(doc, line, left, top, wide);
    return;
  }
  const baseline = top + (line.height - (ascent + descent) * line.size) / 2 + ascent * line.size;
  // Names, lots and dates were set to fit; only a code of many wide letters is left, and it is drawn narrower, not smaller.
  drawText(doc, line.text, left, baseline, line.weight, line.size, Math.min(1, room / wide));
}

/** A frame just under the line above; its text stands in the middle between the marks of a capital Ẫ and a comma's tail. */
function drawNotice(doc: Pdf, { text, weight, size, height }: TextLine, left: number, top: number, wide: number): void {
  const stroke = points(0.2);
  const padding = points(0.7);
  const gap = points(0.35);
  const frame = { x: left + stroke / 2, y: top + gap, width: wide + 2 * padding, height: height - gap - stroke / 2 };
  doc.save().lineWidth(stroke).strokeColor('black');
  doc.roundedRect(frame.x, frame.y, frame.width, frame.height, points(0.6)).stroke().restore();
  const [over, under] = [1.2 * size, 0.16 * size];
  drawText(doc, text, frame.x + padding, frame.y + (frame.height - over - under) / 2 + over, weight, size);
}
