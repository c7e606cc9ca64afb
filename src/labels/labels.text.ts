// How the words of a label fall into lines: the largest size that fits, never below what can be read, never over the edge.
import type { Weight } from './labels.fonts.ts';
import type { LabelField } from './labels.sheet.types.ts';

/** Sizes and heights in PDF points. */
export type TextLine = {
  text: string;
  weight: Weight;
  size: number;
  height: number;
  boxed: boolean;
  /** The line of the code is drawn for each label, the others once for all. */
  role: 'words' | 'code';
};
export type Measure = (text: string, weight: Weight, size: number) => number;
export type Room = { width: number; height: number };
export type LabelWords = { productName: string; lotNumber: string; dates: string[]; code: string; notice?: string };

/** x-height 1.0 mm in Be Vietnam Pro. */
export const smallestSize = 5.3;
const largestNameSize = 6.7;
const sizeStep = 0.1;
// Letters with two marks over capitals and under-dots need 1.22 + 0.26 em where both meet; these heights keep them apart in running text.
const nameLineHeight = 1.3;
const lineHeight = 1.3;
const noticeSize = 4.8;
const noticeHeight = 8.9;
const mostLotLines = 2;

/** A text does not fit its label even at the smallest size, `minimumPt`. */
export class LabelTextError extends Error {
  readonly field: LabelField;
  readonly minimumPt: number;

  constructor(field: LabelField, minimumPt: number) {
    super(`${field} does not fit the label at ${minimumPt} pt`);
    this.name = 'LabelTextError';
    this.field = field;
    this.minimumPt = minimumPt;
  }
}

/** All lines of a label from top to bottom. Throws a LabelTextError that names the field to shorten. */
export function setLabel(words: LabelWords, room: Room, measure: Measure): TextLine[] {
  const small = (text: string, weight: Weight): TextLine => {
    return { text, weight, size: smallestSize, height: smallestSize * lineHeight, boxed: false, role: 'words' };
  };
  const fits = (text: string) => measure(text, 'regular', smallestSize) <= room.width;

  const lot = wrap(words.lotNumber, fits, /(?<=[-/._ ])/u) ?? wrap(words.lotNumber, fits, /(?:)/u);
  if (lot === undefined || lot.length > mostLotLines) throw new LabelTextError('lotNumber', smallestSize);
  const below = [
    ...lot.map((line) => small(line, 'regular')),
    ...words.dates.map((date) => small(date, 'regular')),
    { ...small(words.code, 'bold'), role: 'code' as const },
    ...(words.notice === undefined ? [] : [boxed(words.notice)]),
  ];
  const left = room.height - below.reduce((sum, line) => sum + line.height, 0);
  return [...setName(words.productName, { width: room.width, height: left }, measure), ...below];
}

function boxed(text: string): TextLine {
  return { text, weight: 'bold', size: noticeSize, height: noticeHeight, boxed: true, role: 'words' };
}

/** The product name in one or two lines as large as they fit; in more lines only where two are not enough at any size. */
function setName(name: string, room: Room, measure: Measure): TextLine[] {
  const steps = Math.round((largestNameSize - smallestSize) / sizeStep);
  const sizes = Array.from({ length: steps + 1 }, (_, step) => largestNameSize - step * sizeStep);
  const mostLines = Math.floor(room.height / (smallestSize * nameLineHeight));
  for (const allowed of [2, ...Array.from({ length: Math.max(0, mostLines - 2) }, (_, more) => more + 3)]) {
    for (const size of sizes) {
      const lines = wrap(name, (text) => measure(text, 'bold', size) <= room.width, /(?<= )/u);
      const height = size * nameLineHeight;
      if (lines !== undefined && lines.length <= allowed && lines.length * height <= room.height) {
        return lines.map((text) => ({ text, weight: 'bold', size, height, boxed: false, role: 'words' }));
      }
    }
  }
  throw new LabelTextError('productName', smallestSize);
}

/** Lines that fit, broken where `breaks` allows; undefined when a piece without a break is too wide. */
function wrap(text: string, fits: (line: string) => boolean, breaks: RegExp): string[] | undefined {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(breaks)) {
    if (fits((line + piece).trimEnd())) {
      line += piece;
      continue;
    }
    if (!fits(piece.trimEnd())) return undefined;
    lines.push(line.trimEnd());
    line = piece;
  }
  return [...lines, line].filter((done) => done !== '');
}
