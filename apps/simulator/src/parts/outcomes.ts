import { needsPerson, recovered } from '../messages.ts';
import type { ExecutionFailure } from '../objects/workflow-execution.ts';
import type { RemediationFacts } from '../scenario.ts';
import { inTurn, type StoryPart } from '../story.ts';
import { notified } from './notified.ts';
import { failed, type RemediationFailure, remedied } from './remediation-ended.ts';

/** The end of a good story: the remediation is completed and people are told. */
export function endsWell(facts: RemediationFacts): StoryPart {
  return inTurn(remedied(facts), notified(facts, recovered(facts)));
}

/** The end of a bad story: the remediation failed and a person is asked to take over. */
export function endsBadly(facts: RemediationFacts, failure: RemediationFailure): StoryPart {
  return inTurn(failed(facts, failure), notified(facts, needsPerson(facts, failure.reason)));
}

/** What the orchestrator says of a workflow that failed. */
export function workflowFailure({ details }: ExecutionFailure): RemediationFailure {
  return {
    in: 'Executing',
    failurePhase: 'workflow_execution',
    reason: details.naturalLanguageSummary,
  };
}
