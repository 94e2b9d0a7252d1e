import type { Step } from '../managers.ts';
import { type AIAnalysisObject, aiAnalysis } from '../objects/ai-analysis.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';
import { type AnalysisMoment, analysisBegun } from './analysed.ts';
import { asked } from './language-model.ts';

/** What the controller learns of the provider that does not answer. */
export const providerError = {
  name: 'TimeoutError',
  message: 'calling /api/v1/incident/analyze: context deadline exceeded',
};

/** The provider of the language model answers at none of three attempts, and the analysis fails. */
export function providerFailed(facts: RemediationFacts): StoryPart {
  return {
    seconds: 72,
    steps: (start) => [
      analysisBegun(facts, start),
      ...[start, start + 22, start + 49].flatMap((atSeconds) =>
        unanswered(facts, { atSeconds, createdAt: start }),
      ),
      ...givenUp(failedAnalysis(facts, start), start + 69),
    ],
  };
}

/** The provider of the language model does not answer, and nobody gives up. */
export function providerSilent(facts: RemediationFacts, seconds: number): StoryPart {
  return {
    seconds,
    steps: (start) => [analysisBegun(facts, start), asked(facts, start)],
  };
}

function unanswered(facts: RemediationFacts, { atSeconds, createdAt }: AnalysisMoment): readonly Step[] {
  const analysis = aiAnalysis(facts, { createdAt, status: { phase: 'Investigating' } });
  return [
    asked(facts, atSeconds),
    {
      atSeconds: atSeconds + 20,
      service: 'aianalysis',
      method: 'holmesgptCall',
      input: {
        analysis,
        endpoint: '/api/v1/incident/analyze',
        httpStatusCode: undefined,
        durationMs: 20_000,
      },
    },
  ];
}

function failedAnalysis(facts: RemediationFacts, createdAt: number): AIAnalysisObject {
  return aiAnalysis(facts, {
    createdAt,
    status: {
      phase: 'Failed',
      reason: 'ProviderFailed',
      subReason: 'MaxRetriesExceeded',
      message: providerError.message,
    },
  });
}

function givenUp(analysis: AIAnalysisObject, atSeconds: number): readonly Step[] {
  const input = { analysis, previousPhase: 'Investigating' };
  const withError = { ...input, error: providerError };
  return [
    { atSeconds, service: 'aianalysis', method: 'errorOccurred', input: withError },
    { atSeconds, service: 'aianalysis', method: 'analysisFailed', input: withError },
    { atSeconds, service: 'aianalysis', method: 'phaseTransition', input },
  ];
}
