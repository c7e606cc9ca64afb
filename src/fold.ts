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
