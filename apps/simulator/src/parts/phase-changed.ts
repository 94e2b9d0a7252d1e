import type { Step } from '../managers.ts';
import { remediationRequest } from '../objects/remediation-request.ts';
import type { RemediationFacts } from '../scenario.ts';

/** Phase of a remediation that goes on. */
export type RemediationPhase =
  | 'Pending'
  | 'Processing'
  | 'Analyzing'
  | 'AwaitingApproval'
  | 'Blocked'
  | 'Executing';

/** A change of the remediation's phase. */
export interface PhaseChange {
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
  readonly from: RemediationPhase;
  readonly to: RemediationPhase;
  /** Why the phase changed, where that does not go without saying. */
  readonly reason?: string;
}

/** The orchestrator moves the remediation to another phase. */
export function phaseChanged(facts: RemediationFacts, { atSeconds, from, to, reason }: PhaseChange): Step {
  return {
    atSeconds,
    service: 'orchestrator',
    method: 'lifecycleTransitioned',
    input: {
      remediation: remediationRequest(facts, { overallPhase: to }),
      previousPhase: from,
      ...(reason !== undefined && { reason }),
    },
  };
}
