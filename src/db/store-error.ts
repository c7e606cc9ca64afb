// What can go wrong before there is a store to talk to: a stable code, and the words for the person at the terminal.

export type StoreErrorCode =
  | 'data-dir-taken'
  | 'data-dir-other-kind'
  | 'data-dir-unusable'
  | 'engine-does-not-load'
  | 'store-unreachable'
  | 'store-newer'
  | 'restore-not-finished';

export type Messages = { vi: string; en: string };

/** A start that cannot go on. `messages` are complete sentences for a person; `message` is both, Vietnamese first. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly messages: Messages;

  constructor(code: StoreErrorCode, messages: Messages, options?: ErrorOptions) {
    super(`${messages.vi}\n${messages.en}`, options);
    this.code = code;
    this.messages = messages;
  }
}

/** The text of anything thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
