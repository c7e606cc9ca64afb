// Words without marks and capitals, for search and sorting: "Na Dai La Hiên" and "na dai la hien" fold to the same. Pure.

// Đ and đ are letters of their own, not marked ones; the Icelandic Ð and ð look the same and slip in from other keyboards.
const crossedD = /[đĐðÐ]/g;

/** Lower case, no marks (both spellings of hoà/hòa meet), đ as d, single spaces. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(crossedD, 'd').toLowerCase().replace(/\s+/g, ' ').trim();
}
