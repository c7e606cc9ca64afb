// What labels share is drawn once, as a PDF form that a sheet places any number of times; each label's own symbol and code lie over it.
import { formatCode } from '../codes/trace-code.ts';
import { ascent, descent, drawText, glyphsOf, pdfNumber, printable, textWidth, type Pdf } from './labels.fonts.ts';
import { setCard, type Card, type CardWords } from './labels.card.ts';
import { points, type LineStyle, type SheetLayout } from './labels.layout.ts';
import { moduleSize, qrSymbol, quietModules } from './labels.qr.ts';
import type { LabelField, SheetLabel } from './labels.sheet.types.ts';
import { setLabel, type TextLine } from './labels.text.ts';

export type Form = ReturnType<Pdf['ref']>;

// Labels are printed in Vietnamese whatever the language of the page they were ordered on.
const lotWord = 'Lô';
const notForSale = 'MẪU, KHÔNG BÁN';
const sampleWord = 'DỮ LIỆU MẪU';
const codeWord = 'Mã tem';
const invite = 'Quét xem ai làm, lô nào, sao còn hạn không.';

/** Words that labels share, as a form with its corner at 0, 0, and where the code goes: left end and baseline in points. */
export type Face = { form: Form; code: { left: number; baseline: number; size: number; room: number } };

/** Everything but symbol and code. Throws a LabelTextError or LabelGlyphError for what cannot be printed. */
export function drawFace(doc: Pdf, layout: SheetLayout, label: SheetLabel, print: FacePrint): Face {
  return layout.style.kind === 'line'
    ? drawLineFace(doc, layout, layout.style, label, print)
    : drawCardFace(doc, layout, label, print);
}

/** `sample` adds MẪU, KHÔNG BÁN; no letter is printed smaller than `minimumPt`. */
export type FacePrint = { sample: boolean; minimumPt: number };

function drawLineFace(doc: Pdf, layout: SheetLayout, { text }: LineStyle, label: SheetLabel, print: FacePrint): Face {
  const { cell } = layout;
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
      code: formatCode(label.code),
      ...(print.sample ? { notice: notForSale } : {}),
    },
    room,
    (line, weight, size) => textWidth(doc, line, weight, size),
    print.minimumPt,
  );
  const left = points(text.x);
  const code = { left, baseline: 0, size: 0, room: room.width };
  const form = makeForm(doc, cell, () => {
    let top = points(text.top) + (room.height - lines.reduce((sum, line) => sum + line.height, 0)) / 2;
    for (const line of lines) {
      if (line.role === 'code') Object.assign(code, { baseline: baselineOf(line, top), size: line.size });
      else drawLine(doc, line, left, top);
      top += line.height;
    }
  });
  return { form, code };
}

function drawCardFace(doc: Pdf, layout: SheetLayout, label: SheetLabel, print: FacePrint): Face {
  const words: CardWords = {
    name: printable(doc, label.productName, 'productName'),
    facts: (label.facts ?? []).map((fact) => ({ ...fact, value: printable(doc, fact.value, fact.field) })),
    paragraphs: (label.paragraphs ?? []).map(({ field, spans }) => ({
      field,
      spans: spans.map(({ text, weight }) => ({ text: printableSpan(doc, text, field), weight })),
    })),
    invite,
    codeWord,
    code: formatCode(label.code),
    notice: print.sample ? `${sampleWord} · ${notForSale}` : undefined,
  };
  const card = setCard(layout, words, (text, weight) => textWidth(doc, text, weight, 1), print.minimumPt);
  const form = makeForm(doc, layout.cell, () => {
    for (const { left, top, width } of card.rules) {
      doc
        .save()
        .lineWidth(points(0.25))
        .strokeColor('black')
        .moveTo(left, top)
        .lineTo(left + width, top)
        .stroke()
        .restore();
    }
    for (const { text, weight, size, left, baseline } of card.texts) drawText(doc, text, left, baseline, weight, size);
    if (card.notice !== undefined) drawCardNotice(doc, card.notice);
  });
  return { form, code: card.code };
}

/** Spans of a paragraph keep the spaces at their ends, which part them from their neighbours. */
const printableSpan = (doc: Pdf, text: string, field: LabelField): string => {
  const inner = printable(doc, text, field);
  return `${/^\s/.test(text) ? ' ' : ''}${inner}${/\s$/.test(text) ? ' ' : ''}`;
};

function drawCardNotice(doc: Pdf, { text, size, left, top, width, height }: NonNullable<Card['notice']>): void {
  doc.save().lineWidth(points(0.2)).strokeColor('black').roundedRect(left, top, width, height, points(0.6)).stroke();
  doc.restore();
  const across = textWidth(doc, text, 'bold', size);
  drawText(doc, text, left + (width - across) / 2, top + height / 2 + size * 0.4, 'bold', size);
}

/**
 * A label's own symbol and code, over its face, as content of the current page. The symbol is a mask of one bit a module: exact at every
 * resolution, and small. Hexadecimal digits keep the content free of bytes that a reader may take for its end; the page's compression takes
 * their doubling away again. Throws a LabelSymbolError for an address too long for the layout.
 */
export function drawOwn(doc: Pdf, layout: SheetLayout, face: Face, label: SheetLabel): void {
  doc.addContent(symbolContent(layout, label.url));
  doc.addContent(codeContent(doc, face, formatCode(label.code)));
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

function symbolContent({ symbol }: SheetLayout, url: string): string {
  const qr = qrSymbol(url);
  const module = points(moduleSize(qr, symbol.size));
  const side = qr.modules * module;
  const [left, top] = [points(symbol.x) + quietModules * module, points(symbol.y) + quietModules * module];
  // ISO 32000-1, 8.9.5: row 0 of an image is at the top of its unit square, and the page's y axis points down here. A set bit is painted.
  const place = [side, 0, 0, -side, left, top + side].map(pdfNumber).join(' ');
  const hex = Buffer.from(qr.mask).toString('hex');
  return `q ${place} cm BI /W ${qr.modules} /H ${qr.modules} /IM true /D [1 0] /F /AHx ID ${hex}> EI Q`;
}

function codeContent(doc: Pdf, { code }: Face, text: string): string {
  const { fontName, hex, widthEm } = glyphsOf(doc, text, 'bold');
  // A code of many wide letters is drawn narrower, not smaller.
  const stretch = Math.min(1, code.room / (widthEm * code.size));
  const place = `1 0 0 -1 ${pdfNumber(code.left)} ${pdfNumber(code.baseline)} Tm`;
  return `BT /${fontName} ${pdfNumber(code.size)} Tf ${pdfNumber(stretch * 100)} Tz ${place} <${hex}> Tj ET`;
}

const baselineOf = ({ height, size }: TextLine, top: number): number =>
  top + (height - (ascent + descent) * size) / 2 + ascent * size;

function drawLine(doc: Pdf, line: TextLine, left: number, top: number): void {
  if (line.boxed) drawNotice(doc, line, left, top, textWidth(doc, line.text, line.weight, line.size));
  else drawText(doc, line.text, left, baselineOf(line, top), line.weight, line.size);
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
