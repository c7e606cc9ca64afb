// A recognition as a list tells it: who makes which product, and what was decided on it when and by whom.
import type { Day } from '../days.ts';

/** What the list says happened. Only 'recognised' is a recognition; the others are kept as what they are and give no stars. */
export const listedStates = ['recognised', 'scored', 'removed', 'potential', 'in-scoring'] as const;
export type ListedAs = (typeof listedStates)[number];

export type ListedIssuer = 'province' | 'ministry' | 'other';

export const ownerKinds = ['cooperative', 'cooperative-group', 'company', 'farm', 'household', 'other'] as const;
export type OwnerKind = (typeof ownerKinds)[number];

/** A day, or as much of it as the list gives. */
export type ListedDate = { day: Day } | { part: string };

/** One row with everything understood. Keys are SHA-256 over the facts that make two rows speak of the same thing. */
export type Recognition = {
  owner: {
    key: string;
    name: string;
    kind: OwnerKind;
    provinceCode: string;
    /** Of today, as the list names it; '' when it does not. */
    commune: string;
    formerAddress: string;
  };
  product: { key: string; name: string; group: string };
  decision: {
    key: string;
    number: string;
    code: string;
    issuerLevel: ListedIssuer;
    issuerName: string;
    date: ListedDate | undefined;
    lastDayPrinted: Day | undefined;
    stars: number | undefined;
    listedAs: ListedAs;
  };
  source: { key: string; evidence: string; note: string };
};
