// Files that are made while they are sent: a slow reader slows the making, a reader that leaves ends it.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Sends pieces as the body of the answer. A connection that breaks is no error; whatever else fails after the first piece cuts it. */
export async function sendPieces(
  res: Response,
  pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): Promise<void> {
  try {
    await pipeline(Readable.from(pieces, { objectMode: false }), res);
  } catch (error) {
    if (res.destroyed && (error as { code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    if (!res.headersSent) throw error;
    res.destroy();
    throw error;
  }
}
