// The pages of a paper as pictures: drawn when somebody first looks at one, and kept beside the file.
import type { Db } from '../db/connect.ts';
import { openedPart } from './files.ts';
import type { OpenedPart } from './files.ts';
import { addPart, findFile, setPdfLook } from './files.store.ts';
import type { PdfLook, StoredFile, StoredPart } from './files.types.ts';
import { dropParts, readWholePart, writePart } from './grid.ts';
import { drawPdfPage, lookAtPdf, mostPdfPages } from './pdf.ts';

const masterOf = (file: StoredFile): StoredPart | undefined => file.parts.find(({ name }) => name === 'master');

/** How a paper in PDF opens; undefined for a picture, and for what is not there (any more). Looked at once, then kept. */
export async function pdfLookOf(db: Db, file: StoredFile): Promise<PdfLook | undefined> {
  if (file.kind !== 'document') return undefined;
  if (file.pdf !== undefined) return file.pdf;
  const master = masterOf(file);
  const bytes = master === undefined ? undefined : await readWholePart(db, master);
  if (bytes === undefined) return undefined;
  const look = await lookAtPdf(bytes);
  await setPdfLook(db, file.id, look);
  return look;
}

/** How many pages of a paper can be seen. */
export function shownPages(look: PdfLook): number {
  return Math.min(look.pageCount, mostPdfPages);
}

/** One page (from 1) of a paper as WebP, or undefined when there is no such file or page, or it can't be drawn. */
export async function openPage(db: Db, fileId: string, page: number): Promise<OpenedPart | undefined> {
  const file = await findFile(db, fileId);
  if (file === undefined) return undefined;
  const name = `page-${page}.webp`;
  const kept = file.parts.find((part) => part.name === name);
  if (kept !== undefined) return openedPart(db, kept);
  const look = await pdfLookOf(db, file);
  if (look?.state !== 'ok' || page < 1 || page > shownPages(look)) return undefined;
  return drawPage(db, file, page, name);
}

const drawPage = async (db: Db, file: StoredFile, page: number, name: string): Promise<OpenedPart | undefined> => {
  const master = masterOf(file);
  const bytes = master === undefined ? undefined : await readWholePart(db, master);
  const drawn = bytes === undefined ? undefined : await drawPdfPage(bytes, page);
  if (drawn === undefined) return undefined;
  const part = await writePart(db, name, 'image/webp', drawn);
  if (await addPart(db, file.id, part)) return openedPart(db, part);
  // Somebody drew it at the same moment, or the file has gone.
  await dropParts(db, [part]);
  const theirs = (await findFile(db, file.id))?.parts.find((one) => one.name === name);
  return theirs === undefined ? undefined : openedPart(db, theirs);
};
