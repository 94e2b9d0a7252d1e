import type { Step } from '../managers.ts';
import { type Message, notificationRequest } from '../objects/notification-request.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';

/** People get a message on every channel. */
export function notified(facts: RemediationFacts, message: Message): StoryPart {
  return {
    seconds: 3,
    steps: (start) => {
      const sending = notificationRequest(facts, { createdAt: start, phase: 'Sending', message });
      const sent = notificationRequest(facts, { createdAt: start, phase: 'Sent', message });
      return [
        {
          atSeconds: start + 1,
          service: 'notification',
          method: 'messageSent',
          input: { notification: sending, channel: 'slack' },
        },
        {
          atSeconds: start + 2,
          service: 'notification',
          method: 'messageSent',
          input: { notification: sending, channel: 'email' },
        },
        {
          atSeconds: start + 2,
          service: 'notification',
          method: 'messageAcknowledged',
          input: { notification: sent, previousPhase: 'Sending' },
        },
      ];
    },
  };
}

/** Slack does not take the message at any of three attempts, so it is escalated. */
export function notNotified(facts: RemediationFacts, message: Message): StoryPart {
  return {
    seconds: 93,
    steps: (start) => {
      const sending = notificationRequest(facts, { createdAt: start, phase: 'Sending', message });
      const failed = notificationRequest(facts, { createdAt: start, phase: 'Failed', message });
      const attempts = [1, 31, 91].map(
        (delaySeconds, index): Step => ({
          atSeconds: start + delaySeconds,
          service: 'notification',
          method: 'messageFailed',
          input: {
            notification: sending,
            channel: 'slack',
            error: 'slack answered 503 Service Unavailable',
            retryPossible: index < 2,
          },
        }),
      );
      return [
        ...attempts,
        {
          atSeconds: start + 91,
          service: 'notification',
          method: 'messageEscalated',
          input: { notification: failed, previousPhase: 'Sending' },
        },
      ];
    },
  };
}
