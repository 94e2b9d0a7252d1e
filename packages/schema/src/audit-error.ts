const brand = Symbol.for('@audit/error');

/**
 * Why an operation of the audit packages failed.
 *
 * - `invalid_event`: an event breaks the contract; see {@link InvalidEventError.issues}
 * - `invalid_configuration`: an option has a value that cannot work
 * - `builder_failed`: a builder threw on its input
 * - `not_serialisable`: an event cannot be written as JSON
 * - `emission_rejected`: an event was not taken, and the manager was told to fail then
 * - `delivery_failed`: the server did not take a request
 * - `spool_in_use`: another process owns the spool's directory
 * - `spool_failed`: the disk refused to keep or to return what is spooled
 */
export type AuditErrorCode =
  | 'invalid_event'
  | 'invalid_configuration'
  | 'builder_failed'
  | 'not_serialisable'
  | 'emission_rejected'
  | 'delivery_failed'
  | 'spool_in_use'
  | 'spool_failed';

/** Options of {@link AuditError}. */
export interface AuditErrorOptions {
  readonly code: AuditErrorCode;
  /** Whether the same call can succeed later; default false. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** Base of every error the audit packages throw or report. Decide on `code`, never on the message. */
export class AuditError extends Error {
  override readonly name: string = 'AuditError';
  readonly code: AuditErrorCode;
  readonly retryable: boolean;
  readonly [brand] = true;

  constructor(message: string, options: AuditErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.retryable = options.retryable ?? false;
  }
}

/** Recognises an {@link AuditError} by brand, so that two loaded copies of the package agree. */
export function isAuditError(error: unknown): error is AuditError {
  return typeof error === 'object' && error !== null && brand in error;
}
