// Words without marks and capitals, for search and sorting: "Na Dai La Hiên" and "na dai la hien" fold to the same. Pure.

// Đ and đ are letters of their own, not marked ones; the Icelandic Ð and ð look the same and slip in from other keyboards.
const crossedD = /[đĐðÐ]/g;

const withoutMarks = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Lower case, no marks (both spellings of hoà/hòa meet), đ as d, single spaces. */
export function fold(text: string): string {
  return withoutMarks(text).replace(crossedD, 'd').replace(/\s+/g, ' ').trim();
}

const wordsOf = (text: string): string[] =>
  withoutMarks(text)
    .replace(/[ðÐ]/g, 'đ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/**
 * The words by which a record is found, each once: folded, and beside it with its đ kept, so that whoever types đ finds đ only while whoever
 * types d finds both. Of a code with hyphens also the whole without them.
 */
export function searchWords(...texts: readonly string[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    for (const word of wordsOf(text)) words.add(word).add(word.replace(crossedD, 'd'));
    if (/^[\w\s./-]*\d[\w\s./-]*$/.test(text)) words.add(fold(text).replace(/[^a-z0-9]/g, ''));
  }
  words.delete('');
  return [...words];
}

/** The words of what somebody typed into a search box, at most eight; a record is found when each begins one of its words. */
export function typedWords(typed: string): string[] {
  return [...new Set(wordsOf(typed))].slice(0, 8);
}

const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g;

/**
 * A word with its marks, its tone last: both spellings of hoà/hòa give the same, while đinh and đỉnh, na and nà stay apart. Compares words of one
 * language only, so tones of other letters count as tones too.
 */
export function tonedWord(word: string): string {
  const apart = word.normalize('NFD').toLowerCase().replace(/[ðÐ]/g, 'đ');
  const tone = (apart.match(toneMarks) ?? []).join('');
  return apart.replace(toneMarks, '').normalize('NFC') + tone;
}

/** The words of a text with their marks (`tonedWord`), in their order. */
export function tonedWords(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
    .map(tonedWord);
}
