import { onlyKnown, type PayloadOf } from '@audit/schema';
import type { ApprovalRequest } from './approval-request.ts';
import type { RemediationRequest, TimeoutLimits } from './remediation-request.ts';

/** Payload of every orchestrator event, without its tag. */
export type Payload = Omit<PayloadOf<'orchestrator.lifecycle.completed'>, 'event_type'>;

/** The members that every payload has. */
export type BasePayload = Pick<Payload, 'rr_name' | 'namespace'>;

/** Longest free text in a payload. Two of them stay far below the 256 KiB an event may have, however escaped. */
export const textCharsMax = 16_384;

const controller = { actor_type: 'service', actor_id: 'remediationorchestrator-controller' } as const;

/**
 * Envelope of an event about a RemediationRequest. The API server refuses objects without a name; `unknown` serves
 * callers that read their objects elsewhere.
 */
export function remediationEnvelope({ metadata }: RemediationRequest) {
  const name = metadata.name || 'unknown';
  return {
    ...controller,
    resource_type: 'RemediationRequest',
    resource_id: name,
    correlation_id: name,
    ...onlyKnown({ namespace: metadata.namespace }),
  };
}

/** Tells which remediation it is about. */
export function remediationMembers({ metadata }: RemediationRequest): BasePayload {
  return { rr_name: metadata.name, namespace: metadata.namespace ?? '' };
}

/** Envelope of an event about a RemediationApprovalRequest. */
export function approvalEnvelope(approvalRequest: ApprovalRequest) {
  const { name, namespace } = approvalRequest.metadata;
  return {
    ...controller,
    resource_type: 'RemediationApprovalRequest',
    resource_id: name || 'unknown',
    correlation_id: remediationName(approvalRequest) || 'unknown',
    ...onlyKnown({ namespace }),
  };
}

/** Tells which remediation waits for an approval, and of what. */
export function approvalMembers(approvalRequest: ApprovalRequest): BasePayload & Partial<Payload> {
  const { metadata, spec } = approvalRequest;
  return {
    rr_name: remediationName(approvalRequest),
    namespace: metadata.namespace ?? '',
    ...onlyKnown({ rar_name: metadata.name, workflow_id: spec.recommendedWorkflow.workflowId }),
  };
}

// Without a reference it follows from the name of the approval request.
function remediationName({ metadata, spec }: ApprovalRequest): string {
  return spec.remediationRequestRef.name || metadata.name.replace(/^rar-/, '');
}

/** Tells the time limits that are set: zero and negative ones mean none. */
export function timeoutMembers(limits: TimeoutLimits | null | undefined): Pick<Payload, 'timeout_config'> {
  const { global, processing, analyzing, executing } = limits ?? {};
  const known = onlyKnown({
    global: positive(global),
    processing: positive(processing),
    analyzing: positive(analyzing),
    executing: positive(executing),
  });
  return Object.keys(known).length > 0 ? { timeout_config: known } : {};
}

function positive(duration: string | null | undefined): string | null | undefined {
  return duration && /^-|^[+]?0[0.hmsuµn]*$/.test(duration) ? undefined : duration;
}
