// Files sent with a form, and raw bodies. What was typed survives a picture that is too large: it is marked, and the form comes back.
import type { Request, RequestHandler, Response } from 'express';
import multer from 'multer';
import { AppError } from '../errors.ts';
import { requireActor } from './pages.ts';

const bytesPerPicture = 25 * 1024 * 1024;

/** Set in `res.locals.pictureTooLarge` when a picture was larger than it may be. */
const tooLarge = 'pictureTooLarge';
const refused = 'filesRefused';

// A form that breaks off or is not written as RFC 7578 has it is the sender's fault; multer and busboy give a plain Error for some of it.
const formFault = (error: unknown): unknown =>
  error instanceof multer.MulterError ? error : new AppError('unreadable-body', {}, { cause: error });

/**
 * Reads a form with pictures (`field`, at most `count` of 25 MB, in memory) of a signed-in person into `req.body` and `req.files`. Put the file field last in the
 * form: the texts before it are read even when a picture is refused.
 */
export function readPictures(field: string, count: number): RequestHandler {
  const read = pictureReader(field, count, bytesPerPicture);
  return (req, res, next) => {
    requireActor(res);
    read(req, res, next);
  };
}

/**
 * The same for one picture of somebody who is not signed in, of at most `megabytes`. Ask first whether the sender has a turn left: after
 * `refuseFiles` the texts are read and the picture is let go as it comes.
 */
export function readStrangersPicture(field: string, megabytes: number): RequestHandler {
  return pictureReader(field, 1, megabytes * 1024 * 1024);
}

export function refuseFiles(res: Response): void {
  res.locals[refused] = true;
}

const pictureReader = (field: string, count: number, fileSize: number): RequestHandler => {
  const upload = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize, files: count, fields: 100, fieldSize: 100_000, parts: 120, headerPairs: 50 },
    // RFC 7578, 5.1.3, and every browser: names are in UTF-8, also without saying so.
    defParamCharset: 'utf8',
    // The name is cleaned where it is kept; a file whose name cleans to nothing would be dropped here without a word.
    preservePath: true,
    fileFilter: (req, _file, take) => take(null, req.res?.locals[refused] !== true),
  }).array(field, count);
  return (req, res, next) => {
    void upload(req, res, (error: unknown) => {
      const isTooLarge = error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE';
      res.locals[tooLarge] = isTooLarge;
      next(isTooLarge || error === undefined || error === null ? undefined : formFault(error));
    });
  };
};

export function isPictureTooLarge(res: Response): boolean {
  return res.locals[tooLarge] === true;
}

/** A file of a form: its bytes, and its name as the person's machine has it ('' without one), not cleaned. */
export type SentFile = { bytes: Buffer; name: string };

/** The files that were sent; an empty file field is none. */
export function sentFiles(req: Request): SentFile[] {
  const files = Array.isArray(req.files) ? req.files : [];
  return files.map((file) => ({ bytes: file.buffer, name: file.originalname })).filter(({ bytes }) => bytes.length > 0);
}

/** The bytes of the pictures that were sent; an empty file field is none. */
export function sentPictures(req: Request): Buffer[] {
  return sentFiles(req).map(({ bytes }) => bytes);
}

/** A raw body: all of it, or what came before the connection broke. */
export type SentBytes = { bytes: Buffer; isWhole: boolean };

/** Reads a raw body of at most `limitBytes`. Throws 'too-large', and 'unsupported-type' for one that is compressed on the way. */
export async function readSent(req: Request, limitBytes: number): Promise<SentBytes> {
  if (!/^(identity)?$/i.test(req.get('content-encoding') ?? '')) throw new AppError('unsupported-type');
  const chunks: Buffer[] = [];
  let length = Number(req.get('content-length') ?? 0) > limitBytes ? Infinity : 0;
  const isWhole = await new Promise<boolean>((resolve) => {
    if (req.destroyed) resolve(req.readableEnded);
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      // The rest of what is too long is read and forgotten, so that the answer reaches a sender who is still sending.
      if (length > limitBytes) chunks.length = 0;
      else chunks.push(chunk);
    });
    req.on('end', () => resolve(true));
    req.on('error', () => resolve(false));
    req.on('close', () => resolve(false));
  });
  if (length > limitBytes) throw new AppError('too-large', { limit: `${Math.round(limitBytes / 1024 / 1024)} MB` });
  return { bytes: Buffer.concat(chunks), isWhole };
}
