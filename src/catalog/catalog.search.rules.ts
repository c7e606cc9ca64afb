// How what somebody typed finds records, and which of them come first. Pure.
import { fold, tonedWord, tonedWords, typedWords } from '../fold.ts';
import { marked } from './catalog.entries.rules.ts';
import type { CatalogEntry } from './catalog.types.ts';

/** A typed word: folded with its đ kept, with its marks, and whether it was typed with marks. */
export type TypedWord = { folded: string; toned: string; isMarked: boolean };

const hasMarks = (toned: string): boolean => /[^a-z0-9]/.test(toned);

/** What was typed, word by word, at most eight. */
export function readTyped(typed: string): TypedWord[] {
  const toned = tonedWords(typed);
  return typedWords(typed).map((folded) => {
    const own = toned.find((one) => fold(one) === fold(folded)) ?? tonedWord(folded);
    return { folded, toned: own, isMarked: hasMarks(own) };
  });
}

/** The stored word that a typed word equals: with its marks where it has any, else without. */
export function wholeWord({ folded, toned, isMarked }: TypedWord): string {
  return isMarked ? marked(toned) : folded;
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Stored words that begin as typed; marks do not count, but whoever typed đ means đ. */
export function beginsAs({ folded }: TypedWord): { $regex: string } {
  return { $regex: `^${escaped(folded)}` };
}

const score = (entry: Pick<CatalogEntry, 'name' | 'words'>, typed: readonly TypedWord[], phrase: string): number => {
  const inName = new Set(tonedWords(entry.name));
  const plainInName = new Set([...inName].map(fold));
  const elsewhere = new Set(entry.words);
  const word = ({ folded, toned, isMarked }: TypedWord): number => {
    const plain = fold(folded);
    if (inName.has(toned)) return isMarked ? 8 : 6;
    if (plainInName.has(plain)) return 5;
    if (isMarked && elsewhere.has(marked(toned))) return 4;
    if (elsewhere.has(folded)) return 3;
    return [...plainInName].some((one) => one.startsWith(plain)) ? 2 : 1;
  };
  const whole = fold(entry.name).includes(phrase) ? 4 : 0;
  return typed.reduce((sum, one) => sum + word(one), whole);
};

/** The best first: words as typed with their marks, in the name before elsewhere, short names before long ones. */
export function ranked<E extends Pick<CatalogEntry, 'id' | 'name' | 'sortName' | 'words'>>(
  found: readonly E[],
  typed: readonly TypedWord[],
): E[] {
  const phrase = typed.map(({ folded }) => fold(folded)).join(' ');
  const scores = new Map(found.map((entry) => [entry.id, score(entry, typed, phrase)]));
  return [...found].sort(
    (left, right) =>
      (scores.get(right.id) ?? 0) - (scores.get(left.id) ?? 0) ||
      left.sortName.length - right.sortName.length ||
      left.sortName.localeCompare(right.sortName) ||
      left.id.localeCompare(right.id),
  );
}

/** Whether two words are one letter apart: one changed, one more, one less, or two neighbours swapped. */
export function isOneLetterOff(left: string, right: string): boolean {
  if (left === right || Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const [restLeft, restRight] = [left.slice(start), right.slice(start)];
  return (
    restLeft.slice(1) === restRight.slice(1) ||
    restLeft.slice(1) === restRight ||
    restLeft === restRight.slice(1) ||
    (restLeft.slice(2) === restRight.slice(2) && restLeft[0] === restRight[1] && restLeft[1] === restRight[0])
  );
}
