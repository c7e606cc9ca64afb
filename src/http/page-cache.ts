// Rendered pages in memory, each held to a stamp: a word for everything stored that it shows. A page is given out without asking for a short
// while after its stamp was last compared; then the stamp is read again, and the page made anew when it differs. So what changes in the store
// shows on every instance within that while, without messages between them.
import { cutPage } from './slotted-page.ts';
import type { SlottedPage } from './slotted-page.ts';

/** `note`: what its maker wants to know of it again. */
export type CachedPage<N> = { page: SlottedPage; note: N; stamp: string; renderedAt: Date };

export type PageCacheOptions = {
  /** How long a stamp counts after it was read. */
  freshMs: number;
  /** How long a page may be given out at all. */
  keepMs: number;
  /** What all pages together may take in memory. */
  mostBytes: number;
};

/** `subject`: what the stamp is of, shared by all its pages. `key`: this page of it. */
export type Wanted<N> = {
  subject: string;
  key: string;
  now: Date;
  readStamp: () => Promise<string>;
  /** The page's text at a moment, with marks for its slots. */
  render: () => Promise<{ html: string; note: N }>;
};

export type PageCache<N> = {
  get(wanted: Wanted<N>): Promise<CachedPage<N>>;
  /** Until when, in milliseconds, this page of a subject may be given out without asking; 0 when it may not. */
  freshUntil(subject: string, page: CachedPage<N>): number;
  /** Pages kept, and what they take. */
  size(): { pages: number; bytes: number };
};

type Stamp = { value: string; readAtMs: number };

// A clock that was put back makes everything old.
const isWithin = (ms: number, sinceMs: number, nowMs: number): boolean => nowMs >= sinceMs && nowMs - sinceMs < ms;

const mostStamps = 50_000;
const overheadBytes = 1000;

/** Takes out what was not asked for the longest: a Map gives its keys in the order in which they were put in. */
const dropOldest = <V>(map: Map<string, V>): V | undefined => {
  const [oldest] = map;
  if (oldest === undefined) return undefined;
  map.delete(oldest[0]);
  return oldest[1];
};

export function createPageCache<N>({ freshMs, keepMs, mostBytes }: PageCacheOptions): PageCache<N> {
  const stamps = new Map<string, Stamp>();
  const pages = new Map<string, CachedPage<N>>();
  const readings = new Map<string, Promise<string>>();
  const renderings = new Map<string, Promise<CachedPage<N>>>();
  let bytes = 0;

  const weightOf = ({ page }: CachedPage<N>): number => page.bytes + overheadBytes;

  const forget = (key: string): void => {
    const found = pages.get(key);
    if (found === undefined) return;
    pages.delete(key);
    bytes -= weightOf(found);
  };

  const keep = (key: string, made: CachedPage<N>): void => {
    forget(key);
    pages.set(key, made);
    bytes += weightOf(made);
    while (bytes > mostBytes && pages.size > 1) {
      const dropped = dropOldest(pages);
      if (dropped !== undefined) bytes -= weightOf(dropped);
    }
  };

  /** The stamp as it was at most `freshMs` ago. Who asks while it is being read shares that reading, which began within that while. */
  const stampOf = ({ subject, now, readStamp }: Wanted<N>): Promise<string> | string => {
    const known = stamps.get(subject);
    if (known !== undefined && isWithin(freshMs, known.readAtMs, now.getTime())) return known.value;
    const running = freshMs > 0 ? readings.get(subject) : undefined;
    if (running !== undefined) return running;
    const reading = readStamp()
      .then((value) => {
        stamps.delete(subject);
        stamps.set(subject, { value, readAtMs: now.getTime() });
        if (stamps.size > mostStamps) dropOldest(stamps);
        return value;
      })
      .finally(() => {
        if (readings.get(subject) === reading) readings.delete(subject);
      });
    readings.set(subject, reading);
    return reading;
  };

  // The stamp is read before the facts: what changes in between makes the page newer than its stamp, never older.
  const renderAnew = ({ key, now, render }: Wanted<N>, stamp: string): Promise<CachedPage<N>> => {
    const at = `${key} ${stamp}`;
    const running = renderings.get(at);
    if (running !== undefined) return running;
    const making = render()
      .then(({ html, note }) => {
        const made = { page: cutPage(html), note, stamp, renderedAt: now };
        keep(key, made);
        return made;
      })
      .finally(() => renderings.delete(at));
    renderings.set(at, making);
    return making;
  };

  return {
    async get(wanted) {
      const asked = stampOf(wanted);
      const stamp = typeof asked === 'string' ? asked : await asked;
      const found = pages.get(wanted.key);
      if (found?.stamp !== stamp || !isWithin(keepMs, found.renderedAt.getTime(), wanted.now.getTime()))
        return renderAnew(wanted, stamp);
      pages.delete(wanted.key);
      pages.set(wanted.key, found);
      return found;
    },
    freshUntil(subject, { stamp, renderedAt }) {
      const known = stamps.get(subject);
      if (known?.value !== stamp) return 0;
      return Math.min(known.readAtMs + freshMs, renderedAt.getTime() + keepMs);
    },
    size: () => ({ pages: pages.size, bytes }),
  };
}
