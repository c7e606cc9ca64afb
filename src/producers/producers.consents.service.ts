// What the people behind a producer agree to: said by its owner, or entered by the officer who has it on paper.
import type { Actor } from '../actor.ts';
import { consentToKeep } from '../consents.ts';
import type { Consent } from '../consents.types.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import type { NewProducerConsent } from './producers.input.ts';
import { pushConsent } from './producers.model.ts';
import { requireMay } from '../powers.ts';
import { askedItems, scopeOf } from './producers.rules.ts';
import { producerFor, requireProducer } from './producers.service.ts';
import type { Producer } from './producers.types.ts';

/**
 * Agrees to an item or takes it back, for the producer's own people and its officers. The same again is the same. One write keeps the consent
 * and raises the producer's version, which is part of the stamp of every page that shows the producer: what was taken back is off them when
 * they are next compared. Throws 'producer-not-found', 'not-allowed', 'consent-text-changed', 'id-with-other-content', and 'fields-wrong' at an item that is
 * not asked of this kind of producer.
 */
export async function sayConsent(
  db: Db,
  actor: Actor,
  producerId: string,
  sent: NewProducerConsent,
  now: Date,
): Promise<Producer> {
  const producer = await producerFor(db, actor, producerId);
  requireMay(actor, 'say-consents', scopeOf(producer), 'producer-not-found');
  if (!askedItems(producer).includes(sent.item))
    throw new AppError('fields-wrong', {}, { fields: { item: { code: 'choice' } } });
  const consent = consentToKeep(producer.consents, sent, actor.userId, now);
  if (consent === undefined || (await pushConsent(db, producerId, consent)))
    return consent === undefined ? producer : requireProducer(db, producerId);
  return afterTwoAtOnce(await requireProducer(db, producerId), sent, consent);
}

// The same sending twice at once: the other one was first, and it must have said the same.
const afterTwoAtOnce = (stored: Producer, sent: NewProducerConsent, { byUserId, at }: Consent): Producer => {
  consentToKeep(stored.consents, sent, byUserId, at);
  return stored;
};
