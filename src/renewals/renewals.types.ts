// The renewal of an official's second factor: a request, and who confirmed it.

/** Somebody's second factor is to be taken away, so that they take a new one in. */
export type Renewal = { id: string; userId: string; askedById: string; at: Date; expiresAt: Date };

/** One official's word that the request is really that person's. */
export type Confirmation = { renewalId: string; byId: string; at: Date };

/** 'open' until two have confirmed; 'over' when they did not within a day. */
export type RenewalState = 'open' | 'done' | 'over';

/** A request as whoever may confirm it sees it. `confirmedBy` are shown names. */
export type RenewalFacts = {
  renewal: Renewal;
  name: string;
  roles: readonly { kind: string }[];
  askedBy: string;
  confirmedBy: readonly string[];
  isConfirmedByMe: boolean;
};
