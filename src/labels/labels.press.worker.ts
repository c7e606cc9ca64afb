// The thread that draws sheets, so that no reader of a page waits for a printer's thousand labels. One sheet at a time: the codes of a page come
// in, the page goes out.
import { parentPort } from 'node:worker_threads';
import { sheetChunks } from './labels.sheet.ts';
import type { LabelSheet, LabelSource, SheetLabel } from './labels.sheet.types.ts';
import type { FromPress, PressSheet, ToPress } from './labels.press.types.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread');

/** Labels that share all words; symbols and codes are asked for page by page. */
class ArrivingLabels implements LabelSource {
  readonly length: number;
  readonly #shared: PressSheet['shared'];
  #from = 0;
  #own: readonly [string, string][] = [];
  #wake: () => void = () => undefined;

  constructor({ count, shared }: PressSheet) {
    this.length = count;
    this.#shared = shared;
  }

  arrive(from: number, own: readonly [string, string][]): void {
    [this.#from, this.#own] = [from, own];
    this.#wake();
  }

  async ready(from: number, end: number): Promise<void> {
    const arrived = new Promise<void>((resolve) => (this.#wake = resolve));
    send({ kind: 'wants', from, end });
    await arrived;
  }

  at(place: number): SheetLabel | undefined {
    const own = this.#own[place - this.#from];
    return own === undefined ? undefined : { ...this.#shared, url: own[0], code: own[1] };
  }
}

const send = (message: FromPress, transfer: ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};

let labels: ArrivingLabels | undefined;

const draw = async (job: PressSheet): Promise<void> => {
  labels = new ArrivingLabels(job);
  const { count: _count, shared: _shared, ...sheet } = job;
  const whole: LabelSheet = { ...sheet, labels, lot: job.shared.lotNumber };
  try {
    for await (const chunk of sheetChunks(whole)) {
      const bytes = new Uint8Array(chunk);
      send({ kind: 'chunk', bytes }, [bytes.buffer]);
    }
    send({ kind: 'end' });
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};

port.on('message', (message: ToPress) => {
  if (message.kind === 'sheet') void draw(message.sheet);
  else labels?.arrive(message.from, message.own);
});
