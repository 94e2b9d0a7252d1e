import { type ErrorDetails, shortenText } from '@audit/schema';
import { type ThrownStatus, thrownStatus } from './thrown-status.ts';

/** Why a RemediationRequest was not created. */
export interface CreationFailure {
  /** What was thrown, as it is: a Kubernetes Status, an error of a client or anything else. */
  readonly error: unknown;
  /** Whether the attempt was not made because the circuit breaker was open. */
  readonly circuitBreakerOpen: boolean;
}

/** Tells the failure in the structured form that all services share. */
export function errorDetails({ error, circuitBreakerOpen }: CreationFailure): ErrorDetails {
  const status = thrownStatus(error);
  const { code, retryPossible } = circuitBreakerOpen ? breakerOpen : classify(status);
  const message = [untold(status), status.message].filter(Boolean).join(': ');
  const reserve = circuitBreakerOpen
    ? 'the circuit breaker is open'
    : 'creation failed for an unknown reason';
  return {
    message: shortenText(message || reserve, messageCharsMax),
    code,
    component: 'gateway',
    retry_possible: retryPossible,
  };
}

const messageCharsMax = 16_384;

interface ErrorClass {
  readonly code: `ERR_${string}`;
  readonly retryPossible: boolean;
}

const breakerOpen: ErrorClass = { code: 'ERR_CIRCUIT_BREAKER_OPEN', retryPossible: true };
const unknownError: ErrorClass = { code: 'ERR_K8S_UNKNOWN', retryPossible: false };

const classesByReason: ReadonlyMap<string, ErrorClass> = new Map([
  ['NotFound', { code: 'ERR_K8S_NOT_FOUND', retryPossible: false }],
  ['AlreadyExists', { code: 'ERR_K8S_ALREADY_EXISTS', retryPossible: false }],
  ['Conflict', { code: 'ERR_K8S_CONFLICT', retryPossible: true }],
  ['Forbidden', { code: 'ERR_K8S_FORBIDDEN', retryPossible: false }],
  ['Unauthorized', { code: 'ERR_K8S_UNAUTHORIZED', retryPossible: false }],
  ['Invalid', { code: 'ERR_K8S_INVALID', retryPossible: false }],
  ['Timeout', { code: 'ERR_K8S_TIMEOUT', retryPossible: true }],
  ['ServerTimeout', { code: 'ERR_K8S_SERVER_TIMEOUT', retryPossible: true }],
  ['ServiceUnavailable', { code: 'ERR_K8S_SERVICE_UNAVAILABLE', retryPossible: true }],
  ['TooManyRequests', { code: 'ERR_K8S_TOO_MANY_REQUESTS', retryPossible: true }],
  ['InternalError', { code: 'ERR_K8S_INTERNAL', retryPossible: true }],
]);

// The reason that an HTTP status stands for when the answer names none, as in the Go client of Kubernetes.
const reasonsByHttpStatus: ReadonlyMap<number | undefined, string> = new Map([
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'NotFound'],
  [409, 'Conflict'],
  [422, 'Invalid'],
  [429, 'TooManyRequests'],
  [500, 'InternalError'],
  [503, 'ServiceUnavailable'],
  [504, 'Timeout'],
]);

function classify({ reason = '', httpStatus }: ThrownStatus): ErrorClass {
  const implied = reasonsByHttpStatus.get(httpStatus) ?? '';
  return classesByReason.get(reason) ?? classesByReason.get(implied) ?? unknownError;
}

// What the code does not tell leads the message: a reason outside the table, else an HTTP status outside it.
function untold({ reason, httpStatus }: ThrownStatus): string | undefined {
  if (reason !== undefined) return classesByReason.has(reason) ? undefined : reason;
  return httpStatus === undefined || reasonsByHttpStatus.has(httpStatus) ? undefined : `HTTP ${httpStatus}`;
}
