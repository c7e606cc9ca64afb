// A card: everything a food label says, set as large as it fits and never below the smallest letters. Pure; lengths in PDF points from the cell's
// top left corner.
import type { Weight } from './labels.fonts.ts';
import { points } from './labels.layout.ts';
import type { CardStyle, SheetLayout } from './labels.layout.ts';
import {
  breakLines,
  LabelTextError,
  lineHeightEm,
  paragraphGapEm,
  remembering,
  sizesBetween,
  type Line,
  type MeasureEm,
  type Paragraph,
} from './labels.paragraphs.ts';
import type { LabelFact, LabelField } from './labels.sheet.types.ts';

/** Heights over and under the baseline of the middle of a line, in ems. */
const baselineEm = 0.97;

export type CardWords = {
  name: string;
  /** Dates and net content. */
  facts: readonly LabelFact[];
  /** Who answers for it, lot, origin, ingredients, storage, warnings …, the most important first. */
  paragraphs: readonly Paragraph[];
  invite: string;
  codeWord: string;
  code: string;
  notice: string | undefined;
};

export type PlacedText = { text: string; weight: Weight; size: number; left: number; baseline: number };
export type Rule = { left: number; top: number; width: number };
export type Card = {
  texts: PlacedText[];
  rules: Rule[];
  notice: { text: string; size: number; top: number; left: number; width: number; height: number } | undefined;
  code: { left: number; baseline: number; size: number; room: number };
};

type Frame = { left: number; top: number; width: number; bottom: number };
type Setting = { measure: MeasureEm; minimumPt: number; texts: PlacedText[] };

/** Sets a card. Throws a LabelTextError that names the field to shorten. */
export function setCard(layout: SheetLayout, words: CardWords, measureEm: MeasureEm, minimumPt: number): Card {
  const { style } = layout;
  if (style.kind !== 'card') throw new RangeError('This layout holds no card');
  const setting: Setting = { measure: remembering(measureEm), minimumPt, texts: [] };
  return style.way === 'upright' ? setUpright(layout, style, words, setting) : setLying(layout, style, words, setting);
}

function setUpright(layout: SheetLayout, style: CardStyle, words: CardWords, setting: Setting): Card {
  const { texts, minimumPt } = setting;
  const { cell, symbol } = layout;
  const pad = points(style.pad);
  const inner = points(cell.width) - 2 * pad;
  const symbolTop = points(symbol.y);
  const nameFrame = { left: pad, top: points(style.above) + pad / 2, width: inner, bottom: symbolTop - points(1) };
  setName(words.name, nameFrame, style.largestName, setting);

  const notice = noticeAt(words.notice, { left: pad, width: inner }, points(cell.height) - pad / 2, style, setting);
  const codeTop = points(symbol.y + symbol.size);
  const factsLeft = points(symbol.x + symbol.size + 0.6);
  const factsFrame = {
    left: factsLeft,
    top: symbolTop + points(1.6),
    width: points(cell.width) - pad - factsLeft,
    bottom: codeTop,
  };
  setFacts(words.facts, factsFrame, style.largestBody, setting);

  const codeSize = Math.max(minimumPt, style.largestBody * 1.1);
  const codeLine = codeTop + codeSize * lineHeightEm;
  const wordSize = Math.max(minimumPt, style.largestBody * 0.85);
  const wordWidth = setting.measure(words.codeWord, 'regular') * wordSize + points(1.5);
  const codeWidth = Math.min(setting.measure(words.code, 'bold') * codeSize, inner - wordWidth);
  const baseline = codeTop + codeSize * baselineEm;
  texts.push({ text: words.codeWord, weight: 'regular', size: wordSize, left: pad, baseline });
  const ruleTop = codeLine + points(0.5);
  const body = {
    left: pad,
    top: ruleTop + points(0.7),
    width: inner,
    bottom: notice === undefined ? points(cell.height) - pad / 2 : notice.top - points(0.7),
  };
  const invite: Paragraph = { field: 'notice', spans: [{ text: words.invite, weight: 'regular' }] };
  setBody([...words.paragraphs, invite], body, style.largestBody, setting, { droppable: 1 });
  return {
    texts,
    rules: [
      { left: 0, top: symbolTop - points(0.5), width: points(cell.width) },
      { left: pad, top: ruleTop, width: inner },
    ],
    notice,
    code: { left: pad + inner - codeWidth, baseline, size: codeSize, room: codeWidth },
  };
}

