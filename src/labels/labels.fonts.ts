// The PDF and its two weights of Be Vietnam Pro, which has every Vietnamese letter as one glyph: measuring and drawing a
// line of text.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import PDFDocument from 'pdfkit';

import { points, type Millimetres } from './labels.layout.ts';
import type { LabelField } from './labels.sheet.types.ts';

export type Pdf = PDFKit.PDFDocument;
export type Weight = 'regular' | 'bold';

const fontFiles: Record<Weight, string> = {
  regular: '400Regular/BeVietnamPro_400Regular.ttf',
  bold: '700Bold/BeVietnamPro_700Bold.ttf',
};
const fontBytes = new Map<Weight, Buffer>();

/** Heights over and under the baseline, in ems. */
export const ascent = 1;
export const descent = 0.265;

/** A character that the font cannot draw: the run stops instead of printing a box. */
export class LabelGlyphError extends Error {
  readonly field: LabelField;
  readonly character: string;
  /** `U+2605` */
  readonly codePoint: string;

  constructor(field: LabelField, character: string) {
    const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    super(`${codePoint} in ${field} has no glyph`);
    this.name = 'LabelGlyphError';
    this.field = field;
    this.character = character;
    this.codePoint = codePoint;
  }
}

/** The bytes of a TrueType file, read once. */
function fontFile(weight: Weight): Buffer {
  let bytes = fontBytes.get(weight);
  if (bytes === undefined) {
    const file = createRequire(import.meta.url).resolve(`@expo-google-fonts/be-vietnam-pro/${fontFiles[weight]}`);
    bytes = readFileSync(file);
    fontBytes.set(weight, bytes);
  }
  return bytes;
}

/**
 * Text as it is drawn: composed, one kind of space and hyphen, nothing invisible.
 * Throws a LabelGlyphError for the first character that `hasGlyph` does not know.
 */
export function printableText(text: string, field: LabelField, hasGlyph: (codePoint: number) => boolean): string {
  const composed = text
    .normalize('NFC')
    .replace(/[\p{Cf}]/gu, '')
    .replace(/\u2011/g, '-')
    .replace(/\u202f/g, '\u00a0')
    .replace(/[^\S\u00a0]+/g, ' ')
    .trim();
  for (const character of composed) {
    if (!hasGlyph(character.codePointAt(0) ?? 0)) throw new LabelGlyphError(field, character);
  }
  return composed;
}

/** A PDF without pages yet, every page of the given size. Equal arguments and drawing give equal bytes. */
export function openPdf(options: {
  page: { width: Millimetres; height: Millimetres };
  title: string;
  createdAt: Date;
}): Pdf {
  const doc = new PDFDocument({
    size: [points(options.page.width), points(options.page.height)],
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: 'vi-VN',
    displayTitle: true,
    font: '',
    info: {
      Title: options.title.normalize('NFC'),
      Creator: 'ocop-trace',
      Producer: 'ocop-trace',
      CreationDate: options.createdAt,
    },
  });
  doc.registerFont('regular', fontFile('regular'));
  doc.registerFont('bold', fontFile('bold'));
  doc.font('regular');
  // ISO 32000-1, table 150: viewers are asked not to fit the page to the paper, which would move every label.
  const catalog = (doc as unknown as { _root: { data: { ViewerPreferences: { data: Record<string, unknown> } } } })
    ._root;
  catalog.data.ViewerPreferences.data['PrintScaling'] = 'None';
  return doc;
}

/** The bytes of the whole file, once it is ended. */
export function collectBytes(doc: Pdf): Promise<Buffer> {
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}

type EmbeddedFont = {
  id: string;
  ref(): unknown;
  encode(text: string): [string[], { xAdvance: number }[]];
  /** Advances of `encode` are in thousandths of an em. */
  font: { hasGlyphForCodePoint(codePoint: number): boolean };
};

const glyphTables = new WeakMap<Pdf, Map<string, { hex: string; widthEm: number }>>();

/**
 * A text as glyphs of the document's font, letter by letter without kerning, for content that is written by hand on the current page:
 * the font's name there, the glyphs in hexadecimal, and the width in ems.
 */
export function glyphsOf(doc: Pdf, text: string, weight: Weight): { fontName: string; hex: string; widthEm: number } {
  doc.font(weight);
  const { _font: font } = doc as unknown as { _font: EmbeddedFont };
  (doc.page.fonts as Record<string, unknown>)[font.id] ??= font.ref();
  const table = glyphTables.get(doc) ?? new Map<string, { hex: string; widthEm: number }>();
  glyphTables.set(doc, table);
  let [hex, widthEm] = ['', 0];
  for (const letter of text) {
    let glyph = table.get(weight + letter);
    if (glyph === undefined) {
      const [codes, [position]] = font.encode(letter);
      glyph = { hex: codes.join(''), widthEm: (position?.xAdvance ?? 0) / 1000 };
      table.set(weight + letter, glyph);
    }
    hex += glyph.hex;
    widthEm += glyph.widthEm;
  }
  return { fontName: font.id, hex, widthEm };
}

/** Draws one line of black text; `stretch` below 1 makes it narrower at the same height. Points from the top left corner. */
export function drawText(
  doc: Pdf,
  text: string,
  left: number,
  baseline: number,
  weight: Weight,
  size: number,
  stretch = 1,
): void {
  if (text === '') return;
  doc.save();
  if (stretch !== 1) doc.addContent(`${pdfNumber(stretch * 100)} Tz`);
  doc
    .font(weight)
    .fontSize(size)
    .fillColor('black')
    .text(text, left, baseline, { lineBreak: false, baseline: 'alphabetic' });
  doc.restore();
}

/** Width in points. */
export function textWidth(doc: Pdf, text: string, weight: Weight, size: number): number {
  return doc.font(weight).fontSize(size).widthOfString(text);
}

/** printableText by the glyphs of the document's font; both weights have the same. */
export function printable(doc: Pdf, text: string, field: LabelField): string {
  const { _font: used } = doc as unknown as { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } };
  return printableText(text, field, (codePoint) => used.font.hasGlyphForCodePoint(codePoint));
}

/** A number as PDF content takes it. */
export function pdfNumber(value: number): string {
  return String(Math.round(value * 1e5) / 1e5);
}
