// What people agree to, and what may be shown because of it. Pure. Nothing of a person is public until that person said so: the law on personal
// data (Law 91/2025/QH15) is not at hand, so the list below is the house's own reading, marked unconfirmed, and leaves nothing to silence.
import { consentItems } from './consents.types.ts';
import type { Consent, ConsentItem, SentConsent } from './consents.types.ts';
import { AppError } from './errors.ts';

/** The day of the wording that is asked today (i18n `consents.items`); a changed wording is a new day, and old consents keep theirs. */
export const consentTextVersion = '2026-11-25';

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
