// The second factor of a person as stored: an authenticator app and recovery codes.

/** What an authenticator app shares with us: sealed, and the last time step that was used, so that a code counts once. */
export type Totp = { sealed: string; lastStep: number; since: Date };

export type Factors = {
  userId: string;
  totp?: Totp;
  /** Shown to be scanned and not confirmed by a code yet. */
  pending?: { sealed: string; at: Date };
  /** SHA-256 of the recovery codes that are left. */
  recovery: readonly string[];
};
