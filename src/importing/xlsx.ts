// A workbook (XLSX) -> the rows of its first sheet, as text.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../db/child-command.ts';
import type { SheetRead } from './sheet.types.ts';

const here = fileURLToPath(import.meta.url);
const script = path.join(path.dirname(here), `xlsx-worker${path.extname(here)}`);
const usualMilliseconds = 60_000;

/** Dates become YYYY-MM-DD, numbers plain digits, formulas their values. A workbook beyond the limits of time or memory is a fault. */
export function readXlsx(bytes: Buffer, milliseconds = usualMilliseconds): Promise<SheetRead> {
  const copy = new Uint8Array(bytes);
  const worker = new Worker(threadEntry(script), {
    workerData: copy,
    transferList: [copy.buffer],
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 },
  });
  return new Promise((resolve) => {
    let answer: SheetRead = { fault: { column: '', code: 'file-too-heavy', facts: { maximum: 100 } } };
    const timer = setTimeout(() => void worker.terminate(), milliseconds);
    worker.on('message', (message: SheetRead) => (answer = message));
    // A full memory ends the thread: no answer, as when it takes too long.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}
