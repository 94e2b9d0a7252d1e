import { type Message, notificationRequest } from '../objects/notification-request.ts';
import { defaultTimeLimits, remediationRequest } from '../objects/remediation-request.ts';
import { newWorkflowExecution } from '../objects/workflow-execution.ts';
import { onCall } from '../people.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';
import { phaseChanged } from './phase-changed.ts';

/** The workflow may not start: an earlier execution failed at the same target. The controller records nothing of it. */
export function executionHeldBack(facts: RemediationFacts): StoryPart {
  return {
    seconds: 1,
    steps: (start) => [phaseChanged(facts, { atSeconds: start, from: 'Analyzing', to: 'Executing' })],
  };
}

/** A person gives the remediation more time. */
export function timeLimitRaised(facts: RemediationFacts): StoryPart {
  const timeoutConfig = { ...defaultTimeLimits, global: '2h0m0s', executing: '45m0s' };
  return {
    seconds: 20,
    steps: (start) => [
      {
        atSeconds: start,
        service: 'webhook',
        method: 'remediationrequestTimeoutModified',
        input: {
          remediation: remediationRequest(facts, { overallPhase: 'Executing', timeoutConfig }),
          previous: remediationRequest(facts, { overallPhase: 'Executing' }),
          user: onCall,
          modifiedAt: new Date(facts.time(start)),
        },
      },
    ],
  };
}

/** A person clears the block that an earlier failure left on the execution. */
export function blockCleared(facts: RemediationFacts, clearReason: string): StoryPart {
  return {
    seconds: 2,
    steps: (start) => {
      const blocked = newWorkflowExecution(facts, start);
      return [
        {
          atSeconds: start,
          service: 'webhook',
          method: 'workflowUnblocked',
          input: {
            execution: { ...blocked, status: { blockClearance: { clearReason } } },
            previous: blocked,
            user: onCall,
            clearedAt: new Date(facts.time(start)),
          },
        },
      ];
    },
  };
}

/** A person deletes a notification before it is delivered. */
export function notificationCancelled(facts: RemediationFacts, message: Message): StoryPart {
  return {
    seconds: 15,
    steps: (start) => [
      {
        atSeconds: start,
        service: 'webhook',
        method: 'notificationCancelled',
        input: {
          notification: notificationRequest(facts, { createdAt: start, phase: 'Pending', message }),
          user: onCall,
        },
      },
    ],
  };
}
