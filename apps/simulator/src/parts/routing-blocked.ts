import type { Step } from '../managers.ts';
import { remediationRequest } from '../objects/remediation-request.ts';
import { targetResource } from '../objects/workflow-execution.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';

const requeueSeconds = 60;

/** Another remediation changes the target; routing looks again every minute. */
export function blockedByOther(facts: RemediationFacts, seconds: number): StoryPart {
  const looks = Array.from({ length: Math.ceil(seconds / requeueSeconds) }, (_, index) => index);
  return {
    seconds,
    steps: (start) =>
      looks.map((index) =>
        blocked(facts, { atSeconds: start + index * requeueSeconds, isFirst: index === 0 }),
      ),
  };
}

interface Look {
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
  readonly isFirst: boolean;
}

// The block is recorded at the first look; the manager skips the others.
function blocked(facts: RemediationFacts, { atSeconds, isFirst }: Look): Step {
  const { workflowId } = facts.incident.workflow;
  const remediation = remediationRequest(facts, {
    overallPhase: 'Blocked',
    selectedWorkflowRef: { workflowId },
    blockReason,
    blockMessage: `${targetResource(facts)} is being changed by another workflow`,
    blockingWorkflowExecution: otherExecutionName(facts),
  });
  return {
    atSeconds,
    service: 'orchestrator',
    method: 'routingBlocked',
    input: {
      remediation,
      previousPhase: isFirst ? 'Analyzing' : 'Blocked',
      previousBlockReason: isFirst ? undefined : blockReason,
      targetResource: targetResource(facts),
      requeueAfterSeconds: requeueSeconds,
    },
  };
}

const blockReason = 'ResourceBusy';

// An execution for an alert of another kind at the same workload.
function otherExecutionName({ uid }: RemediationFacts): string {
  const digits = uid('another remediation').replaceAll('-', '');
  return `wfe-rr-${digits.slice(12, 24)}-${digits.slice(24)}`;
}
