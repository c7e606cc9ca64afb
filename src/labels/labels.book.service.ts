// Looking up codes without a read each time: runs never change and stay in memory; only what was voided is asked for again after a while.
import { placeOfCode } from '../codes/trace-code.ts';
import type { CodeKey, CodePlace } from '../codes/trace-code.ts';
import type { Db } from '../db/connect.ts';
import { findEvents } from './labels.events.model.ts';
import { voidingOf } from './labels.events.rules.ts';
import { findRunByNumber } from './labels.model.ts';
import type { LabelRun, LabelRunEvent } from './labels.types.ts';

/** A label that was made: its run, which of the run's labels it is, and when it was taken out of use. */
export type FoundLabel = {
  run: LabelRun;
  unit: number;
  voiding: LabelRunEvent | undefined;
  /** When its voidings were last read, in milliseconds. */ readAtMs: number;
};

export type LabelBook = {
  /** The label of a code (as readCode gives it); undefined for one that was never made. A code that is not known is looked for each time. */
  find(code: string, now: Date): Promise<FoundLabel | undefined>;
};

type KnownRun = { run: LabelRun; events: LabelRunEvent[]; readAtMs: number };

const mostRuns = 20_000;
const mostCodes = 100_000;

const keepAtMost = (map: Map<unknown, unknown>, most: number): void => {
  const [oldest] = map.keys();
  if (map.size > most) map.delete(oldest);
};

/** `freshMs`: how long a voiding may go unnoticed. */
export function openLabelBook(db: Db, codeKey: CodeKey, freshMs: number): LabelBook {
  const runs = new Map<number, KnownRun>();
  const places = new Map<string, CodePlace>();
  const readings = new Map<number, Promise<KnownRun | undefined>>();

  const placeOf = (code: string): CodePlace | undefined => {
    const known = places.get(code);
    if (known !== undefined) return known;
    const place = placeOfCode(codeKey, code);
    if (place === undefined) return undefined;
    places.set(code, place);
    keepAtMost(places, mostCodes);
    return place;
  };

  const readRun = async (runNumber: number, now: Date): Promise<KnownRun | undefined> => {
    const run = runs.get(runNumber)?.run ?? (await findRunByNumber(db, runNumber));
    if (run === undefined) return undefined;
    const events = (await findEvents(db, run.producerId, run.id)).filter(({ kind }) => kind === 'voided');
    const known = { run, events, readAtMs: now.getTime() };
    runs.delete(runNumber);
    runs.set(runNumber, known);
    keepAtMost(runs, mostRuns);
    return known;
  };

  const runOf = (runNumber: number, now: Date): Promise<KnownRun | undefined> | KnownRun => {
    const known = runs.get(runNumber);
    const ageMs = known === undefined ? -1 : now.getTime() - known.readAtMs;
    if (known !== undefined && ageMs >= 0 && ageMs < freshMs) return known;
    const running = freshMs > 0 ? readings.get(runNumber) : undefined;
    if (running !== undefined) return running;
    const reading = readRun(runNumber, now).finally(() => readings.delete(runNumber));
    readings.set(runNumber, reading);
    return reading;
  };

  return {
    async find(code, now) {
      const place = placeOf(code);
      if (place === undefined) return undefined;
      const known = await runOf(place.run, now);
      if (known === undefined) return undefined;
      const { run, events } = known;
      if (place.unit >= (run.kind === 'lot' ? 1 : run.quantity)) return undefined;
      return { run, unit: place.unit, voiding: voidingOf(run, events, place.unit), readAtMs: known.readAtMs };
    },
  };
}
