// The one error class of the product and the table of its codes. Codes are stable; texts live in i18n/errors.
// http/error-page.ts alone turns a code into an answer.

/** Error code -> HTTP status (architecture.md, HTTP: 400 not readable, 404 also outside the asker's scope, 409 a rule or conflict, 422 a field). */
export const errorCodes = {
  'unreadable-body': 400,
  'unreadable-address': 400,
  'not-utf8': 400,
  'code-malformed': 400,
  'link-malformed': 400,
  'range-unreadable': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'link-used-or-expired': 401,
  'join-code-used': 401,
  'join-code-over': 401,
  'session-ended': 401,
  'not-allowed': 403,
  'password-needed': 403,
  'second-factor-needed': 403,
  'foreign-origin': 403,
  'page-not-found': 404,
  'user-not-found': 404,
  'session-not-found': 404,
  'producer-not-found': 404,
  'member-not-found': 404,
  'site-not-found': 404,
  'product-not-found': 404,
  'batch-not-found': 404,
  'step-not-found': 404,
  'certificate-not-found': 404,
  'material-not-found': 404,
  'recall-not-found': 404,
  'report-not-found': 404,
  'score-card-not-found': 404,
  'protocol-not-found': 404,
  'hold-not-found': 404,
  'label-run-not-found': 404,
  'file-not-found': 404,
  'document-not-found': 404,
  'import-not-found': 404,
  'code-unknown': 404,
  'too-many-lookups': 429,
  'code-before-incident': 404,
  'link-unknown': 404,
  'link-type-unknown': 404,
  'renewal-not-found': 404,
  'method-not-allowed': 405,
  'id-with-other-content': 409,
  'changed-meanwhile': 409,
  'consent-text-changed': 409,
  'last-admin': 409,
  'login-taken': 409,
  'set-up-done': 409,
  'second-factor-not-begun': 409,
  'nothing-to-renew': 409,
  'renewal-over': 409,
  'gtin-taken': 409,
  'internal-code-taken': 409,
  'too-many-pictures': 409,
  'lot-taken': 409,
  'producer-not-approved': 409,
  'producer-unclaimed': 409,
  'producer-incomplete': 409,
  'already-claimed': 409,
  'already-decided': 409,
  'registration-taken': 409,
  'member-revoked': 409,
  'sign-up-not-taken': 409,
  'sign-up-taken': 409,
  'batch-recalled': 409,
  'batch-held': 409,
  'batch-closed': 409,
  'batch-open': 409,
  'batch-incomplete': 409,
  'not-enough-units': 409,
  'harvest-too-soon': 409,
  'waiting-time-unknown': 409,
  'step-in-future': 409,
  'step-before-planting': 409,
  'step-already-corrected': 409,
  'move-already-corrected': 409,
  'own-step': 409,
  'site-of-other-producer': 409,
  'certificate-revoked': 409,
  'certificate-not-verified': 409,
  'certificate-incomplete': 409,
  'certificate-withdrawn': 409,
  'not-withdrawable': 409,
  'not-a-recognition': 409,
  'extension-too-long': 409,
  'stars-beyond-power': 409,
  'recall-already-closed': 409,
  'label-run-unchecked': 409,
  'label-check-failed': 409,
  'label-run-unapproved': 409,
  'labels-voided': 409,
  'no-gtin': 409,
  'label-text-too-long': 409,
  'label-glyph-missing': 409,
  'label-address-too-long': 409,
  'import-unreadable': 409,
  'import-has-faults': 409,
  'piece-out-of-place': 409,
  'too-many-photos': 409,
  'erased-before': 409,
  'file-erased': 410,
  'too-large': 413,
  'quota-exceeded': 413,
  'not-an-image': 415,
  'heic-picture': 415,
  'unsupported-type': 415,
  'hash-differs': 422,
  'fields-wrong': 422,
  'too-many-requests': 429,
  'internal-fault': 500,
  'store-away': 503,
  'files-busy': 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorCodes;

/** What is wrong with one field: a key under i18n `fields` and the values its sentence needs. */
export type FieldError = { code: string; facts?: Record<string, string | number> };

/** Field name or JSON pointer (`/address/communeCode` without the first slash and with dots: `address.communeCode`) -> what is wrong. */
export type FieldErrors = Record<string, FieldError>;

/** An expected refusal: a stable code, facts that the answer may show (days as YYYY-MM-DD, counts), and the fields concerned. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: Record<string, unknown>;
  readonly fields: FieldErrors;

  constructor(
    code: ErrorCode,
    facts: Record<string, unknown> = {},
    options: { fields?: FieldErrors; cause?: unknown } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.facts = facts;
    this.fields = options.fields ?? {};
  }

  get status(): number {
    return errorCodes[this.code];
  }
}

/** A meaning error that belongs to one field of the input: answered 422 beside that field. */
export function fieldError(field: string, code: string, facts?: Record<string, string | number>): AppError {
  return new AppError('fields-wrong', {}, { fields: { [field]: facts === undefined ? { code } : { code, facts } } });
}
