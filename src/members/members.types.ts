// People who record for a producer on a phone that joined by a code.

export type Member = {
  /** Also the person's id. */
  id: string;
  producerId: string;
  /** Digits; '' when none. For the owner to call; nobody signs in with it. */
  phone: string;
  /** Which words on personal data the owner read to the person. */
  consentVersion: string;
  addedBy: string;
  addedAt: Date;
  revokedAt: Date | undefined;
};

/** A code that lets one phone in, once; stored under a name that does not tell it. */
export type JoinCode = {
  hash: string;
  memberId: string;
  /** Whether the phones that joined before are out when this one joins. */
  endsOthers: boolean;
  madeBy: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | undefined;
};

export type Device = { id: string; name: string; joinedAt: Date; lastUsedAt: Date };

export type MemberFacts = { member: Member; name: string; devices: Device[] };

export type MadeCode = { code: string; expiresAt: Date; memberName: string };
