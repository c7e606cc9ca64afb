// Sheets of a run as a stream, drawn in threads beside the server's own: a page is drawn when the reader has taken the one before it.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../db/child-command.ts';
import type { FromPress, PressSheet, ToPress } from './labels.press.types.ts';

/** Address and code of the labels at the places `from` to before `end` of the run. */
export type OwnOf = (from: number, end: number) => readonly [url: string, code: string][];

// Two at once keep a small machine's other core for its readers; more runs wait in line.
const mostPresses = 2;
const idle: Worker[] = [];
const waiting: ((press: Worker) => void)[] = [];
let presses = 0;
let drawing = 0;

const startPress = (): Worker => {
  const here = fileURLToPath(import.meta.url);
  const script = path.join(path.dirname(here), `labels.press.worker${path.extname(here)}`);
  const press = new Worker(threadEntry(script));
  presses += 1;
  press.unref();
  return press;
};

const takePress = (): Promise<Worker> => {
  const free = idle.pop() ?? (presses < mostPresses ? startPress() : undefined);
  return free === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(free);
};

const givePress = (press: Worker): void => {
  const next = waiting.shift();
  if (next === undefined) idle.push(press);
  else next(press);
};

/** A press that stopped in the middle of a sheet is not used again. */
const dropPress = (press: Worker): void => {
  presses -= 1;
  void press.terminate();
  const next = waiting.shift();
  if (next !== undefined) next(startPress());
};

/**
 * What comes from one press, taken piece by piece. Labels that it wants are sent at once while no more than one drawn page waits to be taken,
 * else when the reader has caught up.
 */
class Pieces {
  readonly #press: Worker;
  readonly #ownOf: OwnOf;
  readonly #queue: Exclude<FromPress, { kind: 'wants' }>[] = [];
  #wanted: { from: number; end: number } | undefined;
  #wake: () => void = () => undefined;

  constructor(press: Worker, ownOf: OwnOf) {
    this.#press = press;
    this.#ownOf = ownOf;
    press.on('message', this.#onMessage).on('error', this.#onError);
  }

  readonly #onMessage = (message: FromPress): void => {
    if (message.kind === 'wants') this.#wanted = message;
    else this.#queue.push(message);
    this.#answer();
    this.#wake();
  };

  readonly #onError = (error: unknown): void => {
    this.#onMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  };

  #answer(): void {
    if (this.#wanted === undefined || this.#queue.length > 1) return;
    const { from, end } = this.#wanted;
    this.#wanted = undefined;
    this.#press.postMessage({ kind: 'labels', from, own: this.#ownOf(from, end) } satisfies ToPress);
  }

  async next(): Promise<Exclude<FromPress, { kind: 'wants' }>> {
    for (;;) {
      const piece = this.#queue.shift();
      this.#answer();
      if (piece !== undefined) return piece;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  close(): void {
    this.#press.off('message', this.#onMessage).off('error', this.#onError);
  }
}

/** Sheets that are being drawn at this moment. */
export function sheetsInPress(): number {
  return drawing;
}

/**
 * The file of a sheet in pieces. At most two pages are drawn ahead of the reader; a reader that leaves ends the drawing. Throws an Error when
 * the thread fails.
 */
export async function* pressSheet(sheet: PressSheet, ownOf: OwnOf): AsyncGenerator<Uint8Array, void, undefined> {
  const press = await takePress();
  drawing += 1;
  press.ref();
  const pieces = new Pieces(press, ownOf);
  let isWhole = false;
  try {
    press.postMessage({ kind: 'sheet', sheet } satisfies ToPress);
    for (;;) {
      const piece = await pieces.next();
      if (piece.kind === 'failed') throw new Error(`the drawing thread failed: ${piece.message}`);
      if (piece.kind === 'end') break;
      yield piece.bytes;
    }
    isWhole = true;
  } finally {
    drawing -= 1;
    pieces.close();
    press.unref();
    if (isWhole) givePress(press);
    else dropPress(press);
  }
}
