// How the words of a label fall into lines: the largest size that fits, never below what can be read, never over the edge.
import type { Weight } from './labels.fonts.ts';
import { LabelTextError } from './labels.paragraphs.ts';

export { LabelTextError } from './labels.paragraphs.ts';

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

/** x-height 1.0 mm in Be Vietnam Pro: the smallest letters where nothing else is set. */
export const smallestSize = 5.3;

/** Size in points whose small letters (x) are so many millimetres high. */
export function sizeOfLetters(millimetres = 1): number {
  return smallestSize * millimetres;
}
const largestNameSize = 6.7;
const sizeStep = 0.1;
// Letters with two marks over capitals and under-dots need 1.22 + 0.26 em where both meet; these heights keep them apart in running text.
const nameLineHeight = 1.3;
const lineHeight = 1.3;
const noticeSize = 4.8;
const noticeHeight = 8.9;
const mostLotLines = 2;

/** All lines of a label from top to bottom. Throws a LabelTextError that names the field to shorten. */
export function setLabel(words: LabelWords, room: Room, measure: Measure, minimumPt = smallestSize): TextLine[] {
  const small = (text: string, weight: Weight): TextLine => {
    return { text, weight, size: minimumPt, height: minimumPt * lineHeight, boxed: false, role: 'words' };
  };
  const fits = (text: string) => measure(text, 'regular', minimumPt) <= room.width;

  const lot = wrap(words.lotNumber, fits, /(?<=[-/._ ])/u) ?? wrap(words.lotNumber, fits, /(?:)/u);
  if (lot === undefined || lot.length > mostLotLines) throw new LabelTextError('lotNumber', minimumPt);
  const below = [
    ...lot.map((line) => small(line, 'regular')),
    ...words.dates.map((date) => small(date, 'regular')),
    { ...small(words.code, 'bold'), role: 'code' as const },
    ...(words.notice === undefined ? [] : [boxed(words.notice)]),
  ];
  const left = room.height - below.reduce((sum, line) => sum + line.height, 0);
  return [...setName(words.productName, { width: room.width, height: left }, measure, minimumPt), ...below];
}

function boxed(text: string): TextLine {
  return { text, weight: 'bold', size: noticeSize, height: noticeHeight, boxed: true, role: 'words' };
}

/** The product name in one or two lines as large as they fit; in more lines only where two are not enough at any size. */
function setName(name: string, room: Room, measure: Measure, minimumPt: number): TextLine[] {
  const steps = Math.round(Math.max(0, largestNameSize - minimumPt) / sizeStep);
  const sizes = Array.from({ length: steps + 1 }, (_, step) => Math.max(minimumPt, largestNameSize - step * sizeStep));
  const mostLines = Math.floor(room.height / (minimumPt * nameLineHeight));
  for (const allowed of [2, ...Array.from({ length: Math.max(0, mostLines - 2) }, (_, more) => more + 3)]) {
    for (const size of sizes) {
      const lines = wrap(name, (text) => measure(text, 'bold', size) <= room.width, /(?<= )/u);
      const height = size * nameLineHeight;
      if (lines !== undefined && lines.length <= allowed && lines.length * height <= room.height) {
        return lines.map((text) => ({ text, weight: 'bold', size, height, boxed: false, role: 'words' }));
      }
    }
  }
  throw new LabelTextError('productName', minimumPt);
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
