// Opens one PDF and answers one question, in a thread of its own that is ended when it takes too long. Its engine runs no script of the file
// and starts nothing.
import { parentPort, workerData } from 'node:worker_threads';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { PDFiumDocument } from '@hyzyla/pdfium';
import type { PdfLook } from './files.types.ts';
import { activePartsOf } from './pdf-active.ts';

/** `page` from 1; without it the file is only looked at. */
export type PdfQuestion = { bytes: Uint8Array; page: number | undefined; longestPx: number; mostMemoryBytes: number };
/** Four bytes a pixel: red, green, blue, alpha. */
export type PdfPixels = { widthPx: number; heightPx: number; pixels: Uint8Array };
export type PdfAnswer = { look: PdfLook } | { drawn: PdfPixels | undefined };

// The engine asks for more memory by this one call; a refusal is to it what a full machine is.
let wasRefused = false;
type Memory = { readonly buffer: ArrayBuffer; grow: (this: Memory, pages: number) => number };
const holdMemory = (mostBytes: number): void => {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { Memory: { prototype: Memory } } };
  const memory = WebAssembly.Memory.prototype;
  const { grow } = memory;
  memory.grow = function limited(pages) {
    if (this.buffer.byteLength + pages * 65_536 > mostBytes) {
      wasRefused = true;
      throw new RangeError('over the limit of memory');
    }
    return grow.call(this, pages);
  };
};

const nothing = (state: PdfLook['state']): PdfLook => ({ state, pageCount: 0, active: [] });

const stateOf = (error: unknown): PdfLook['state'] =>
  wasRefused
    ? 'too-heavy'
    : error instanceof Error && /password|security/i.test(error.message)
      ? 'encrypted'
      : 'broken';

const look = (document: PDFiumDocument): PdfLook => {
  const pageCount = document.getPageCount();
  return pageCount === 0 ? nothing('empty') : { ...nothing('ok'), pageCount };
};

const draw = async (document: PDFiumDocument, { page = 1, longestPx }: PdfQuestion): Promise<PdfPixels | undefined> => {
  if (page > document.getPageCount()) return undefined;
  const opened = document.getPage(page - 1);
  const { originalWidth, originalHeight } = opened.getOriginalSize();
  if (!(originalWidth > 0) || !(originalHeight > 0)) return undefined;
  // A page of one point by fourteen thousand still has a pixel of width.
  const scale = longestPx / Math.max(originalWidth, originalHeight);
  const size = {
    width: Math.max(1, Math.round(originalWidth * scale)),
    height: Math.max(1, Math.round(originalHeight * scale)),
  };
  // Signatures and stamps are form fields: they are drawn as well.
  const drawn = await opened.render({ ...size, scale: 1, render: 'bitmap', renderFormFields: true });
  return { widthPx: drawn.width, heightPx: drawn.height, pixels: drawn.data };
};

const answer = async (question: PdfQuestion): Promise<PdfAnswer> => {
  holdMemory(question.mostMemoryBytes);
  const library = await PDFiumLibrary.init();
  const active = question.page === undefined ? activePartsOf(Buffer.from(question.bytes.buffer)) : [];
  let document: PDFiumDocument;
  try {
    document = await library.loadDocument(question.bytes);
  } catch (error) {
    return question.page === undefined ? { look: { ...nothing(stateOf(error)), active } } : { drawn: undefined };
  }
  if (question.page === undefined) return { look: { ...look(document), active } };
  return { drawn: await draw(document, question) };
};

const question = workerData as PdfQuestion;
parentPort?.postMessage(await answer(question));
