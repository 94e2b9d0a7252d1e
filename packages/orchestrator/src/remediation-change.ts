import type { RemediationRequest } from './remediation-request.ts';

/** A RemediationRequest after its status was written, with the phase it had before: what changed follows from both. */
export interface RemediationChange {
  /** The object as it is now. */
  readonly remediation: RemediationRequest;
  /** `status.overallPhase` as it was before the write; undefined or empty when there was none. */
  readonly previousPhase: string | undefined;
}

/** Tells whether a remediation in this phase has ended for good. */
export function hasEnded(phase: string | undefined): boolean {
  return phase !== undefined && endPhases.has(phase);
}

const endPhases: ReadonlySet<string> = new Set(['Completed', 'Failed', 'TimedOut', 'Skipped', 'Cancelled']);

/** Tells whether `orchestrator.lifecycle.completed` reports that a remediation came to this phase. */
export function isReportedAsEnd(phase: string): boolean {
  return reportedEndPhases.has(phase);
}

const reportedEndPhases: ReadonlySet<string> = new Set(['Completed', 'Failed', 'TimedOut']);
