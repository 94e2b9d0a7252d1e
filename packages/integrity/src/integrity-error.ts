// The brand of @audit/schema's errors, so that `isAuditError` recognises these too; this package depends on no other.
const brand = Symbol.for('@audit/error');

/**
 * Why a function of this package refused its arguments.
 *
 * - `malformed`: a text or bytes that are not of the format they should have
 * - `out_of_range`: an index, size or range that cannot be
 * - `unusable_key`: a key of an unknown kind, or whose parts contradict each other
 */
export type IntegrityErrorCode = 'malformed' | 'out_of_range' | 'unusable_key';

/** Thrown by functions that make or parse something. Functions that verify report instead, whatever they are given. */
export class IntegrityError extends Error {
  override readonly name = 'IntegrityError';
  readonly code: IntegrityErrorCode;
  readonly retryable = false;
  readonly [brand] = true;

  constructor(code: IntegrityErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Recognises an {@link IntegrityError}, also of another loaded copy of this package. */
export function isIntegrityError(error: unknown): error is IntegrityError {
  return (
    typeof error === 'object' &&
    error !== null &&
    brand in error &&
    Reflect.get(error, 'name') === 'IntegrityError'
  );
}
