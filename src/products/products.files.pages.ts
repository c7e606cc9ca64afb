// The addresses under which stored files are looked at and fetched. What is not there and what is not the asker's look the same.
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { dayOf } from '../days.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { contentDisposition } from '../files/file-name.ts';
import { openPage, pdfLookOf, shownPages } from '../files/file-pages.ts';
import { partOf } from '../files/files.ts';
import type { OpenedPart } from '../files/files.ts';
import type { StoredFile } from '../files/files.types.ts';
import { languageOf } from '../http/language.ts';
import { actorOf, sendPage } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { paths } from '../paths.ts';
import { erasedPicture, filePage, fileTitle } from './products.files.view.ts';
import { fileFor } from './products.service.ts';

const variant = z.object({ file: recordId, variant: z.enum(['360.avif', '360.webp', '720.avif', '720.webp']) });
const pageNumber = z
  .string()
  .regex(/^[1-9]\d{0,3}$/)
  .transform(Number);
const onePage = z.object({ file: recordId, page: pageNumber });
const viewed = z.object({ file: recordId, page: pageNumber.default(1) });

// A file is content of others: under its own address it runs nothing and loads nothing, whatever it holds.
const fileCsp = "sandbox; default-src 'none'";

const read = <S extends z.ZodType>(schema: S, raw: unknown): z.output<S> => {
  const input = readInput(schema, raw);
  if (!input.ok) throw new AppError('file-not-found');
  return input.value;
};

const requireThere = (file: StoredFile): StoredFile => {
  if (file.erasedAt !== undefined) throw new AppError('file-erased', { erasedOn: dayOf(file.erasedAt) });
  return file;
};

/** Sizes of pictures, pages of papers, and originals to keep. */
export const addFileAddresses = (router: Router, deps: Deps): void => {
  const fileOf = (res: Response, id: string): Promise<StoredFile> => fileFor(deps.db, actorOf(res), id);

  router.get(paths.file(':file'), async (req, res) => {
    const { file: id, page } = read(viewed, { ...req.params, page: req.query['page'] });
    const file = requireThere(await fileOf(res, id));
    const look = await pdfLookOf(deps.db, file);
    const pageCount = look === undefined ? 1 : shownPages(look);
    if (page > Math.max(1, pageCount)) throw new AppError('file-not-found');
    const isDrawn = pageCount > 0 && (await openPage(deps.db, id, page)) !== undefined;
    const language = languageOf(res);
    if (!file.isPublic) res.set('Cache-Control', 'private, no-store');
    const view = filePage(language, { file, look, page, pageCount, isDrawn });
    sendPage(req, res, 'files/file', view, { title: fileTitle(language, file), layout: 'public' });
  });

  router.get(paths.document(':file'), async (req, res) => {
    const file = requireThere(await fileOf(res, read(recordId, req.params['file'])));
    const fallback = file.kind === 'picture' ? 'anh.webp' : 'van-ban.pdf';
    res.set('Content-Disposition', contentDisposition('attachment', originalName(file), fallback));
    sendPart(req, res, partOf(deps.db, file, 'master'), file.isPublic);
  });

  router.get(paths.filePage(':file', ':page'), async (req, res) => {
    const { file: id, page } = read(onePage, { ...req.params });
    const file = await fileOf(res, id);
    if (file.erasedAt !== undefined) sendErased(res, file.erasedAt);
    else sendPart(req, res, await openPage(deps.db, id, page), file.isPublic);
  });

  router.get('/files/:file/:variant', async (req, res) => {
    const asked = read(variant, { ...req.params });
    const file = await fileOf(res, asked.file);
    if (file.erasedAt !== undefined) sendErased(res, file.erasedAt);
    else sendPart(req, res, partOf(deps.db, file, asked.variant), file.isPublic);
  });
};

/** A picture is kept as WebP, whatever it came as, and its name says so. */
const originalName = ({ name, kind }: StoredFile): string =>
  kind === 'picture' && name !== '' ? `${name.replace(/\.[a-z0-9]{1,5}$/i, '')}.webp` : name;

/** Browsers show the body of an answer as the picture, also of this one. */
const sendErased = (res: Response, at: Date): void => {
  res.set({ 'Cache-Control': 'no-cache', 'Content-Security-Policy': fileCsp }).status(410);
  res.type('image/svg+xml').send(erasedPicture(languageOf(res), dayOf(at)));
};

/** Bytes under an address never change, so a public copy may be kept for ever. */
const sendPart = (req: Request, res: Response, part: OpenedPart | undefined, isPublic: boolean): void => {
  if (part === undefined) throw new AppError('file-not-found');
  res.set('Cache-Control', isPublic ? 'public, max-age=31536000, immutable' : 'private, no-store');
  res.set({ ETag: part.etag, 'Content-Security-Policy': fileCsp, 'X-Content-Type-Options': 'nosniff' });
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  res.type(part.mediaType).set('Content-Length', String(part.bytes));
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  part
    .open()
    .on('error', (error) => res.destroy(error))
    .pipe(res);
};
