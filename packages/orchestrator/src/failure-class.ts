import { memberOf } from './caught-error.ts';
import type { Payload } from './payload.ts';

/** What kind of failure it is. */
export interface FailureClass {
  readonly code: `ERR_${string}`;
  readonly retryPossible: boolean;
  /** The same in the coarser words of `failure_reason`. */
  readonly reason: NonNullable<Payload['failure_reason']>;
}

/** Classifies a failure by the error that caused it; by the words of its reason when the error is not telling. */
export function classifyFailure(error: unknown, reason: string): FailureClass {
  return classifyError(error) ?? classifyReason(reason) ?? unknownFailure;
}

const invalidTimeoutConfig = validation('ERR_INVALID_TIMEOUT_CONFIG');
const invalidConfig = validation('ERR_INVALID_CONFIG');
const timeout: FailureClass = { code: 'ERR_TIMEOUT_REMEDIATION', retryPossible: true, reason: 'Timeout' };

// Whether trying again helps is not known, and doing so may repeat the damage.
const unknownFailure: FailureClass = {
  code: 'ERR_INTERNAL_ORCHESTRATION',
  retryPossible: false,
  reason: 'Unknown',
};

// Reasons of a Kubernetes Status object.
const kubernetesClasses: ReadonlyMap<unknown, FailureClass> = new Map([
  ['NotFound', infrastructure('ERR_K8S_NOT_FOUND', true)],
  ['AlreadyExists', infrastructure('ERR_K8S_ALREADY_EXISTS', false)],
  ['Conflict', infrastructure('ERR_K8S_CONFLICT', true)],
  ['Forbidden', infrastructure('ERR_K8S_FORBIDDEN', false)],
  ['Timeout', timeout],
  ['Invalid', invalidConfig],
  ['ServiceUnavailable', infrastructure('ERR_K8S_SERVICE_UNAVAILABLE', true)],
]);

const reasonByHttpStatus: ReadonlyMap<unknown, string> = new Map([
  [403, 'Forbidden'],
  [404, 'NotFound'],
  [409, 'Conflict'],
  [422, 'Invalid'],
  [503, 'ServiceUnavailable'],
  [504, 'Timeout'],
]);

// An error may be wrapped, but one that contains itself must come to an end.
const causesMax = 10;

function classifyError(error: unknown, level = 0): FailureClass | undefined {
  if (typeof error !== 'object' || error === null || level > causesMax) return undefined;
  return classifyOneError(error) ?? classifyError(memberOf(error, 'cause'), level + 1);
}

// The shapes of Node, of AbortSignal.timeout and of the Kubernetes clients, old and new.
function classifyOneError(error: object): FailureClass | undefined {
  const code = memberOf(error, 'code');
  if (memberOf(error, 'name') === 'TimeoutError' || code === 'ETIMEDOUT') return timeout;
  if (code === invalidTimeoutConfig.code) return invalidTimeoutConfig;
  const reason = memberOf(error, 'reason') ?? memberOf(memberOf(error, 'body'), 'reason');
  const httpStatus = typeof code === 'number' ? code : memberOf(error, 'statusCode');
  return kubernetesClasses.get(reason) ?? kubernetesClasses.get(reasonByHttpStatus.get(httpStatus));
}

// The first rule that fits decides. A reason that is a word of the contract's list stands for itself.
const reasonRules: readonly (readonly [RegExp, FailureClass])[] = [
  [/ERR_INVALID_TIMEOUT_CONFIG/, invalidTimeoutConfig],
  [/invalid|configuration|^ValidationError$/, invalidConfig],
  [/timeout|^Timeout$/, timeout],
  [/not found|create/, infrastructure('ERR_K8S_CREATE_FAILED', true)],
  [/^InfrastructureError$/, { ...unknownFailure, reason: 'InfrastructureError' }],
  [/^ApprovalRejected$/, { ...unknownFailure, reason: 'ApprovalRejected' }],
];

function classifyReason(reason: string): FailureClass | undefined {
  return reasonRules.find(([pattern]) => pattern.test(reason))?.[1];
}

function infrastructure(code: FailureClass['code'], retryPossible: boolean): FailureClass {
  return { code, retryPossible, reason: 'InfrastructureError' };
}

function validation(code: FailureClass['code']): FailureClass {
  return { code, retryPossible: false, reason: 'ValidationError' };
}
