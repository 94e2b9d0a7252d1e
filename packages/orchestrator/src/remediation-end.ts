import { onlyKnown, shortenText, utcTime } from '@audit/schema';
import { messageOf } from './caught-error.ts';
import { classifyFailure } from './failure-class.ts';
import { type Payload, textCharsMax } from './payload.ts';
import type { RemediationChange } from './remediation-change.ts';
import type { RemediationRequestStatus } from './remediation-request.ts';

/** A remediation that has come to its end, however. */
export interface RemediationEnd extends RemediationChange {
  /** When the end was written, as RFC 3339; the duration is counted to here. */
  readonly endedAt: string;
}

/** The remediation did what it was meant to do, or found nothing to do. */
export interface RemediationSuccess extends RemediationEnd {
  readonly result: 'success';
}

/** The remediation failed; where and why is read from its status. */
export interface RemediationFailure extends RemediationEnd {
  readonly result: 'failure';
  /** What was caught, if anything: code and retry are judged by it rather than by the words of the reason. */
  readonly error?: unknown;
}

/** The remediation, or its phase, ran out of time. */
export interface RemediationTimeout extends RemediationEnd {
  readonly result: 'timeout';
  /** Whether the limit of the whole remediation or that of a phase ran out. */
  readonly timeoutKind: 'global' | 'phase';
}

/** Time from creation to end in milliseconds: 0 when the clocks disagree, undefined when a time is not known. */
export function lifetimeMs({ remediation, endedAt }: RemediationEnd): number | undefined {
  const { metadata, status } = remediation;
  const beginning = utcTime(metadata.creationTimestamp) ?? utcTime(status?.startTime);
  const end = utcTime(endedAt);
  if (beginning === undefined || end === undefined) return undefined;
  return Math.max(0, Date.parse(end) - Date.parse(beginning));
}

/** Tells how the remediation ended, in the members that fit the way it did. */
export function endMembers(
  end: RemediationSuccess | RemediationFailure | RemediationTimeout,
): Partial<Payload> {
  switch (end.result) {
    case 'success':
      return { outcome: 'Success', ...commonMembers(end) };
    case 'failure':
      return failureMembers(end, end.error);
    case 'timeout':
      return {
        outcome: 'Failed',
        failure_reason: 'Timeout',
        timeout_kind: end.timeoutKind,
        ...onlyKnown({
          failure_phase: toFailurePhase(end.remediation.status?.timeoutPhase),
          timeout_phase: end.remediation.status?.timeoutPhase,
        }),
        ...commonMembers(end),
      };
  }
}

/** Tells where and why the remediation failed, in separate members and as error details. */
export function failureMembers(end: RemediationEnd, error: unknown): Partial<Payload> {
  const { status } = end.remediation;
  const message = failureMessage(status, error);
  const { code, retryPossible, reason } = classifyFailure(error, message);
  return {
    outcome: 'Failed',
    failure_reason: reason,
    ...onlyKnown({ failure_phase: toFailurePhase(status?.failurePhase), failure_message: message }),
    error_details: {
      message: describeFailure(status?.failurePhase, message),
      code,
      component: 'remediationorchestrator',
      retry_possible: retryPossible,
    },
    ...commonMembers(end),
  };
}

function commonMembers(end: RemediationEnd): Partial<Payload> {
  const { status } = end.remediation;
  return onlyKnown({
    duration_ms: lifetimeMs(end),
    workflow_id: status?.selectedWorkflowRef?.workflowId,
    crd_outcome: status?.outcome,
  });
}

function failureMessage(status: RemediationRequestStatus | undefined, error: unknown): string {
  return shortenText(status?.failureReason || messageOf(error), textCharsMax);
}

function describeFailure(phase: string | null | undefined, message: string): string {
  const place = phase ? ` in ${phase}` : '';
  return `remediation failed${place}${message === '' ? '' : `: ${message}`}`;
}

type FailurePhase = NonNullable<Payload['failure_phase']>;

// Both spellings of the components, and the phases of the RemediationRequest in which they work.
const failurePhases: ReadonlyMap<string, FailurePhase> = new Map([
  ['signalprocessing', 'SignalProcessing'],
  ['processing', 'SignalProcessing'],
  ['aianalysis', 'AIAnalysis'],
  ['analyzing', 'AIAnalysis'],
  ['workflowexecution', 'WorkflowExecution'],
  ['executing', 'WorkflowExecution'],
  ['approval', 'Approval'],
  ['awaitingapproval', 'Approval'],
  ['configuration', 'Configuration'],
]);

function toFailurePhase(phase: string | null | undefined): FailurePhase | undefined {
  return failurePhases.get((phase ?? '').replaceAll('_', '').toLowerCase());
}