function setLying(layout: SheetLayout, style: CardStyle, words: CardWords, setting: Setting): Card {
  const { texts, minimumPt, measure } = setting;
  const { cell, symbol } = layout;
  const pad = points(style.pad);
  const side = { left: points(symbol.x) + points(1), width: points(symbol.size) - points(2) };
  const codeTop = points(symbol.y + symbol.size);
  const codeSize = Math.max(minimumPt, Math.min(style.largestBody, side.width / measure(words.code, 'bold')));
  const notice = noticeAt(words.notice, side, points(cell.height) - points(1), style, setting);

  const left = points(symbol.x + symbol.size + 0.4);
  const frame = {
    left,
    top: pad * 0.8,
    width: points(cell.width) - pad - left,
    bottom: points(cell.height) - pad * 0.8,
  };
  const facts = words.facts.map(({ field, label, value }): Paragraph => {
    const spans = [
      { text: `${label} `, weight: 'regular' as const },
      { text: value, weight: 'bold' as const },
    ];
    return { field, spans };
  });
  const [party, ...others] = words.paragraphs;
  const paragraphs = [...(party === undefined ? [] : [party]), ...facts, ...others];
  setNamedBody(words.name, paragraphs, frame, style, setting);
  return {
    texts,
    rules: [],
    notice,
    code: {
      left: side.left + Math.max(0, side.width - measure(words.code, 'bold') * codeSize) / 2,
      baseline: codeTop + codeSize * baselineEm,
      size: codeSize,
      room: side.width,
    },
  };
}

/** The name over the whole frame, in one to three lines. */
function setName(name: string, frame: Frame, largest: number, setting: Setting): void {
  const { measure, minimumPt } = setting;
  const paragraph: Paragraph = { field: 'productName', spans: [{ text: name, weight: 'bold' }] };
  const height = frame.bottom - frame.top;
  for (const size of sizesBetween(largest, minimumPt)) {
    const lines = breakLines(paragraph, frame.width / size, measure);
    if (lines === undefined || lines.length * size * lineHeightEm > height) continue;
    placeLines(lines, frame.left, frame.top + (height - lines.length * size * lineHeightEm) / 2, size, setting);
    return;
  }
  throw new LabelTextError('productName', minimumPt);
}

/** Each fact in two lines, its name over its value. */
function setFacts(facts: readonly LabelFact[], frame: Frame, largest: number, setting: Setting): void {
  const { measure, minimumPt, texts } = setting;
  for (const body of sizesBetween(largest, minimumPt)) {
    const labelSize = Math.max(minimumPt, body * 0.85);
    const valueSize = Math.max(minimumPt, body * 1.15);
    const height = (labelSize + valueSize) * lineHeightEm + points(0.8);
    if (facts.length * height > frame.bottom - frame.top) continue;
    const isWide = ({ label, value }: LabelFact): boolean =>
      measure(label, 'regular') * labelSize > frame.width || measure(value, 'bold') * valueSize > frame.width;
    if (facts.some(isWide)) {
      if (body > minimumPt) continue;
      throw new LabelTextError(facts.find(isWide)?.field ?? 'useByText', minimumPt);
    }
    facts.forEach(({ label, value }, place) => {
      const top = frame.top + place * height;
      texts.push({
        text: label,
        weight: 'regular',
        size: labelSize,
        left: frame.left,
        baseline: top + labelSize * baselineEm,
      });
      const baseline = top + labelSize * lineHeightEm + valueSize * baselineEm;
      texts.push({ text: value, weight: 'bold', size: valueSize, left: frame.left, baseline });
    });
    return;
  }
  throw new LabelTextError(facts[0]?.field ?? 'useByText', minimumPt);
}

