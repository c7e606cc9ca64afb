// How public answers may be kept.
import type { Response } from 'express';

/** May be kept, but is asked for again each time: what was recalled or revoked shows at once. The ETag comes from the bytes. */
export function setCaching(res: Response): void {
  res.set('Cache-Control', 'no-cache');
  res.vary('Accept, Accept-Language, Accept-Encoding, Cookie, Save-Data');
}
