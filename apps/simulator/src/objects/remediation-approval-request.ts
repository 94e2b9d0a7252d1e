import type { ApprovalRequest, ApprovalRequestStatus } from '@audit/orchestrator';
import type { RemediationFacts } from '../scenario.ts';
import { aiAnalysisName } from './ai-analysis.ts';
import { apiVersion, ownedMetadata, remediationReference } from './object-metadata.ts';
import { workflowImage } from './workflow-execution.ts';

/** The complete object as the Kubernetes API of January 2026 returns it. */
export interface ApprovalRequestObject extends ApprovalRequest {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'RemediationApprovalRequest';
  readonly spec: ApprovalRequest['spec'] & { readonly aiAnalysisRef: { readonly name: string } };
}

/** An approval request in a state. */
export interface ApprovalRequestState {
  /** Seconds since the start of the remediation. */
  readonly createdAt: number;
  readonly status: ApprovalRequestStatus;
}

/** Seconds that people have for their decision. */
export const approvalSeconds = 30 * 60;

/** The object in a state. */
export function remediationApprovalRequest(
  facts: RemediationFacts,
  { createdAt, status }: ApprovalRequestState,
): ApprovalRequestObject {
  const name = `rar-${facts.remediationName}`;
  return {
    apiVersion,
    kind: 'RemediationApprovalRequest',
    metadata: ownedMetadata(facts, { kind: 'RemediationApprovalRequest', name, createdAt }),
    spec: specOf(facts, createdAt),
    status,
  };
}

function specOf(facts: RemediationFacts, createdAt: number) {
  const { workflow, investigation } = facts.incident;
  return {
    remediationRequestRef: remediationReference(facts),
    aiAnalysisRef: { name: aiAnalysisName(facts) },
    confidence: workflow.confidence,
    confidenceLevel: workflow.confidence < 0.8 ? 'medium' : 'high',
    reason: 'Production changes of this kind need the approval of a person.',
    recommendedWorkflow: {
      workflowId: workflow.workflowId,
      version: workflow.version,
      containerImage: workflowImage(workflow),
      rationale: workflow.rationale,
    },
    investigationSummary: investigation.rootCause,
    requiredBy: facts.time(createdAt + approvalSeconds),
  };
}
