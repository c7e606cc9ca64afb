// What people agree to, and what may be shown because of it. Pure. Nothing of a person is public until that person said so: the law on personal
// data (Law 91/2025/QH15) is not at hand, so the list below is the house's own reading, marked unconfirmed, and leaves nothing to silence.
import { AppError } from './errors.ts';

/** What a household (a natural person that produces) is asked: what anybody may read, and what its labels print. */
export const householdItems = ['public-name', 'public-phone', 'public-place', 'public-photos', 'label-name'] as const;

/** What anybody is asked about the person who speaks for an organisation, whatever its kind. */
export const representativeItems = ['public-representative'] as const;

/** What a person who signs in is asked about oneself. */
export const personItems = ['public-recorder-name'] as const;

export const producerItems = [...householdItems, ...representativeItems] as const;
export const consentItems = [...producerItems, ...personItems] as const;
export type ConsentItem = (typeof consentItems)[number];
export type ProducerItem = (typeof producerItems)[number];
export type PersonItem = (typeof personItems)[number];

/** The day of the wording that is asked today (i18n `consents.items`); a changed wording is a new day, and old consents keep theirs. */
export const consentTextVersion = '2026-11-25';

/** One thing said about one item: agreed, or taken back. Append-only; the latest one stands. */
export type Consent = {
  id: string;
  item: ConsentItem;
  given: boolean;
  /** Which wording the person saw. */
  textVersion: string;
  /** Who entered it: the person, or an officer who has it on paper. */
  byUserId: string;
  at: Date;
};

/** What is sent to agree or to take back. */
export type SentConsent = { id: string; item: ConsentItem; given: boolean; textVersion: string };

/** Where an item stands: the latest thing said about it, or undefined while nobody was asked. */
export function standingConsent(consents: readonly Consent[], item: ConsentItem): Consent | undefined {
  return consents.findLast((consent) => consent.item === item);
}

/** Whether what the item names may be shown: only while the latest word on it is a yes. The one place that decides it. */
export function mayShow(consents: readonly Consent[], item: ConsentItem): boolean {
  return standingConsent(consents, item)?.given === true;
}

/** The items that are agreed to. */
export function agreedItems(consents: readonly Consent[]): ConsentItem[] {
  return consentItems.filter((item) => mayShow(consents, item));
}

/**
 * The consent as it is kept, or undefined when it was kept before under this id. Throws 'id-with-other-content', and 'consent-text-changed' for
 * a yes to another wording than today's. Taking back needs no wording.
 */
export function consentToKeep(
  consents: readonly Consent[],
  sent: SentConsent,
  byUserId: string,
  now: Date,
): Consent | undefined {
  const earlier = consents.find(({ id }) => id === sent.id);
  if (earlier !== undefined) {
    if (earlier.item === sent.item && earlier.given === sent.given) return undefined;
    throw new AppError('id-with-other-content', { existing: earlier, sent });
  }
  if (sent.given && sent.textVersion !== consentTextVersion)
    throw new AppError('consent-text-changed', { textVersion: consentTextVersion });
  return { ...sent, byUserId, at: now };
}
