// What a producer is asked to agree to, as a page and as JSON: the wording, where it stands since when, and all that was said.
import { z } from 'zod';
import { consentTextVersion, standingConsent } from '../consents.ts';
import { producerItems } from '../consents.types.ts';
import type { Consent, ConsentItem } from '../consents.types.ts';
import { dayOf } from '../days.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { askedItems } from './producers.rules.ts';
import type { Producer } from './producers.types.ts';

const consentShape = z.object({
  id: z.string(),
  item: z.enum(producerItems),
  given: z.boolean(),
  textVersion: z.string(),
  byUserId: z.string(),
  at: z.iso.datetime(),
});

export const consentsAnswer = z.object({
  /** The wording that is asked today. */
  textVersion: z.string(),
  items: z.array(z.object({ item: z.enum(producerItems), agreed: z.boolean(), since: z.string().nullable() })),
  /** Newest first. */
  history: z.array(consentShape),
});

/** What is asked of this producer, where each item stands, and all that was said. */
export function consentsJson(producer: Producer): z.output<typeof consentsAnswer> {
  const { consents } = producer;
  return {
    textVersion: consentTextVersion,
    items: askedItems(producer).map((item) => {
      const standing = standingConsent(consents, item);
      return { item, agreed: standing?.given === true, since: standing?.at.toISOString() ?? null };
    }),
    history: [...consents].reverse().map((one) => ({ ...one, item: one.item, at: one.at.toISOString() })),
  };
}

/** Where an item stands, in one sentence. `isOwn`: said by whoever looks. */
export function standingWords(language: Language, consent: Consent | undefined): string {
  if (consent === undefined) return t(language, 'consents.never');
  return t(language, consent.given ? 'consents.agreed' : 'consents.takenBack', {
    day: formatDay(language, dayOf(consent.at)),
  });
}

/** One item as views/producers/_consent.hbs shows it. */
export function consentCard(language: Language, consents: readonly Consent[], item: ConsentItem, newId: () => string) {
  const standing = standingConsent(consents, item);
  const isAgreed = standing?.given === true;
  return {
    item,
    id: newId(),
    textVersion: consentTextVersion,
    title: t(language, `consents.items.${item}.title`),
    text: t(language, `consents.items.${item}.text`),
    standing: standingWords(language, standing),
    isAgreed,
    send: isAgreed ? 'false' : 'true',
    button: t(language, isAgreed ? 'consents.takeBack' : 'consents.agree'),
    buttonName: t(language, isAgreed ? 'consents.takeBackOf' : 'consents.agreeTo', {
      item: t(language, `consents.items.${item}.title`),
    }),
  };
}

/** Data of views/producers/consents.hbs, but for its addresses. */
export function consentsPage(language: Language, producer: Producer, newId: () => string) {
  return {
    legalName: producer.legalName,
    lead: t(language, producer.kind === 'household' ? 'consents.leadHousehold' : 'consents.leadOrganisation'),
    cards: askedItems(producer).map((item) => consentCard(language, producer.consents, item, newId)),
    history: [...producer.consents].reverse().map((one) => ({
      day: formatDay(language, dayOf(one.at)),
      words: t(language, one.given ? 'consents.historyAgreed' : 'consents.historyTakenBack', {
        item: t(language, `consents.items.${one.item}.title`),
        version: one.textVersion === '' ? '' : formatDay(language, one.textVersion),
      }),
    })),
  };
}