const heightEm = (set: readonly Line[][]): number =>
  set.reduce((sum, lines) => sum + lines.length * lineHeightEm, 0) + Math.max(0, set.length - 1) * paragraphGapEm;

/** All paragraphs at one size; the last `droppable` are left out when even the smallest size can't hold them. */
function setBody(
  paragraphs: readonly Paragraph[],
  frame: Frame,
  largest: number,
  setting: Setting,
  { droppable }: { droppable: number },
): void {
  for (let kept = paragraphs.length; kept >= paragraphs.length - droppable; kept -= 1) {
    for (const size of sizesBetween(largest, setting.minimumPt)) {
      const set = paragraphs.slice(0, kept).map((one) => breakLines(one, frame.width / size, setting.measure));
      if (set.some((lines) => lines === undefined)) continue;
      if (heightEm(set as Line[][]) * size > frame.bottom - frame.top) continue;
      placeParagraphs(set as Line[][], frame, size, setting);
      return;
    }
  }
  throw new LabelTextError(longest(paragraphs.slice(0, paragraphs.length - droppable)), setting.minimumPt);
}

/** Name and paragraphs in one column, the name larger as long as the rest keeps its size. */
function setNamedBody(
  name: string,
  paragraphs: readonly Paragraph[],
  frame: Frame,
  style: CardStyle,
  setting: Setting,
): void {
  const { measure, minimumPt } = setting;
  const title: Paragraph = { field: 'productName', spans: [{ text: name, weight: 'bold' }] };
  for (const size of sizesBetween(style.largestBody, minimumPt)) {
    const set = paragraphs.map((one) => breakLines(one, frame.width / size, measure));
    if (set.some((lines) => lines === undefined)) continue;
    const below = heightEm(set as Line[][]) * size;
    for (const nameSize of sizesBetween(Math.min(style.largestName, size * 1.7), size)) {
      const lines = breakLines(title, frame.width / nameSize, measure);
      const height = (lines?.length ?? 0) * nameSize * lineHeightEm + size * paragraphGapEm;
      if (lines === undefined || height + below > frame.bottom - frame.top) continue;
      placeLines(lines, frame.left, frame.top, nameSize, setting);
      placeParagraphs(set as Line[][], { ...frame, top: frame.top + height }, size, setting);
      return;
    }
  }
  throw new LabelTextError(longest([title, ...paragraphs]), minimumPt);
}

const longest = (paragraphs: readonly Paragraph[]): LabelField => {
  const lengthOf = ({ spans }: Paragraph): number => spans.reduce((sum, { text }) => sum + text.length, 0);
  return [...paragraphs].sort((one, other) => lengthOf(other) - lengthOf(one))[0]?.field ?? 'productName';
};

function placeParagraphs(set: readonly Line[][], frame: Frame, size: number, setting: Setting): void {
  let { top } = frame;
  for (const lines of set) {
    placeLines(lines, frame.left, top, size, setting);
    top += (lines.length * lineHeightEm + paragraphGapEm) * size;
  }
}

function placeLines(lines: readonly Line[], left: number, top: number, size: number, { texts }: Setting): void {
  lines.forEach((line, place) => {
    let at = left;
    for (const { text, weight, width } of line) {
      texts.push({ text, weight, size, left: at, baseline: top + place * size * lineHeightEm + size * baselineEm });
      at += width * size;
    }
  });
}

/** A framed line at the bottom, as wide as its place. */
function noticeAt(
  text: string | undefined,
  { left, width }: { left: number; width: number },
  bottom: number,
  { largestBody }: CardStyle,
  { measure, minimumPt }: Setting,
): Card['notice'] {
  if (text === undefined) return undefined;
  const size = Math.min(Math.max(minimumPt, largestBody * 0.9), (width - points(1.6)) / measure(text, 'bold'));
  const height = size * 1.62;
  return { text, size, left, width, top: bottom - height, height };
}
