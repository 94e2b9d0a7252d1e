import type { Step } from '../managers.ts';
import { aiAnalysis } from '../objects/ai-analysis.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';
import { type AnalysisMoment, analysisBegun, providerAnswered } from './analysed.ts';
import { conversation, incidentRequest } from './language-model.ts';
import { noWorkflowWarning, proposalsRefused, refusalsSeconds } from './proposal.ts';

/** Why the analysis failed, in the words of its status. */
export const noWorkflowReason = {
  reason: 'WorkflowResolutionFailed',
  subReason: 'WorkflowNotFound',
} as const;

/** The language model finds the cause, but the catalogue has no workflow that removes it. */
export function workflowNotFound(facts: RemediationFacts): StoryPart {
  const seconds = facts.incident.investigation.seconds + refusalsSeconds;
  return {
    seconds: seconds + 2,
    steps: (start) => {
      const moment = { atSeconds: start + seconds, createdAt: start };
      return [
        analysisBegun(facts, start),
        ...conversation(facts, start),
        ...proposalsRefused(facts, moment.atSeconds - 1 - refusalsSeconds),
        providerAnswered(facts, moment),
        ...analysisFailed(facts, moment),
      ];
    },
  };
}

function analysisFailed(facts: RemediationFacts, { atSeconds, createdAt }: AnalysisMoment): readonly Step[] {
  const analysis = aiAnalysis(facts, {
    createdAt,
    status: {
      phase: 'Failed',
      ...noWorkflowReason,
      message: noWorkflowWarning,
      investigationId: incidentRequest(facts).incident_id,
      rootCause: facts.incident.investigation.rootCause,
      warnings: [noWorkflowWarning],
    },
  });
  const input = { analysis, previousPhase: 'Investigating' };
  return [
    {
      atSeconds,
      service: 'aianalysis',
      method: 'analysisFailed',
      input: { ...input, error: undefined },
    },
    { atSeconds, service: 'aianalysis', method: 'phaseTransition', input },
  ];
}
