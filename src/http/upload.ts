// Pictures sent with a form. What was typed survives a picture that is too large: it is marked, and the form comes back.
import type { Request, RequestHandler, Response } from 'express';
import multer from 'multer';
import { requireActor } from './pages.ts';

const bytesPerPicture = 25 * 1024 * 1024;

/** Set in `res.locals.pictureTooLarge` when a picture was larger than 25 MB. */
const tooLarge = 'pictureTooLarge';

/**
 * Reads a form with pictures (`field`, at most `count` of 25 MB, in memory) of a signed-in person into `req.body` and `req.files`. Put the file field last in the
 * form: the texts before it are read even when a picture is refused.
 */
export function readPictures(field: string, count: number): RequestHandler {
  const upload = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: bytesPerPicture, files: count, fields: 100, fieldSize: 100_000 },
  }).array(field, count);
  return (req, res, next) => {
    requireActor(res);
    void upload(req, res, (error: unknown) => {
      const isTooLarge = error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE';
      res.locals[tooLarge] = isTooLarge;
      next(isTooLarge ? undefined : error);
    });
  };
}

export function isPictureTooLarge(res: Response): boolean {
  return res.locals[tooLarge] === true;
}

/** The bytes of the pictures that were sent; an empty file field is none. */
export function sentPictures(req: Request): Buffer[] {
  const files = Array.isArray(req.files) ? req.files : [];
  return files.map((file) => file.buffer).filter((bytes) => bytes.length > 0);
}
