// What a GS1 Digital Link names in this register: a product, a lot of it, or one unit of a lot.
import { labelledLot } from '../batches/batches.service.ts';
import type { DigitalLink } from '../codes/digital-link.ts';
import { readCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import type { Db } from '../db/connect.ts';
import { lotCodeOf } from '../labels/labels.service.ts';
import { productByGtin, slugOf } from '../products/products.service.ts';
import { publicFactsOf } from '../trace/trace.product.service.ts';
import { findTrace } from '../trace/trace.service.ts';
import type { FoundLink } from './links.types.ts';

/**
 * Looks a link up. A serial counts only with the lot it was printed with, and a lot only of a product whose page is public: an invented lot
 * never opens a genuine page.
 */
export async function findLink(db: Db, codeKey: CodeKey, link: DigitalLink, now: Date): Promise<FoundLink> {
  const { gtin14, lot, serial } = link;
  const product = await productByGtin(db, gtin14);
  const facts = product === undefined ? undefined : await publicFactsOf(db, product, now);
  if (product === undefined || facts === undefined) return { unknown: 'product' };
  const slug = slugOf(product);
  if (lot === undefined)
    return serial === undefined ? { found: { link, facts, slug, code: undefined } } : { unknown: 'serial' };
  const batch = await labelledLot(db, product, lot);
  if (batch === undefined) return { unknown: 'lot' };
  if (serial === undefined) {
    const code = await lotCodeOf(db, codeKey, batch);
    return code === undefined ? { unknown: 'lot' } : { found: { link, facts, slug, code } };
  }
  const read = readCode(serial);
  const trace = read.ok && read.code === serial ? await findTrace(db, codeKey, read.code, now) : undefined;
  return trace?.batch.id === batch.id ? { found: { link, facts, slug, code: trace.code } } : { unknown: 'serial' };
}
