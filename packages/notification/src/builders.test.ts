import { isEventSkip, skipEvent } from '@audit/schema';
import { anyHostileText, expectStoredEvents } from '@audit/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as builders from './builders.ts';
import type { NotificationRequest } from './notification-request.ts';

// What the tests here build is also sent to the running service, which must store every event.
const expectEvent = expectStoredEvents();

const notification = {
  metadata: {
    name: 'nr-completion-rr-3f9ab2c41d07-5e8c1a7b',
    namespace: 'payments',
    uid: 'f0a3c1de-6a1d-4b7e-9d0f-2c8b5e4a7f10',
  },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    type: 'completion',
    priority: 'critical',
    subject: 'checkout recovered',
    body: 'The memory limit of deployment checkout is now 1Gi.',
    metadata: { cluster: 'prod-eu-1', environment: 'production' },
  },
} satisfies NotificationRequest;

const envelope = {
  version: '1.0',
  event_category: 'notification',
  actor_type: 'service',
  actor_id: 'notification-controller',
  resource_type: 'NotificationRequest',
  resource_id: 'nr-completion-rr-3f9ab2c41d07-5e8c1a7b',
  correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
  namespace: 'payments',
};

const basePayload = {
  notification_id: 'nr-completion-rr-3f9ab2c41d07-5e8c1a7b',
  subject: 'checkout recovered',
  priority: 'critical',
  metadata: { cluster: 'prod-eu-1', environment: 'production' },
};

const slackPayload = {
  channel: 'slack',
  body: 'The memory limit of deployment checkout is now 1Gi.',
};

describe('messageSent', () => {
  it('records the message that a channel took', () => {
    expect(builders.messageSent({ notification, channel: 'slack' })).toStrictEqual({
      ...envelope,
      event_type: 'notification.message.sent',
      event_action: 'sent',
      event_outcome: 'success',
      event_data: {
        event_type: 'notification.message.sent',
        ...basePayload,
        ...slackPayload,
        type: 'completion',
      },
    });
  });
});

describe('messageFailed', () => {
  it('records the attempt with its error', () => {
    const error = new Error('slack answered 503 Service Unavailable');
    const input = { notification, channel: 'slack', error, retryPossible: true };
    expect(builders.messageFailed(input)).toStrictEqual({
      ...envelope,
      event_type: 'notification.message.failed',
      event_action: 'sent',
      event_outcome: 'failure',
      event_data: {
        event_type: 'notification.message.failed',
        ...basePayload,
        ...slackPayload,
        error_type: 'transient',
        error: 'slack answered 503 Service Unavailable',
      },
    });
  });

  it('says permanent when no further attempt can succeed, instead of always transient', () => {
    expect(fail(new Error('channel_not_found'), { retryPossible: false })).toMatchObject({
      error_type: 'permanent',
      error: 'channel_not_found',
    });
  });

  it.each([null, undefined])('leaves out an error that is %s', (error) => {
    expect(fail(error)).not.toHaveProperty('error');
  });

  it.each([
    ['mailbox full', 'mailbox full'],
    [{ message: 'mailbox full', name: 'SmtpError' }, 'mailbox full'],
    [{ message: '', name: 'TimeoutError' }, 'TimeoutError'],
    [{ message: 7 }, 'an object'],
    [{}, 'an object'],
    [550, '550'],
    ['', '""'],
  ])('puts the error %j into words: %s', (error, text) => {
    expect(fail(error).error).toBe(text);
  });

  it('tells the causes of an error as well, each once', () => {
    const cause = new Error('connect ECONNREFUSED', { cause: 'no route' });
    const wrapped = new Error('fetch failed', { cause: new Error('fetch failed', { cause }) });
    expect(fail(wrapped).error).toBe('fetch failed: connect ECONNREFUSED: no route');
    expect(fail({ cause: '' }).error).toBe('an object');
  });

  it('ends with causes that form a circle', () => {
    const error = new Error('round');
    error.cause = error;
    expect(fail(error).error).toBe('round');
  });
});

