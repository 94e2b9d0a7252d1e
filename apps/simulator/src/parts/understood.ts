import type { RemediationFacts } from '../scenario.ts';
import { inTurn, type StoryPart } from '../story.ts';
import { alertAccepted } from './alert-accepted.ts';
import { analysed, type PolicyDecision } from './analysed.ts';
import { signalProcessed } from './signal-processed.ts';

/** The beginning of most stories: an alert is accepted, enriched and analysed, and a workflow is chosen. */
export function understood(facts: RemediationFacts, decision: PolicyDecision): StoryPart {
  return inTurn(alertAccepted(facts), signalProcessed(facts), analysed(facts, decision));
}
