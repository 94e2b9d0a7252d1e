import { onlyKnown, shortenText, utcTime } from '@audit/schema';
import { type Payload, textCharsMax } from './payload.ts';
import type { RemediationChange } from './remediation-change.ts';

/** A remediation that routing holds back: what its status says, and what only the router knows. */
export interface RoutingBlock extends RemediationChange {
  /** `status.blockReason` as it was before; undefined or empty when nothing blocked. */
  readonly previousBlockReason: string | undefined;
  /** Workflow that would have run; default the selected one of the status. */
  readonly workflowId?: string;
  /** Resource the workflow would have changed: `namespace/kind/name`, or `kind/name` for cluster-wide ones. */
  readonly targetResource?: string;
  /** Seconds until routing looks again. */
  readonly requeueAfterSeconds?: number;
  /** Current length of the back-off in seconds. */
  readonly backoffSeconds?: number;
}

/** Tells whether the remediation was held back before, for the same reason. */
export function wasBlockedAlike({ remediation, previousPhase, previousBlockReason }: RoutingBlock): boolean {
  return previousPhase === 'Blocked' && previousBlockReason === remediation.status?.blockReason;
}

/** Tells why the remediation is held back, and until when. */
export function blockMembers(block: RoutingBlock): Partial<Payload> {
  const { remediation, previousPhase, targetResource, requeueAfterSeconds, backoffSeconds } = block;
  const { status = {} } = remediation;
  const common = onlyKnown({
    from_phase: previousPhase,
    to_phase: status.overallPhase,
    workflow_id: block.workflowId || status.selectedWorkflowRef?.workflowId,
  });
  const details = onlyKnown({
    message: shortenText(status.blockMessage ?? '', textCharsMax),
    target_resource: targetResource,
    requeue_after_seconds: wholeSeconds(requeueAfterSeconds),
    blocked_until: utcTime(status.blockedUntil),
    blocking_workflow_execution: status.blockingWorkflowExecution,
    duplicate_of: status.duplicateOf,
    consecutive_failures: count(status.consecutiveFailureCount),
    backoff_seconds: wholeSeconds(backoffSeconds),
  });
  return { ...common, block_details: { reason: status.blockReason || 'Unknown', ...common, ...details } };
}

function wholeSeconds(seconds: number | undefined): number | undefined {
  return count(Math.max(0, Math.round(seconds ?? Number.NaN)));
}

function count(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
