import { type EventSkip, onlyKnown, shortenText, skipEvent } from '@audit/schema';
import type { ApprovalRequest } from './approval-request.ts';
import {
  approvalEnvelope,
  approvalMembers,
  type BasePayload,
  type Payload,
  textCharsMax,
} from './payload.ts';

/** An approval request on which a decision was made. */
export interface ApprovalDecision {
  /** The object as it is now. */
  readonly approvalRequest: ApprovalRequest;
  /** `status.decision` as it was before; undefined or empty when nothing was decided yet. */
  readonly previousDecision: string | undefined;
}

type Decision = 'Approved' | 'Rejected' | 'Expired';

/** Says why a decision is not recorded: it was before, or it is another one. Undefined when it is to be recorded. */
export function decisionSkip(input: ApprovalDecision, decision: Decision): EventSkip | undefined {
  if (input.previousDecision) return skipEvent('the request was decided before: a decision is recorded once');
  const stated = input.approvalRequest.status?.decision;
  return stated && stated !== decision
    ? skipEvent(`the request says ${stated}: it is not recorded as ${decision}`)
    : undefined;
}

/**
 * Envelope of a decision. It was made by a user, or by the controller on behalf of the system, and concerns the
 * remediation; an expiry concerns the request alone.
 */
export function decisionEnvelope(approvalRequest: ApprovalRequest, decision: Decision) {
  const decider = deciderOf(approvalRequest.status?.decidedBy, decision);
  const envelope = {
    ...approvalEnvelope(approvalRequest),
    ...(decider !== 'system' && { actor_type: 'user', actor_id: decider ?? 'unknown' }),
  };
  if (decision === 'Expired') return envelope;
  return { ...envelope, resource_type: 'RemediationRequest', resource_id: envelope.correlation_id };
}

/** Tells what was decided, by whom, and what they said. */
export function decisionMembers(
  approvalRequest: ApprovalRequest,
  decision: Decision,
): BasePayload & Partial<Payload> {
  const { status } = approvalRequest;
  return {
    ...approvalMembers(approvalRequest),
    decision,
    ...onlyKnown({
      message: decisionMessage(approvalRequest),
      decided_by: deciderOf(status?.decidedBy, decision),
    }),
  };
}

/** What came with the decision, in the words of who decided. */
export function decisionMessage({ status }: ApprovalRequest): string {
  return shortenText(status?.decisionMessage ?? '', textCharsMax);
}

// Nobody but the clock lets a request expire; an approval or a rejection without a name is not the system's.
function deciderOf(decidedBy: string | undefined, decision: Decision): string | undefined {
  return decidedBy || (decision === 'Expired' ? 'system' : undefined);
}
