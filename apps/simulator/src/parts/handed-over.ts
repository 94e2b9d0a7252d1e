import type { AuthenticatedUser } from '@audit/webhook';
import type { Step } from '../managers.ts';
import { needsPerson } from '../messages.ts';
import { type NotificationRequestObject, notificationRequest } from '../objects/notification-request.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';
import { notified } from './notified.ts';
import { failedRemediation, type RemediationFailure } from './remediation-ended.ts';

/** A failed remediation that a person takes over. */
export interface Handover {
  readonly failure: RemediationFailure;
  /** Why a person must look, in the words of the analysis' status. */
  readonly why: { readonly reason: string; readonly subReason: string };
  readonly to: AuthenticatedUser;
  /** From the request for the review to the person's acknowledgement. */
  readonly afterSeconds: number;
}

/** The remediation needs a manual review; people get a message, and one of them acknowledges it. */
export function handedOver(facts: RemediationFacts, handover: Handover): StoryPart {
  const { failure, to, afterSeconds } = handover;
  const message = needsPerson(facts, failure.reason);
  return {
    seconds: afterSeconds + 1,
    steps: (start) => {
      const notification = notificationRequest(facts, { createdAt: start, phase: 'Sent', message });
      return [
        reviewRequired(facts, { atSeconds: start, handover, notification }),
        ...notified(facts, message).steps(start),
        {
          atSeconds: start + afterSeconds,
          service: 'webhook',
          method: 'notificationAcknowledged',
          input: { notification, user: to },
        },
      ];
    },
  };
}

interface Review {
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
  readonly handover: Handover;
  readonly notification: NotificationRequestObject;
}

function reviewRequired(facts: RemediationFacts, { atSeconds, handover, notification }: Review): Step {
  const { failure, why } = handover;
  return {
    atSeconds,
    service: 'orchestrator',
    method: 'remediationManualReview',
    input: {
      remediation: failedRemediation(facts, failure),
      ...why,
      notificationName: notification.metadata.name,
    },
  };
}
