// The thread that reads printed pages back, one at a time.
import { parentPort } from 'node:worker_threads';
import type { PressSheet } from './labels.press.types.ts';
import { drawInDots, pageInDots, readBack } from './labels.reading.ts';
import type { FromReading, ToReading } from './labels.reading.types.ts';
import type { LabelSheet } from './labels.sheet.types.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread');

const sheetWith = ({ count: _count, shared, ...rest }: PressSheet, own: readonly [string, string][]): LabelSheet => ({
  ...rest,
  labels: own.map(([url, code]) => ({ ...shared, url, code })),
});

// Stands for the code of a label that is drawn without its own.
const noOwn: [string, string] = ['', '0'.repeat(12)];

const answer = async ({ turn, task }: ToReading): Promise<FromReading> => {
  try {
    if (task.kind === 'read') return { turn, read: await readBack(sheetWith(task.sheet, task.own), task.dpi) };
    if (task.kind === 'page') return { turn, page: await pageInDots(sheetWith(task.sheet, [...task.own]), task.dpi) };
    const sheet = sheetWith(task.sheet, [task.own === undefined ? noOwn : [...task.own]]);
    return { turn, picture: await drawInDots(sheet, task.own === undefined, task.dpi) };
  } catch (error) {
    return { turn, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

let last = Promise.resolve();
port.on('message', (message: ToReading) => {
  last = last.then(async () => port.postMessage(await answer(message)));
});
