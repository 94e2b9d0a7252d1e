import type { ErrorDetails } from '@audit/schema';
import { membersOf, payloadOf, type Seen, shortTextOf, textOf, textsOf } from './seen.ts';
import type { StepError } from './trail.ts';
import type { TrailEvent } from './trail-event.ts';

/** What went wrong, for an event whose outcome is failure; undefined for any other, or when it does not say. */
export function errorOf(event: TrailEvent): StepError | undefined {
  if (event.event_outcome !== 'failure') return undefined;
  const payload = membersOf<FailureMembers>(event.event_data);
  const details = membersOf<ErrorDetails>(payload.error_details);
  const message = messageOf(event, payload) ?? textOf(details.message);
  if (message === undefined) return undefined;
  return { message, ...reasonOf(payload), ...detailsOf(details) };
}

// Where payloads of the contract, and those that follow its habits, say what went wrong.
interface FailureMembers {
  readonly failure_message: string;
  readonly error_message: string;
  readonly error: string;
  readonly rejection_reason: string;
  readonly message: string;
  readonly failure_reason: string;
  readonly error_type: string;
  readonly timeout_kind: string;
  readonly timeout_phase: string;
  readonly error_details: ErrorDetails;
}

function messageOf(event: TrailEvent, payload: Seen<FailureMembers>): string | undefined {
  const { failure_message, error_message, error, rejection_reason, message, failure_reason } = payload;
  const said = [failure_message, error_message, error, rejection_reason, message];
  const found = said.map(textOf).find((text) => text !== undefined);
  return found ?? specialMessageOf(event) ?? timeoutOf(payload) ?? textOf(failure_reason);
}

// These say what went wrong in members of their own.
function specialMessageOf(event: TrailEvent): string | undefined {
  const call = payloadOf(event, 'aianalysis.holmesgpt.call');
  if (call !== undefined) return `the analysis provider answered HTTP ${shortTextOf(call.http_status_code)}`;
  const policy = payloadOf(event, 'aianalysis.rego.evaluation');
  if (policy !== undefined) return textOf(policy.reason);
  const attempt = payloadOf(event, 'workflow_validation_attempt');
  if (attempt === undefined) return undefined;
  return textOf(attempt.validation_errors) ?? textOf(textsOf(attempt.errors).join('; '));
}

function timeoutOf({ timeout_kind, timeout_phase }: Seen<FailureMembers>): string | undefined {
  const kind = textOf(timeout_kind);
  if (kind === undefined) return undefined;
  const phase = textOf(timeout_phase);
  if (kind === 'phase') return `the time limit of phase ${phase ?? '(unnamed)'} ran out`;
  const where = phase === undefined ? '' : ` in phase ${phase}`;
  return `the time limit of the remediation ran out${where}`;
}

function reasonOf({ failure_reason, error_type }: Seen<FailureMembers>): { reason?: string } {
  const reason = textOf(failure_reason) ?? textOf(error_type);
  return reason === undefined ? {} : { reason };
}

function detailsOf(details: Seen<ErrorDetails>): Omit<StepError, 'message'> {
  const [code, component] = [textOf(details.code), textOf(details.component)];
  return {
    ...(code !== undefined && { code }),
    ...(component !== undefined && { component }),
    ...(typeof details.retry_possible === 'boolean' && { retryPossible: details.retry_possible }),
  };
}
