// From a GS1 Digital Link to the code whose page says the same: the lot's, or the unit's where the link carries its serial.
import { labelledLot } from '../batches/batches.service.ts';
import type { DigitalLink } from '../codes/digital-link.ts';
import { readCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import type { Db } from '../db/connect.ts';
import { lotCodeOf } from '../labels/labels.service.ts';
import { productByGtin } from '../products/products.service.ts';
import { findTrace } from './trace.service.ts';

/**
 * The code that a Digital Link stands for; undefined for an unknown product, lot or serial. A serial counts only with the lot it was printed
 * with: an invented lot never opens a genuine page.
 */
export async function codeOfLink(db: Db, codeKey: CodeKey, link: DigitalLink, now: Date): Promise<string | undefined> {
  const { gtin14, lot, serial } = link;
  const product = lot === undefined ? undefined : await productByGtin(db, gtin14);
  if (product === undefined || lot === undefined) return undefined;
  const batch = await labelledLot(db, product, lot);
  if (batch === undefined) return undefined;
  if (serial === undefined) return lotCodeOf(db, codeKey, batch);
  const read = readCode(serial);
  if (!read.ok || read.code !== serial) return undefined;
  const facts = await findTrace(db, codeKey, read.code, now);
  return facts?.batch.id === batch.id ? read.code : undefined;
}
