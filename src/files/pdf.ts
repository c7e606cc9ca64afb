// Papers in PDF without trusting them: every look at one happens in a thread with limits of time and memory, two at once at most.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { threadEntry } from '../db/child-command.ts';
import type { PdfLook } from './files.types.ts';
import type { PdfAnswer, PdfQuestion } from './pdf-worker.ts';
import { turns } from './turns.ts';

/** So many pages of a paper can be seen. */
export const mostPdfPages = 50;
/** A page is drawn so large, in pixels of its longer side: an A4 page at about 140 dots an inch. */
export const pdfPagePx = 1600;

export type PdfLimits = { milliseconds: number; memoryBytes: number };
const usualLimits: PdfLimits = { milliseconds: 20_000, memoryBytes: 384 * 1024 * 1024 };

const drawings = turns({ atOnce: 2, mostWaiting: 40, mostWaitingBytes: 128 * 1024 * 1024 });

const here = fileURLToPath(import.meta.url);
const script = path.join(path.dirname(here), `pdf-worker${path.extname(here)}`);

/** The answer, or undefined when there was none within the limits. */
const ask = (bytes: Buffer, page: number | undefined, limits: PdfLimits): Promise<PdfAnswer | undefined> => {
  // The thread gets a copy of its own, which it may do with as it likes.
  const copy = new Uint8Array(bytes);
  const workerData: PdfQuestion = { bytes: copy, page, longestPx: pdfPagePx, mostMemoryBytes: limits.memoryBytes };
  const worker = new Worker(threadEntry(script), {
    workerData,
    transferList: [copy.buffer],
    execArgv: [],
    env: {},
    // What the engine prints about a broken file is nobody's news.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 },
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => void worker.terminate(), limits.milliseconds);
    let answer: PdfAnswer | undefined;
    worker.on('message', (message: PdfAnswer) => (answer = message));
    // A trap of the engine or a full memory ends the thread: no answer, as when it takes too long.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
};

/** How a PDF opens and what it holds. Throws 'files-busy' when too many wait. */
export async function lookAtPdf(bytes: Buffer, limits = usualLimits): Promise<PdfLook> {
  const answer = await drawings.take(bytes.length, () => ask(bytes, undefined, limits));
  return answer !== undefined && 'look' in answer ? answer.look : { state: 'too-heavy', pageCount: 0, active: [] };
}

/** One page (from 1) as WebP, at most 1600 px a side; undefined when it can't be drawn within the limits. Throws 'files-busy'. */
export async function drawPdfPage(bytes: Buffer, page: number, limits = usualLimits): Promise<Buffer | undefined> {
  const answer = await drawings.take(bytes.length, () => ask(bytes, page, limits));
  if (answer === undefined || !('drawn' in answer) || answer.drawn === undefined) return undefined;
  const { widthPx, heightPx, pixels } = answer.drawn;
  return sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 4 } })
    .flatten({ background: '#ffffff' })
    .webp({ quality: 80, effort: 4 })
    .toBuffer();
}