describe('messageAcknowledged', () => {
  const sent = { ...notification, status: { phase: 'Sent' } };

  it('records that every channel delivered', () => {
    const built = builders.messageAcknowledged({ notification: sent, previousPhase: 'Sending' });
    expect(built).toStrictEqual({
      ...envelope,
      event_type: 'notification.message.acknowledged',
      event_action: 'acknowledged',
      event_outcome: 'success',
      event_data: { event_type: 'notification.message.acknowledged', ...basePayload },
    });
  });

  it('is skipped when the notification was sent before', () => {
    expect(builders.messageAcknowledged({ notification: sent, previousPhase: 'Sent' })).toStrictEqual(
      skipEvent('the phase was Sent already: the move into it is recorded once'),
    );
  });

  it.each(['Pending', 'Sending', 'Retrying', 'PartiallySent', 'Failed'])(
    'is skipped in phase %s',
    (phase) => {
      const change = { notification: { ...notification, status: { phase } }, previousPhase: 'Sending' };
      expect(builders.messageAcknowledged(change)).toStrictEqual(
        skipEvent(`the phase is ${phase}, not Sent`),
      );
    },
  );

  it.each([undefined, {}, { phase: '' }])('is skipped while the status is %j', (status) => {
    const unseen = status === undefined ? notification : { ...notification, status };
    expect(builders.messageAcknowledged({ notification: unseen, previousPhase: '' })).toStrictEqual(
      skipEvent('the phase is not set, not Sent'),
    );
  });
});

describe('messageEscalated', () => {
  const failed = { ...notification, status: { phase: 'Failed' } };

  it('records that no attempt is left', () => {
    const built = builders.messageEscalated({ notification: failed, previousPhase: 'Retrying' });
    expect(built).toStrictEqual({
      ...envelope,
      event_type: 'notification.message.escalated',
      event_action: 'escalated',
      event_outcome: 'success',
      event_data: {
        event_type: 'notification.message.escalated',
        ...basePayload,
        reason: 'A notification of priority critical could not be delivered.',
      },
    });
  });

  it('gives a reason without a priority too', () => {
    const spec = { ...notification.spec, priority: '' };
    const built = builders.messageEscalated({ notification: { ...failed, spec }, previousPhase: undefined });
    expect(built).toMatchObject({ event_data: { reason: 'A notification could not be delivered.' } });
  });

  it('is skipped when the notification had failed before', () => {
    expect(builders.messageEscalated({ notification: failed, previousPhase: 'Failed' })).toStrictEqual(
      skipEvent('the phase was Failed already: the move into it is recorded once'),
    );
  });

  it.each(['Retrying', 'PartiallySent', 'Sent'])('is skipped in phase %s', (phase) => {
    const change = { notification: { ...notification, status: { phase } }, previousPhase: 'Sending' };
    expect(builders.messageEscalated(change)).toStrictEqual(skipEvent(`the phase is ${phase}, not Failed`));
  });
});

describe('correlation', () => {
  const { remediationRequestRef, ...specWithoutReference } = notification.spec;
  const forgedMetadata = { remediationRequestName: 'rr-of-somebody-else' };

  it.each([undefined, null, {}, { name: '' }])(
    'is the UID when the reference is %j, not the metadata',
    (reference) => {
      const spec =
        reference === undefined
          ? { ...specWithoutReference, metadata: forgedMetadata }
          : { ...specWithoutReference, metadata: forgedMetadata, remediationRequestRef: reference };
      expect(correlationsOf({ ...notification, spec })).toEqual(Array(4).fill(notification.metadata.uid));
    },
  );

  it('is the RemediationRequest for all four events', () => {
    expect(correlationsOf(notification)).toEqual(Array(4).fill('rr-3f9ab2c41d07-5e8c1a7b'));
  });

  it('is the name of the notification when it has no UID, and "unknown" without a name', () => {
    const unrelated = { ...notification, spec: specWithoutReference };
    expect(correlationsOf({ ...unrelated, metadata: { name: 'nr-1' } })).toEqual(Array(4).fill('nr-1'));
    expect(correlationsOf({ ...unrelated, metadata: { name: '', uid: '' } })).toEqual(
      Array(4).fill('unknown'),
    );
  });
});

