// Import keys: a row of a list is found again by the key of its facts, however often the list is sent.

/** Those of a list whose key is not known yet; of two with one key the first. */
export function firstUnknown<T extends { importKey: string }>(
  list: readonly T[],
  known: { has(importKey: string): boolean },
): T[] {
  const seen = new Set<string>();
  return list.filter(({ importKey }) => {
    if (known.has(importKey) || seen.has(importKey)) return false;
    seen.add(importKey);
    return true;
  });
}
