// What people can be asked to agree to, and what was said about it.

/** What a household (a natural person that produces) is asked: what anybody may read, and what its labels print. */
export const householdItems = ['public-name', 'public-phone', 'public-place', 'public-photos', 'label-name'] as const;

/** What anybody is asked about the person who speaks for an organisation, whatever its kind. */
export const representativeItems = ['public-representative'] as const;

export const producerItems = [...householdItems, ...representativeItems] as const;
export const consentItems = producerItems;
export type ConsentItem = (typeof consentItems)[number];
export type ProducerItem = (typeof producerItems)[number];

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