describe('odd values', () => {
  it('keep the event: a channel without a name, which the reference refuses, is "unknown"', () => {
    const sent = expectEvent(builders.messageSent({ notification, channel: '' }));
    expect(sent.event_data.channel).toBe('unknown');
    const failure = { error: 'no channel', retryPossible: false };
    const failed = expectEvent(builders.messageFailed({ notification, channel: '', ...failure }));
    expect(failed.event_data.channel).toBe('unknown');
  });

  it('keep a hostile channel verbatim', () => {
    const channel = "slack'; DROP TABLE audit; -- <script>\n🚀";
    expect(builders.messageSent({ notification, channel }).event_data.channel).toBe(channel);
  });

  it.each([undefined, null, {}])('leave out metadata that is %j', (metadata) => {
    const { metadata: _, ...spec } = notification.spec;
    const { event_data } = send({ spec: metadata === undefined ? spec : { ...spec, metadata } });
    expect(event_data).not.toHaveProperty('metadata');
  });

  it('keep a subject that is empty, and one of 15,000 characters whole', () => {
    for (const subject of ['', 's'.repeat(15_000)]) {
      expect(send({ spec: { ...notification.spec, subject } }).event_data.subject).toBe(subject);
    }
  });

  it('cut texts that would make the event too large', () => {
    const huge = 'x'.repeat(1_000_000);
    const spec = { ...notification.spec, subject: huge, body: huge };
    const input = { notification: { ...notification, spec }, channel: 'email', retryPossible: true };
    const { event_data } = builders.messageFailed({ ...input, error: huge });
    expect(event_data).toMatchObject({
      subject: `${'x'.repeat(16_383)}…`,
      body: `${'x'.repeat(32_767)}…`,
      error: `${'x'.repeat(16_383)}…`,
    });
  });

  it('cut names that are too long for the envelope and keep them whole in the payload', () => {
    const name = 'n'.repeat(300);
    const built = send({ metadata: { name, namespace: name } });
    expect(built.resource_id).toBe(`${'n'.repeat(254)}…`);
    expect(built.namespace).toBe(`${'n'.repeat(252)}…`);
    expect(built.event_data.notification_id).toBe(name);
  });

  it('leave out the namespace of an object without one', () => {
    expect(send({ metadata: { name: 'nr-1', namespace: '' } })).not.toHaveProperty('namespace');
  });

  it('become text that a store can keep', () => {
    const spec = { ...notification.spec, body: 'a\u0000b\uD800', metadata: { _sd: '1' } };
    expect(send({ spec }).event_data).toMatchObject({ body: 'a\uFFFDb\uFFFD', metadata: { '"_sd"': '1' } });
  });
});

describe('any input', () => {
  it('becomes an event that the contract accepts, or a skip', () => {
    fc.assert(
      fc.property(
        anyNotification(),
        anyText(),
        anyPhase(),
        anyError(),
        (any, channel, previousPhase, error) => {
          const results = [
            builders.messageSent({ notification: any, channel }),
            builders.messageFailed({ notification: any, channel, error, retryPossible: channel === '' }),
            builders.messageAcknowledged({ notification: any, previousPhase }),
            builders.messageEscalated({ notification: any, previousPhase }),
          ];
          for (const result of results) if (!isEventSkip(result)) expectEvent(result);
        },
      ),
    );
  });
});

function send(parts: Partial<NotificationRequest>) {
  return expectEvent(builders.messageSent({ notification: { ...notification, ...parts }, channel: 'slack' }));
}

function fail(error: unknown, { retryPossible = true } = {}) {
  const input = { notification, channel: 'slack', error, retryPossible };
  return expectEvent(builders.messageFailed(input)).event_data;
}

function correlationsOf(any: NotificationRequest) {
  const change = (phase: string) => ({
    notification: { ...any, status: { phase } },
    previousPhase: 'Sending',
  });
  const results = [
    builders.messageSent({ notification: any, channel: 'slack' }),
    builders.messageFailed({ notification: any, channel: 'slack', error: null, retryPossible: true }),
    builders.messageAcknowledged(change('Sent')),
    builders.messageEscalated(change('Failed')),
  ];
  return results.map((result) => (isEventSkip(result) ? result : expectEvent(result).correlation_id));
}

function anyText(): fc.Arbitrary<string> {
  return anyHostileText('slack');
}

function anyPhase(): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom('Sent', 'Failed', 'Sending', ''), anyText());
}

function anyError(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true }),
    fc.tuple(anyText(), fc.anything()).map(([message, cause]) => new Error(message, { cause })),
  );
}

function anyNotification(): fc.Arbitrary<NotificationRequest> {
  const text = anyText();
  return fc.record(
    {
      metadata: fc.record({ name: text, namespace: text, uid: text }, { requiredKeys: ['name'] }),
      spec: fc.record(
        {
          remediationRequestRef: fc.option(fc.record({ name: text }, { requiredKeys: [] })),
          type: text,
          priority: text,
          subject: text,
          body: text,
          metadata: fc.option(fc.dictionary(text, text)),
        },
        { requiredKeys: ['type', 'priority', 'subject', 'body'] },
      ),
      status: fc.record({ phase: anyPhase() }, { requiredKeys: [] }),
    },
    { requiredKeys: ['metadata', 'spec'] },
  );
}
