// The pages of a paper as pictures: drawn when somebody first looks at one, and kept beside the file.
import type { Db } from '../db/connect.ts';
import { openedPart, partOf } from './files.ts';
import type { OpenedPart } from './files.ts';
import { addPart, findFile, setPdfLook } from './files.store.ts';
import type { PdfLook, StoredFile, StoredPart } from './files.types.ts';
import { dropParts, readWholePart, writePart } from './grid.ts';
import { drawPdfPage, lookAtPdf, mostPdfPages } from './pdf.ts';

const masterOf = (file: StoredFile): StoredPart | undefined => file.parts.find(({ name }) => name === 'master');

// What could not be drawn within the limits is not tried again for a while; what a busy machine caused passes.
const retryMs = 600_000;
const mostRemembered = 1000;
const failed = new Map<string, number>();

const hasFailed = (key: string): boolean => (failed.get(key) ?? 0) > Date.now();

const noteFailure = (key: string): void => {
  failed.set(key, Date.now() + retryMs);
  const [oldest] = failed.keys();
  if (failed.size > mostRemembered && oldest !== undefined) failed.delete(oldest);
};

/** How a paper in PDF opens; undefined for a picture, and for what is not there (any more). Looked at once, then kept. */
export async function pdfLookOf(db: Db, file: StoredFile): Promise<PdfLook | undefined> {
  if (file.kind !== 'document') return undefined;
  if (file.pdf !== undefined) return file.pdf;
  const tooHeavy: PdfLook = { state: 'too-heavy', pageCount: 0, active: [] };
  if (hasFailed(file.id)) return tooHeavy;
  const master = masterOf(file);
  const bytes = master === undefined ? undefined : await readWholePart(db, master);
  if (bytes === undefined) return undefined;
  const look = await lookAtPdf(bytes);
  if (look.state === 'too-heavy') noteFailure(file.id);
  else await setPdfLook(db, file.id, look);
  return look;
}

/** How many pages of a paper can be seen. */
export function shownPages(look: PdfLook): number {
  return Math.min(look.pageCount, mostPdfPages);
}

/** One page (from 1) of a paper as WebP, a picture as its only page; undefined when there is none, or it can't be drawn. */
export async function openPage(db: Db, fileId: string, page: number): Promise<OpenedPart | undefined> {
  const file = await findFile(db, fileId);
  if (file === undefined) return undefined;
  if (file.kind === 'picture') return page === 1 ? partOf(db, file, 'master') : undefined;
  const name = `page-${page}.webp`;
  const kept = partOf(db, file, name);
  if (kept !== undefined) return kept;
  const look = await pdfLookOf(db, file);
  if (look?.state !== 'ok' || page < 1 || page > shownPages(look) || hasFailed(`${fileId}/${page}`)) return undefined;
  return drawPage(db, file, page, name);
}

const drawPage = async (db: Db, file: StoredFile, page: number, name: string): Promise<OpenedPart | undefined> => {
  const master = masterOf(file);
  const bytes = master === undefined ? undefined : await readWholePart(db, master);
  const drawn = bytes === undefined ? undefined : await drawPdfPage(bytes, page);
  if (drawn === undefined) {
    noteFailure(`${file.id}/${page}`);
    return undefined;
  }
  const part = await writePart(db, name, 'image/webp', drawn);
  if (await addPart(db, file.id, part)) return openedPart(db, part);
  // Somebody drew it at the same moment, or the file has gone.
  await dropParts(db, [part]);
  const now = await findFile(db, file.id);
  return now === undefined ? undefined : partOf(db, now, name);
};
