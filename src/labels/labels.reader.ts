// The reading thread as functions: a page of labels in, what two decoders read out; a label in, its dots out.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../db/child-command.ts';
import type { PressSheet } from './labels.press.types.ts';
import type { Dots, FromReading, LabelPicture, ReadPage, ToReading } from './labels.reading.types.ts';

type Answer = Exclude<FromReading, { fault: string }>;
type Waiting = { resolve(answer: Answer): void; reject(error: Error): void };

let thread: Worker | undefined;
let turns = 0;
const waiting = new Map<number, Waiting>();

const failAll = (error: Error): void => {
  for (const one of waiting.values()) one.reject(error);
  waiting.clear();
  thread = undefined;
};

const openThread = (): Worker => {
  if (thread !== undefined) return thread;
  const here = fileURLToPath(import.meta.url);
  const opened = new Worker(threadEntry(path.join(path.dirname(here), `labels.reading.worker${path.extname(here)}`)));
  opened.unref();
  opened.on('message', (message: FromReading) => {
    const one = waiting.get(message.turn);
    waiting.delete(message.turn);
    if (waiting.size === 0) opened.unref();
    if ('fault' in message) one?.reject(new Error(`the reading thread failed: ${message.fault}`));
    else one?.resolve(message);
  });
  opened.on('error', (error) => failAll(error instanceof Error ? error : new Error(String(error))));
  thread = opened;
  return opened;
};

const ask = (task: ToReading['task']): Promise<Answer> => {
  const opened = openThread();
  opened.ref();
  turns += 1;
  const turn = turns;
  return new Promise((resolve, reject) => {
    waiting.set(turn, { resolve, reject });
    opened.postMessage({ turn, task } satisfies ToReading);
  });
};

/** Draws one page, prints it to pixels and reads every symbol by two decoders. Throws an Error when the thread fails. */
export async function readPage(sheet: PressSheet, own: readonly [string, string][], dpi: number): Promise<ReadPage> {
  const answer = await ask({ kind: 'read', sheet, own, dpi });
  if (!('read' in answer)) throw new Error('the reading thread answered another question');
  return answer.read;
}

/** The first label of a sheet in dots of one bit; without symbol and code where `own` is left out. Throws an Error when the thread fails. */
export async function drawPicture(
  sheet: PressSheet,
  dpi: number,
  own?: readonly [string, string],
): Promise<LabelPicture> {
  const answer = await ask({ kind: 'picture', sheet, own, dpi });
  if (!('picture' in answer)) throw new Error('the reading thread answered another question');
  return answer.picture;
}

/** The first page of a sheet in dots of one bit. Throws an Error when the thread fails. */
export async function drawFirstSheet(sheet: PressSheet, dpi: number, own: readonly [string, string][]): Promise<Dots> {
  const answer = await ask({ kind: 'page', sheet, own, dpi });
  if (!('page' in answer)) throw new Error('the reading thread answered another question');
  return answer.page;
}
