import { newRemediationRequest, remediationRequest } from '../objects/remediation-request.ts';
import { signal } from '../objects/signal.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';
import { phaseChanged } from './phase-changed.ts';

/** The gateway takes the alert and creates the RemediationRequest; the orchestrator sees it for the first time. */
export function alertAccepted(facts: RemediationFacts): StoryPart {
  const created = { signal: signal(facts), remediationRequest: newRemediationRequest(facts) };
  const unseen = newRemediationRequest(facts);
  const pending = remediationRequest(facts, { overallPhase: 'Pending' });
  return {
    seconds: 2,
    steps: (start) => [
      { atSeconds: start, service: 'gateway', method: 'signalReceived', input: created },
      { atSeconds: start, service: 'gateway', method: 'crdCreated', input: created },
      {
        atSeconds: start + 1,
        service: 'orchestrator',
        method: 'lifecycleStarted',
        input: { remediation: unseen, previousPhase: undefined },
      },
      {
        atSeconds: start + 1,
        service: 'orchestrator',
        method: 'lifecycleCreated',
        input: { remediation: pending, previousPhase: undefined },
      },
      phaseChanged(facts, { atSeconds: start + 1, from: 'Pending', to: 'Processing' }),
    ],
  };
}

/** The alert fires again while it is being handled. */
export function alertRepeated(facts: RemediationFacts, occurrenceCount: number): StoryPart {
  return {
    seconds: 1,
    steps: (start) => [
      {
        atSeconds: start,
        service: 'gateway',
        method: 'signalDeduplicated',
        input: {
          signal: signal(facts),
          remediationRequest: newRemediationRequest(facts, occurrenceCount),
        },
      },
    ],
  };
}

/** The API server does not take the RemediationRequest, so there is none; the alert will come again. */
export function alertRefused(facts: RemediationFacts): StoryPart {
  const error = {
    kind: 'Status',
    status: 'Failure',
    code: 504,
    reason: 'Timeout',
    message: 'etcdserver: request timed out',
  };
  return {
    seconds: 1,
    steps: (start) => [
      {
        atSeconds: start,
        service: 'gateway',
        method: 'crdFailed',
        input: { signal: signal(facts), error, circuitBreakerOpen: false },
      },
    ],
  };
}
