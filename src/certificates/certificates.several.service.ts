// One paper for several products of a producer at once: what vouches for a place or a firm (VietGAP, food safety), never a star.
import type { Actor } from '../actor.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { storeDocument } from '../files/files.ts';
import { producerFor, scopeOf } from '../producers/producers.service.ts';
import { requireEnterable } from './certificates.decision.rules.ts';
import { requireSeveral } from './certificates.fields.rules.ts';
import type { SeveralCertificates } from './certificates.input.ts';
import { enteringFor, insertEntered } from './certificates.service.ts';
import type { Entering } from './certificates.service.ts';
import type { Certificate } from './certificates.types.ts';
import { requireMay } from '../powers.ts';

/**
 * Enters one paper for products of the producer, one record for each, all with the same document. Nothing is stored when one of the products
 * is another's ('product-not-found'); sent again after a crash it adds what is missing. For the producer's own people.
 */
export async function enterForSeveral(
  db: Db,
  actor: Actor,
  producerId: string,
  entered: SeveralCertificates,
  now: Date,
  document?: { bytes: Buffer; name: string },
): Promise<Certificate[]> {
  const { products, ...paper } = entered;
  requireMay(actor, 'enter-certificate', scopeOf(await producerFor(db, actor, producerId)), 'producer-not-found');
  requireSeveral(paper.type, products);
  const enterings: { entering: Entering; id: string }[] = [];
  for (const { product, id } of products) {
    const entering = await enteringFor(db, actor, product);
    if (entering.producer.id !== producerId) throw new AppError('product-not-found');
    requireEnterable({ ...paper, id }, entering.hands, dayOf(now));
    enterings.push({ entering, id });
  }
  const stored =
    document === undefined ? undefined : await storeDocument(db, producerId, document.bytes, now, document);
  const certificates: Certificate[] = [];
  for (const { entering, id } of enterings)
    certificates.push(await insertEntered(db, actor, entering, { ...paper, id }, stored?.id, now));
  return certificates;
}
