// The addresses under which stored files are fetched.
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { contentDisposition } from '../files/file-name.ts';
import { partOf } from '../files/files.ts';
import type { OpenedPart } from '../files/files.ts';
import { actorOf } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { paths } from '../paths.ts';
import { fileFor } from './products.service.ts';

const variant = z.object({ file: recordId, variant: z.enum(['360.avif', '360.webp', '720.avif', '720.webp']) });

/** Sizes of pictures, and papers. What is not there and what is not the asker's look the same. */
export const addFileAddresses = (router: Router, deps: Deps): void => {
  router.get(paths.document(':file'), async (req, res) => {
    const read = readInput(recordId, req.params['file']);
    if (!read.ok) throw new AppError('file-not-found');
    const file = await fileFor(deps.db, actorOf(res), read.value);
    const part = partOf(deps.db, file, 'master');
    if (part === undefined) throw new AppError('file-not-found');
    const fallback = file.kind === 'picture' ? 'van-ban.webp' : 'van-ban.pdf';
    res.set('Content-Disposition', contentDisposition('inline', file.name, fallback));
    // A paper is content of others: it runs nothing here, whatever it holds.
    res.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    sendPart(req, res, part, file.isPublic);
  });

  router.get('/files/:file/:variant', async (req, res) => {
    const read = readInput(variant, { ...req.params });
    if (!read.ok) throw new AppError('file-not-found');
    const file = await fileFor(deps.db, actorOf(res), read.value.file);
    const part = partOf(deps.db, file, read.value.variant);
    if (part === undefined) throw new AppError('file-not-found');
    sendPart(req, res, part, file.isPublic);
  });
};

/** Bytes under an address never change, so a public copy may be kept for ever. */
const sendPart = (req: Request, res: Response, part: OpenedPart, isPublic: boolean): void => {
  res.set('Cache-Control', isPublic ? 'public, max-age=31536000, immutable' : 'private, no-store');
  res.set('ETag', part.etag);
  res.set('X-Content-Type-Options', 'nosniff');
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
