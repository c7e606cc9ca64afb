// Running text in a column: words of two weights, broken between words, measured at one size and scaled to any other.
import type { Weight } from './labels.fonts.ts';
import type { LabelField, LabelParagraph } from './labels.sheet.types.ts';

export type Span = { text: string; weight: Weight };
export type Paragraph = LabelParagraph;

/** Pieces of one line with their widths; all lengths in ems of the text's size. */
export type Piece = Span & { width: number };
export type Line = Piece[];

/** Letters with two marks over capitals and under-dots need 1.22 + 0.26 em where both meet; this keeps lines apart. */
export const lineHeightEm = 1.3;
export const paragraphGapEm = 0.28;

/** Width of a text in ems. */
export type MeasureEm = (text: string, weight: Weight) => number;

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

/** Remembers what it measured: fitting asks for the same words at every size. */
export function remembering(measure: MeasureEm): MeasureEm {
  const known = new Map<string, number>();
  return (text, weight) => {
    const key = weight + text;
    let width = known.get(key);
    if (width === undefined) known.set(key, (width = measure(text, weight)));
    return width;
  };
}

const betweenWords = /(?<= )/u;
// Only a word wider than the column is parted, behind the signs that lot numbers and addresses hold: a date stays whole.
const withinWord = /(?<=[-/._,;:)])(?=\S)/u;

const widthOf = (line: Line): number => line.reduce((sum, piece) => sum + piece.width, 0);

/** The lines of a paragraph in a column of `roomEm`; undefined when a piece without a break is wider than the column. */
export function breakLines(paragraph: Paragraph, roomEm: number, measure: MeasureEm): Line[] | undefined {
  const lines: Line[] = [];
  let line: Line = [];
  for (const { text, weight } of paragraph.spans) {
    const words = text.split(betweenWords).flatMap((word) => {
      return measure(word.trimEnd(), weight) > roomEm ? word.split(withinWord) : [word];
    });
    for (const word of words) {
      if (word === '') continue;
      const piece = { text: word, weight, width: measure(word, weight) };
      const bare = measure(word.trimEnd(), weight);
      if (widthOf(line) + bare > roomEm && line.length > 0) {
        lines.push(line);
        line = [];
      }
      if (bare > roomEm) return undefined;
      line.push(piece);
    }
  }
  return [...lines, line].filter((one) => one.length > 0).map((one) => merged(one, measure));
}

/** Neighbours of one weight become one text, and the space at the line's end goes. */
const merged = (line: Line, measure: MeasureEm): Line => {
  const texts: Span[] = [];
  for (const { text, weight } of line) {
    const last = texts.at(-1);
    if (last?.weight === weight) last.text += text;
    else texts.push({ text, weight });
  }
  const last = texts.at(-1);
  if (last !== undefined) last.text = last.text.trimEnd();
  return texts.map((span) => ({ ...span, width: measure(span.text, span.weight) }));
};

/** Sizes from the largest to the smallest in steps of a tenth of a point. */
export function sizesBetween(largest: number, smallest: number): number[] {
  const steps = Math.max(0, Math.round((largest - smallest) * 10));
  return Array.from({ length: steps + 1 }, (_, step) => Math.max(smallest, largest - step / 10));
}
