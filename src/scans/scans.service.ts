// Counting scans: merged in memory, written at least once a second, read with the page. A crash may lose the last second, only of counts.
import type { Db } from '../db/connect.ts';
import { isStoreAway } from '../db/indexes.ts';
import { addTallies, findHistories, unitScanModel } from './scans.model.ts';
import type { Tally } from './scans.model.ts';
import { doubtOf } from './scans.rules.ts';
import { addHistories, daysBeyond, noScans, oneScan } from './scans.tally.rules.ts';
import type { Doubt, Scan, ScanHistory } from './scans.types.ts';

/** Makes the collection known, so that its indexes are made at start. */
export function prepareScans(db: Db): void {
  unitScanModel(db);
}

/** Why a unit code with this history is doubtful, or undefined (scans.rules.ts). */
export function doubtAbout(history: ScanHistory): Doubt | undefined {
  return doubtOf(history);
}

/** A history with one more scan, as it will be once that is counted. */
export function withScan(history: ScanHistory, { at, place }: Pick<Scan, 'at' | 'place'>): ScanHistory {
  return addHistories(history, oneScan(at, place));
}

/** The scans of this process: what was counted and not yet written, and what is stored. */
export type ScanBook = {
  /** What is known of a code's scans at this moment, those not yet written included. */
  historyOf(code: string): Promise<ScanHistory>;
  note(scan: Scan): void;
  /** Writes what was counted so far. */
  flush(): Promise<void>;
  /** Writes what is left and stops. */
  close(): Promise<void>;
};

type Log = { warn(facts: object, message: string): void };

const flushEveryMs = 500;
const mostUnwritten = 100_000;
const mostDaysTold = 100;
const mostReadAtOnce = 500;

/** Reads that come together go to the store as one: while one is on its way, the next ones gather. */
const gatherReads = (db: Db): ((code: string) => Promise<ScanHistory | undefined>) => {
  type Asked = { resolve(history: ScanHistory | undefined): void; reject(error: unknown): void };
  let waiting = new Map<string, Asked[]>();
  let running = 0;
  const next = async (): Promise<void> => {
    running += 1;
    while (waiting.size > 0) {
      const codes = [...waiting.keys()].slice(0, mostReadAtOnce);
      const asked = new Map(codes.map((code) => [code, waiting.get(code) ?? []]));
      if (codes.length === waiting.size) waiting = new Map();
      else for (const code of codes) waiting.delete(code);
      try {
        const found = await findHistories(db, codes);
        for (const [code, all] of asked) for (const one of all) one.resolve(found.get(code));
      } catch (error) {
        for (const all of asked.values()) for (const one of all) one.reject(error);
      }
    }
    running -= 1;
  };
  return (code) =>
    new Promise((resolve, reject) => {
      const asked = waiting.get(code);
      if (asked === undefined) waiting.set(code, [{ resolve, reject }]);
      else asked.push({ resolve, reject });
      // Two at once keep the store busy while the answers of the first are being used.
      if (running < 2) void next();
    });
};

/** Opens the book. `flushMs` 0 writes only when asked to. */
export function openScanBook(db: Db, log: Log, flushMs = flushEveryMs): ScanBook {
  const read = gatherReads(db);
  let counted = new Map<string, Tally>();
  let writing: { tallies: Map<string, Tally>; done: Promise<void> } | undefined;
  const dropsOf = new Map<string, string[]>();
  let flushes = 0;
  let latest: ReadonlyMap<string, Tally> = new Map();
  let lost = 0;

  const put = (tally: Tally): void => {
    const { code } = tally.label;
    const before = counted.get(code);
    if (before === undefined && counted.size >= mostUnwritten) {
      lost += tally.history.count;
      return;
    }
    counted.set(
      code,
      before === undefined ? tally : { ...before, history: addHistories(before.history, tally.history) },
    );
  };

  const write = async (tallies: ReadonlyMap<string, Tally>): Promise<void> => {
    const writings = [...tallies.values()].map((tally) => ({ tally, daysToDrop: dropsOf.get(tally.label.code) ?? [] }));
    dropsOf.clear();
    try {
      for (const tally of await addTallies(db, writings)) put(tally);
    } catch (error) {
      // Nothing was sent to a store that could not be found. Of anything else nobody knows what arrived: too few is better than too many.
      const unsent = isStoreAway(error) && error instanceof Error && error.name.endsWith('ServerSelectionError');
      if (unsent) for (const tally of tallies.values()) put(tally);
      log.warn({ err: error, codes: tallies.size, kept: unsent }, 'scan counts could not be written');
    }
    if (lost > 0) log.warn({ lost }, 'scan counts were left out: too many codes wait for the store');
    lost = 0;
  };

  const flush = async (): Promise<void> => {
    while (writing !== undefined) await writing.done;
    if (counted.size === 0) return;
    const tallies = counted;
    counted = new Map();
    flushes += 1;
    latest = tallies;
    const done = write(tallies).finally(() => (writing = undefined));
    writing = { tallies, done };
    await done;
  };

  const timer = flushMs === 0 ? undefined : setInterval(() => void (writing ?? flush()), flushMs);
  timer?.unref();

  return {
    flush,
    async historyOf(code) {
      for (;;) {
        // A count on its way would be seen twice or not at all; so would one that left while the record was being read.
        if (writing?.tallies.has(code) === true) await writing.done;
        const before = flushes;
        const stored = (await read(code)) ?? noScans;
        if (flushes !== before && latest.has(code)) continue;
        const tooMany = daysBeyond(stored, mostDaysTold);
        if (tooMany.length > 0) dropsOf.set(code, tooMany);
        return addHistories(stored, counted.get(code)?.history ?? noScans);
      }
    },
    note({ label, at, place }) {
      put({ label, history: oneScan(at, place) });
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
