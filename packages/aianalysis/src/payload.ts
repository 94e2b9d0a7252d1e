import { onlyKnown, type PayloadOf } from '@audit/schema';
import type { AIAnalysis, AIAnalysisStatus, SelectedWorkflow } from './ai-analysis.ts';
import { previewOf, shortMessage } from './free-text.ts';
import { type FinalPhase, knownPhase } from './phase.ts';

/** What the events of an analysis that ended have in common. */
export type AnalysisPayload = Omit<
  PayloadOf<'aianalysis.analysis.completed'>,
  'event_type' | 'error_details'
>;

type ProviderResponseSummary = NonNullable<AnalysisPayload['provider_response_summary']>;

/**
 * Tells what an analysis found.
 * @param end how the analysis ended, as the event says
 */
export function analysisPayload(analysis: AIAnalysis, end: FinalPhase): AnalysisPayload {
  const { metadata, status = {} } = analysis;
  return {
    analysis_name: metadata.name,
    namespace: metadata.namespace ?? '',
    phase: knownPhase(status.phase, end),
    approval_required: status.approvalRequired ?? false,
    degraded_mode: status.degradedMode ?? false,
    warnings_count: status.warnings?.length ?? 0,
    ...workflowMembers(status.selectedWorkflow),
    ...onlyKnown({
      approval_reason: shortMessage(status.approvalReason ?? ''),
      target_in_owner_chain: status.targetInOwnerChain,
      reason: status.reason,
      sub_reason: status.subReason,
      provider_response_summary: providerSummary(status, end),
    }),
  };
}

/** Names the chosen workflow and the confidence in it; one that is no number is left out. */
export function workflowMembers(
  workflow: SelectedWorkflow | undefined,
): Pick<AnalysisPayload, 'workflow_id' | 'confidence'> {
  const confidence = Number.isFinite(workflow?.confidence) ? workflow?.confidence : undefined;
  return onlyKnown({ workflow_id: workflow?.workflowId, confidence });
}

function providerSummary(status: AIAnalysisStatus, end: FinalPhase): ProviderResponseSummary | undefined {
  if (!status.investigationId) return undefined;
  return {
    incident_id: status.investigationId,
    analysis_preview: previewOf(status.rootCause ?? ''),
    needs_human_review: end === 'Failed' || needsHumanReview(status),
    warnings_count: status.warnings?.length ?? 0,
    ...onlyKnown({ selected_workflow_id: status.selectedWorkflow?.workflowId }),
  };
}

const uncertain: readonly string[] = [
  'WorkflowNotFound',
  'NoMatchingWorkflows',
  'LowConfidence',
  'LLMParsingError',
  'InvestigationInconclusive',
];

function needsHumanReview({
  phase,
  selectedWorkflow,
  approvalRequired,
  subReason,
}: AIAnalysisStatus): boolean {
  if (phase === 'Failed' || selectedWorkflow === undefined) return true;
  return approvalRequired === true && uncertain.some((word) => word === subReason);
}
