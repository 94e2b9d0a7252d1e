import type { AIAnalysisStatus } from '@audit/aianalysis';
import type { Step } from '../managers.ts';
import { aiAnalysis } from '../objects/ai-analysis.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';
import { conversation, incidentRequest } from './language-model.ts';
import { proposalAccepted } from './proposal.ts';

/** What the approval policy says about the analysis. */
export type PolicyDecision = 'auto_approved' | 'requires_approval';

/** The language model finds the cause and a workflow, and the policy decides whether a person must approve it. */
export function analysed(facts: RemediationFacts, decision: PolicyDecision): StoryPart {
  const { seconds } = facts.incident.investigation;
  return {
    seconds: seconds + 2,
    steps: (start) => [
      analysisBegun(facts, start),
      ...conversation(facts, start),
      ...proposalAccepted(facts, start + seconds - 1),
      providerAnswered(facts, { atSeconds: start + seconds, createdAt: start }),
      ...analysisEnded(facts, { atSeconds: start + seconds, createdAt: start, decision }),
    ],
  };
}

/** The controller asks for an investigation; whether it gets an answer is told elsewhere. */
export function analysisBegun(facts: RemediationFacts, atSeconds: number): Step {
  const analysis = aiAnalysis(facts, { createdAt: atSeconds, status: { phase: 'Investigating' } });
  return {
    atSeconds,
    service: 'aianalysis',
    method: 'phaseTransition',
    input: { analysis, previousPhase: 'Pending' },
  };
}

/** A moment of an analysis. */
export interface AnalysisMoment {
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
  /** When the analysis was created, in seconds since the start of the remediation. */
  readonly createdAt: number;
}

/** The controller has its answer. */
export function providerAnswered(facts: RemediationFacts, { atSeconds, createdAt }: AnalysisMoment): Step {
  return {
    atSeconds,
    service: 'aianalysis',
    method: 'holmesgptCall',
    input: {
      analysis: aiAnalysis(facts, { createdAt, status: { phase: 'Investigating' } }),
      endpoint: '/api/v1/incident/analyze',
      httpStatusCode: 200,
      durationMs: (atSeconds - createdAt) * 1000 - 140,
    },
  };
}

interface AnalysisEnd extends AnalysisMoment {
  readonly decision: PolicyDecision;
}

function analysisEnded(facts: RemediationFacts, end: AnalysisEnd): readonly Step[] {
  const { atSeconds, createdAt, decision } = end;
  const { reason, seen } = policies[decision];
  const found = statusOf(facts, decision);
  const analysing = aiAnalysis(facts, { createdAt, status: { ...found, phase: 'Analyzing' } });
  const completed = aiAnalysis(facts, { createdAt, status: { ...found, phase: 'Completed' } });
  const moment = { atSeconds, service: 'aianalysis' } as const;
  return [
    {
      ...moment,
      method: 'phaseTransition',
      input: { analysis: analysing, previousPhase: 'Investigating' },
    },
    {
      ...moment,
      method: 'regoEvaluation',
      input: { analysis: analysing, outcome: seen, degraded: false, durationMs: 7, reason },
    },
    {
      ...moment,
      method: 'approvalDecision',
      input: { analysis: analysing, decision, reason, alreadyDecided: false },
    },
    {
      ...moment,
      method: 'analysisCompleted',
      input: { analysis: completed, previousPhase: 'Analyzing' },
    },
    { ...moment, method: 'phaseTransition', input: { analysis: completed, previousPhase: 'Analyzing' } },
  ];
}

const policies = {
  auto_approved: { seen: 'approved', reason: 'The action is on the list of those that need no approval.' },
  requires_approval: {
    seen: 'requires_approval',
    reason: 'Production changes of this kind need the approval of a person.',
  },
} as const;

function statusOf(facts: RemediationFacts, decision: PolicyDecision): AIAnalysisStatus {
  const { investigation, workflow } = facts.incident;
  return {
    investigationId: incidentRequest(facts).incident_id,
    rootCause: investigation.rootCause,
    selectedWorkflow: { workflowId: workflow.workflowId, confidence: workflow.confidence },
    approvalRequired: decision === 'requires_approval',
    ...(decision === 'requires_approval' && { approvalReason: policies[decision].reason }),
    targetInOwnerChain: true,
    warnings: [],
    degradedMode: false,
  };
}
