// Lists with search, sorting and a cursor: the parts of a filter that every list shares. The cursor names the last record shown, so that
// records added or renamed in between shift nothing.
import { fieldError } from '../errors.ts';
import { typedWords } from '../fold.ts';

export type ListSort = 'newest' | 'oldest' | 'name' | 'name-desc';

export type ListPage = {
  limit: number;
  after?: string | undefined;
  /** What was typed into the search box. */
  q?: string | undefined;
  sort?: ListSort | undefined;
};

type Condition = Record<string, unknown>;

/** What a list asks of the store: conditions to join by `$and`, the order, and how many to read (one more than shown, to know of a next page). */
export type Listing = { conditions: Condition[]; order: Record<string, 1 | -1>; limit: number };

const isByName = (sort: ListSort): boolean => sort === 'name' || sort === 'name-desc';

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Records have each typed word at the start of one of their `searchWords` (array field made by fold.ts `searchWords`). */
const found = (q: string | undefined): Condition[] =>
  typedWords(q ?? '').map((word) => ({ searchWords: { $regex: `^${escaped(word)}` } }));

const readNameCursor = (after: string): { name: string; id: string } => {
  try {
    const read: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
    if (Array.isArray(read) && typeof read[0] === 'string' && typeof read[1] === 'string')
      return { name: read[0], id: read[1] };
  } catch {
    // Falls through: what can't be read is not a cursor.
  }
  throw fieldError('after', 'cursor');
};

const beyond = (nameField: string, sort: ListSort, after: string | undefined): Condition[] => {
  if (after === undefined) return [];
  if (sort === 'newest') return [{ _id: { $lt: after } }];
  if (sort === 'oldest') return [{ _id: { $gt: after } }];
  const { name, id } = readNameCursor(after);
  const compare = sort === 'name' ? '$gt' : '$lt';
  return [{ $or: [{ [nameField]: { [compare]: name } }, { [nameField]: name, _id: { [compare]: id } }] }];
};

/**
 * The shared part of a list's query. `nameField` holds the folded name by which it sorts. Ids are UUIDv7 and sort by time. Throws
 * 'fields-wrong' for a cursor that can't be read.
 */
export function listing(nameField: string, page: ListPage): Listing {
  const sort = page.sort ?? 'newest';
  const direction = sort === 'oldest' || sort === 'name' ? 1 : -1;
  const order: Record<string, 1 | -1> = isByName(sort)
    ? { [nameField]: direction, _id: direction }
    : { _id: direction };
  return { conditions: [...found(page.q), ...beyond(nameField, sort, page.after)], order, limit: page.limit + 1 };
}

/** Cuts what was read to the page and gives the cursor of the next one, or null when this is the last. `nameOf` gives the folded name. */
export function cutPage<T extends { id: string }>(
  read: readonly T[],
  page: ListPage,
  nameOf: (item: T) => string,
): { items: T[]; next: string | null } {
  const items = read.slice(0, page.limit);
  const last = items.at(-1);
  if (read.length <= page.limit || last === undefined) return { items, next: null };
  const next = isByName(page.sort ?? 'newest')
    ? Buffer.from(JSON.stringify([nameOf(last), last.id])).toString('base64url')
    : last.id;
  return { items, next };
}
