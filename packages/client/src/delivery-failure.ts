import { AuditError, isAuditError } from '@audit/schema';
import type { FailureState } from './client-state.ts';
import { describeThrown } from './describe-thrown.ts';
import type { Reply } from './server-requests.ts';
import type { TransportAnswer } from './transport.ts';

/** Says in words why an attempt failed, for `onStateChange`; retryable, as the events stay in the spool. */
export function deliveryFailure(state: FailureState, reply: Reply): AuditError {
  const { answer, cause } = reply;
  const what = answer === undefined ? `no readable answer: ${describeThrown(cause)}` : describeAnswer(answer);
  return new AuditError(`delivery of audit events failed, ${what}; ${advice[state]}`, {
    code: 'delivery_failed',
    retryable: true,
    cause,
  });
}

/** Says in words that the disk failed, for `onStateChange`; retryable, as the events stay in the spool. */
export function spoolFailure(cause: unknown): AuditError {
  const what = isAuditError(cause) ? cause.message : describeThrown(cause);
  return new AuditError(`delivery of audit events waits for the disk, ${what}; the spool is tried again`, {
    code: 'spool_failed',
    retryable: true,
    cause,
  });
}

const advice: Readonly<Record<FailureState, string>> = {
  backing_off: 'the events are sent again',
  unauthorized: 'check the token; the events are sent again',
  misconfigured: 'check the url; the events are sent again',
};

function describeAnswer({ status, problem }: TransportAnswer): string {
  return problem?.detail === undefined
    ? `the server answered ${status}`
    : `the server answered ${status}: ${problem.detail}`;
}
