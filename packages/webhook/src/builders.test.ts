import { isEventSkip, skipEvent } from '@audit/schema';
import { anyHostileText, expectStoredEvents } from '@audit/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuthenticatedUser } from './attribution.ts';
import * as builders from './builders.ts';
import type {
  NotificationRequest,
  RemediationApprovalRequest,
  RemediationRequest,
  TimeoutConfig,
  WorkflowExecution,
} from './kubernetes-objects.ts';

// What the tests here build is also sent to the running service, which must store every event.
const expectEvent = expectStoredEvents();

const user = {
  username: 'marta.keller@example.com',
  uid: 'e420eb81-d117-4e1d-86fa-9d50691b06a5',
  groups: ['system:authenticated', 'payments-sre'],
} satisfies AuthenticatedUser;

const controller = {
  username: 'system:serviceaccount:kubernaut-system:remediationorchestrator-controller',
} satisfies AuthenticatedUser;

const moment = new Date('2026-01-14T09:31:48.950Z');

const remediationRequestRef = { name: 'rr-3f9ab2c41d07-5e8c1a7b' };

const envelope = {
  version: '1.0',
  event_category: 'webhook',
  event_outcome: 'success',
  actor_type: 'user',
  actor_id: 'marta.keller@example.com',
  correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
  namespace: 'payments',
};

const notification = {
  metadata: {
    name: 'nr-approval-rr-3f9ab2c41d07-5e8c1a7b',
    namespace: 'payments',
    uid: '6ef9b688-b75c-44d8-846b-caf94e05ea6f',
  },
  spec: {
    remediationRequestRef,
    type: 'manual-review',
    priority: 'high',
    recipients: [
      { email: 'payments-oncall@example.com', slack: '', phone: '+44 20 7946 0123' },
      { slack: '#payments-oncall', teams: 'payments', webhookURL: 'https://hooks.example.com/payments' },
      { email: '' },
    ],
  },
  status: { phase: 'Pending' },
} satisfies NotificationRequest;

const notificationEnvelope = {
  ...envelope,
  resource_type: 'NotificationRequest',
  resource_id: '6ef9b688-b75c-44d8-846b-caf94e05ea6f',
};

const notificationPayload = {
  notification_id: 'nr-approval-rr-3f9ab2c41d07-5e8c1a7b',
  notification_name: 'nr-approval-rr-3f9ab2c41d07-5e8c1a7b',
  type: 'manual-review',
  notification_type: 'manual-review',
  priority: 'high',
  final_status: 'Pending',
  recipients: [
    { email: 'payments-oncall@example.com', phone: '+44 20 7946 0123' },
    { slack: '#payments-oncall', teams: 'payments', webhookURL: 'https://hooks.example.com/payments' },
  ],
  user_uid: 'e420eb81-d117-4e1d-86fa-9d50691b06a5',
  user_groups: ['system:authenticated', 'payments-sre'],
};

const bareNotification = {
  metadata: { name: 'nr-1' },
  spec: { type: 'broadcast', priority: '' },
} satisfies NotificationRequest;

describe('notificationCancelled', () => {
  it('records who deleted the notification, and what it was', () => {
    expect(builders.notificationCancelled({ notification, user })).toStrictEqual({
      ...notificationEnvelope,
      event_type: 'webhook.notification.cancelled',
      event_action: 'deleted',
      event_data: {
        event_type: 'webhook.notification.cancelled',
        ...notificationPayload,
        cancelled_by: 'marta.keller@example.com',
        action: 'notification_cancelled',
      },
    });
  });

  it('leaves out what is not known', () => {
    const input = { notification: bareNotification, user: { username: 'marta', uid: '', groups: [] } };
    expect(builders.notificationCancelled(input)).toStrictEqual({
      version: '1.0',
      event_category: 'webhook',
      event_outcome: 'success',
      actor_type: 'user',
      actor_id: 'marta',
      resource_type: 'NotificationRequest',
      resource_id: 'nr-1',
      correlation_id: 'nr-1',
      event_type: 'webhook.notification.cancelled',
      event_action: 'deleted',
      event_data: {
        event_type: 'webhook.notification.cancelled',
        notification_id: 'nr-1',
        notification_name: 'nr-1',
        cancelled_by: 'marta',
        action: 'notification_cancelled',
      },
    });
  });

  it('is skipped when the object is being deleted already', () => {
    const metadata = { ...notification.metadata, deletionTimestamp: '2026-01-14T09:31:40Z' };
    expect(
      builders.notificationCancelled({ notification: { ...notification, metadata }, user }),
    ).toStrictEqual(skipEvent('the deletion was asked for before: a cancellation is recorded once'));
  });

  it('invents no type, priority or status for words outside the contract', () => {
    const spec = { ...notification.spec, type: 'completion', priority: 'urgent' };
    const { event_data } = buildCancelled({ ...notification, spec, status: { phase: 'PartiallySent' } });
    expect(event_data).not.toHaveProperty('type');
    expect(event_data).not.toHaveProperty('notification_type');
    expect(event_data).not.toHaveProperty('priority');
    expect(event_data).not.toHaveProperty('final_status');
  });

  it.each([
    ['escalation', 'escalation'],
    ['Escalation', 'escalation'],
    ['simple', 'simple'],
    ['Simple', 'simple'],
    ['status-update', 'status-update'],
    ['StatusUpdate', 'status-update'],
    ['approval', 'approval'],
    ['Approval', 'approval'],
    ['manual-review', 'manual-review'],
    ['ManualReview', 'manual-review'],
    ['toString', undefined],
    ['', undefined],
  ])('knows type %j as %j', (type, word) => {
    const { event_data } = buildCancelled({ ...notification, spec: { ...notification.spec, type } });
    expect([event_data.type, event_data.notification_type]).toEqual([word, word]);
  });

  it.each([
    ['critical', 'critical'],
    ['Critical', 'critical'],
    ['high', 'high'],
    ['High', 'high'],
    ['medium', 'medium'],
    ['Medium', 'medium'],
    ['low', 'low'],
    ['Low', 'low'],
    ['P1', undefined],
  ])('knows priority %j as %j', (priority, word) => {
    const { event_data } = buildCancelled({ ...notification, spec: { ...notification.spec, priority } });
    expect(event_data.priority).toBe(word);
  });

  it.each(['Pending', 'Sending', 'Sent', 'Failed', 'Cancelled'])('knows status %s', (phase) => {
    expect(buildCancelled({ ...notification, status: { phase } }).event_data.final_status).toBe(phase);
  });
});

describe('notificationAcknowledged', () => {
  it('records who acknowledged the notification', () => {
    expect(builders.notificationAcknowledged({ notification, user })).toStrictEqual({
      ...notificationEnvelope,
      event_type: 'webhook.notification.acknowledged',
      event_action: 'acknowledged',
      event_data: {
        event_type: 'webhook.notification.acknowledged',
        ...notificationPayload,
        action: 'notification_acknowledged',
      },
    });
  });
});

describe('workflowUnblocked', () => {
  const clearReason = 'Checked the failed restart by hand, nothing is left half done and the target is free.';
  const blocked = {
    metadata: { name: 'wfe-rr-1', namespace: 'payments', uid: 'ec38d4bc-370f-4af3-91c2-840002e498fb' },
    spec: { remediationRequestRef },
    status: {},
  } satisfies WorkflowExecution;

  it('records who cleared the block, and why', () => {
    const execution = { ...blocked, status: { blockClearance: { clearReason } } };
    expect(
      builders.workflowUnblocked({ execution, previous: blocked, user, clearedAt: moment }),
    ).toStrictEqual({
      ...envelope,
      resource_type: 'WorkflowExecution',
      resource_id: 'ec38d4bc-370f-4af3-91c2-840002e498fb',
      event_type: 'webhook.workflow.unblocked',
      event_action: 'block_cleared',
      event_data: {
        event_type: 'webhook.workflow.unblocked',
        workflow_name: 'wfe-rr-1',
        clear_reason: clearReason,
        cleared_at: '2026-01-14T09:31:48.950Z',
        previous_state: 'Blocked',
        new_state: 'Running',
      },
    });
  });

  it('records the authenticated user when somebody else is prefilled in clearedBy', () => {
    const blockClearance = { clearReason, clearedBy: 'somebody.else@example.com' };
    const built = build({ blockClearance }, {});
    expect(built).toMatchObject({ actor_id: 'marta.keller@example.com' });
  });

  it('records a clearance with which the object was created', () => {
    const execution = { ...blocked, status: { blockClearance: { clearReason } } };
    const built = builders.workflowUnblocked({ execution, previous: null, user, clearedAt: moment });
    expect(isEventSkip(built)).toBe(false);
  });

  it('cuts a reason that would make the event too large', () => {
    expect(build({ blockClearance: { clearReason: 'x'.repeat(1_000_000) } }, {})).toMatchObject({
      event_data: { clear_reason: `${'x'.repeat(16_383)}…` },
    });
  });

  it.each([
    ['the request clears no block', {}],
    ['the request clears no block', { blockClearance: null }],
  ])('is skipped when %s', (reason, status) => {
    expect(build(status, {})).toStrictEqual(skipEvent(reason));
  });

  it('is skipped when the old object names who cleared the block', () => {
    const before = { blockClearance: { clearReason, clearedBy: 'marta.keller@example.com' } };
    const after = { blockClearance: { clearReason: 'another reason', clearedBy: '' } };
    expect(build(after, before)).toStrictEqual(
      skipEvent('the block was cleared before: a clearance is recorded once'),
    );
  });

  it('is skipped when another part of the object changed', () => {
    const unchanged = { blockClearance: { clearReason } };
    expect(build(unchanged, unchanged)).toStrictEqual(skipEvent('the clearance is unchanged'));
  });

  function build(status: WorkflowExecution['status'], before: WorkflowExecution['status']) {
    return builders.workflowUnblocked({
      execution: { ...blocked, ...(status && { status }) },
      previous: { ...blocked, ...(before && { status: before }) },
      user,
      clearedAt: moment,
    });
  }
});

describe('approvalDecided', () => {
  const undecided = {
    metadata: { name: 'rar-rr-1', namespace: 'payments', uid: '665cff03-1f58-4b3b-b2f7-dcdec7d268aa' },
    spec: { remediationRequestRef, aiAnalysisRef: { name: 'ai-rr-1' } },
  } satisfies RemediationApprovalRequest;

  it.each(['Approved', 'Rejected', 'Expired'])('records the decision %s as it was made', (decision) => {
    const request = { ...undecided, status: { decision, decisionMessage: 'Agreed with the team.' } };
    expect(builders.approvalDecided({ request, previous: undecided, user, decidedAt: moment })).toStrictEqual(
      {
        ...envelope,
        resource_type: 'RemediationApprovalRequest',
        resource_id: '665cff03-1f58-4b3b-b2f7-dcdec7d268aa',
        event_type: 'webhook.approval.decided',
        event_action: 'approval_decided',
        event_data: {
          event_type: 'webhook.approval.decided',
          request_name: 'rar-rr-1',
          decision,
          decided_at: '2026-01-14T09:31:48.950Z',
          decision_message: 'Agreed with the team.',
          ai_analysis_ref: 'ai-rr-1',
        },
      },
    );
  });

  it('records a decision with which the object was created, without message and analysis', () => {
    const request = { ...undecided, spec: { remediationRequestRef, aiAnalysisRef: {} } };
    const status = { decision: 'Rejected' };
    expect(
      builders.approvalDecided({ request: { ...request, status }, previous: null, user, decidedAt: moment }),
    ).toMatchObject({ event_data: { decision: 'Rejected', decision_message: '', ai_analysis_ref: '' } });
  });

  it.each([
    ['Deferred', 'wait for Monday', 'Deferred: wait for Monday'],
    ['approved', '', 'approved'],
    ['Unknown', '', 'Unknown'],
  ])('keeps decision %j as text and calls it Unknown', (decision, decisionMessage, message) => {
    expect(build({ decision, decisionMessage })).toMatchObject({
      event_data: { decision: 'Unknown', decision_message: message },
    });
  });

  it('records the authenticated user when somebody else is prefilled in decidedBy', () => {
    expect(build({ decision: 'Approved', decidedBy: 'somebody.else@example.com' })).toMatchObject({
      actor_id: 'marta.keller@example.com',
    });
  });

  it('records a person who passes a decision off as an expiry by the system', () => {
    expect(build({ decision: 'Expired', decidedBy: 'system' })).toMatchObject({
      actor_id: 'marta.keller@example.com',
      event_data: { decision: 'Expired' },
    });
  });

  it('cuts a message that would make the event too large', () => {
    expect(build({ decision: 'Approved', decisionMessage: 'x'.repeat(1_000_000) })).toMatchObject({
      event_data: { decision_message: `${'x'.repeat(16_383)}…` },
    });
  });

  it('is skipped when the controller let the request expire', () => {
    const request = { ...undecided, status: { decision: 'Expired', decidedBy: 'system' } };
    expect(
      builders.approvalDecided({ request, previous: undecided, user: controller, decidedAt: moment }),
    ).toStrictEqual(skipEvent('the controller let the request expire: no user decided'));
  });

  it.each([{}, { decision: '' }])('is skipped while the status is %j', (status) => {
    expect(build(status)).toStrictEqual(skipEvent('there is no decision yet'));
  });

  it('is skipped when the old object was decided', () => {
    expect(build({ decision: 'Rejected' }, { decision: 'Approved' })).toStrictEqual(
      skipEvent('the request was decided before: a decision is recorded once'),
    );
  });

  type Status = NonNullable<RemediationApprovalRequest['status']>;

  function build(status: Status, before: Status = {}) {
    return builders.approvalDecided({
      request: { ...undecided, status },
      previous: { ...undecided, status: before },
      user,
      decidedAt: moment,
    });
  }
});

describe('remediationrequestTimeoutModified', () => {
  const remediation = {
    metadata: { name: 'rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments', uid: '0b1c' },
  } satisfies RemediationRequest;
  const limits = { global: '1h0m0s', processing: '5m0s', analyzing: '10m0s', executing: '0s' };

  it('records the limits before and after, and names the resource by the name of the object', () => {
    const previous = withLimits(limits);
    const current = withLimits({ ...limits, global: '2h0m0s', analyzing: null });
    expect(
      builders.remediationrequestTimeoutModified({
        remediation: current,
        previous,
        user,
        modifiedAt: moment,
      }),
    ).toStrictEqual({
      ...envelope,
      resource_type: 'RemediationRequest',
      resource_id: 'rr-3f9ab2c41d07-5e8c1a7b',
      event_type: 'webhook.remediationrequest.timeout_modified',
      event_action: 'timeout_modified',
      event_data: {
        event_type: 'webhook.remediationrequest.timeout_modified',
        rr_name: 'rr-3f9ab2c41d07-5e8c1a7b',
        namespace: 'payments',
        modified_by: 'marta.keller@example.com',
        modified_at: '2026-01-14T09:31:48.950Z',
        old_timeout_config: limits,
        new_timeout_config: { global: '2h0m0s', processing: '5m0s', executing: '0s' },
      },
    });
  });

  it.each([
    ['set', null, limits, { new_timeout_config: limits }],
    ['set without a limit', undefined, {}, { new_timeout_config: {} }],
    ['removed', limits, null, { old_timeout_config: limits }],
  ])('records limits that were %s', (_, before, after, expected) => {
    const { old_timeout_config, new_timeout_config } = expectEvent(change(before, after)).event_data;
    expect(JSON.parse(JSON.stringify({ old_timeout_config, new_timeout_config }))).toStrictEqual(expected);
  });

  it.each(['global', 'processing', 'analyzing', 'executing'])('sees a change of %s', (name) => {
    for (const length of ['7m0s', '', null]) {
      expect(isEventSkip(change(limits, { ...limits, [name]: length }))).toBe(false);
    }
  });

  it.each([
    ['1h0m0s', '60m'],
    ['1h0m0s', '+1.h'],
    ['1s', '1000000us'],
    ['1ms', '500\u00b5s500\u03bcs'],
    ['1ms', '1000000ns'],
    ['0s', '0'],
    ['0s', '-0s'],
    ['500ms', '.5s'],
    ['soon', 'soon'],
    [null, undefined],
    [null, ''],
  ])('takes %j and %j for the same length', (before, after) => {
    const built = change({ global: before }, after === undefined ? {} : { global: after });
    expect(built).toStrictEqual(skipEvent('the time limits are unchanged'));
  });

  it.each([
    ['5m', '-5m'],
    ['0s', null],
    ['soon', 'later'],
    ['1h', '1 h'],
  ])('takes %j and %j for different lengths', (before, after) => {
    expect(isEventSkip(change({ global: before }, { global: after }))).toBe(false);
  });

  it('is skipped when neither object has limits', () => {
    expect(change(null, undefined)).toStrictEqual(skipEvent('the time limits are unchanged'));
  });

  it('is skipped when the object is new', () => {
    const built = builders.remediationrequestTimeoutModified({
      remediation: withLimits(limits),
      previous: null,
      user,
      modifiedAt: moment,
    });
    expect(built).toStrictEqual(skipEvent('the object is new: nothing was modified'));
  });

  function withLimits(timeoutConfig: TimeoutConfig | null | undefined): RemediationRequest {
    return timeoutConfig === undefined ? remediation : { ...remediation, status: { timeoutConfig } };
  }

  function change(before: TimeoutConfig | null | undefined, after: TimeoutConfig | null | undefined) {
    return builders.remediationrequestTimeoutModified({
      remediation: withLimits(after),
      previous: withLimits(before),
      user,
      modifiedAt: moment,
    });
  }
});

describe('names', () => {
  it('correlates by the name of the object when no remediation is named', () => {
    const spec = { ...notification.spec, remediationRequestRef: { name: '' } };
    const { correlation_id } = buildCancelled({ ...notification, spec });
    expect(correlation_id).toBe('nr-approval-rr-3f9ab2c41d07-5e8c1a7b');
  });

  it('correlates by "unknown" when nothing has a name', () => {
    const { correlation_id, resource_id } = buildCancelled({
      metadata: { name: '' },
      spec: { ...notification.spec, remediationRequestRef: null },
    });
    expect([correlation_id, resource_id]).toEqual(['unknown', 'unknown']);
  });

  it('calls a user without a name "unknown"', () => {
    const { actor_id, event_data } = expectEvent(
      builders.notificationCancelled({ notification, user: { username: '' } }),
    );
    expect([actor_id, event_data.cancelled_by]).toEqual(['unknown', 'unknown']);
  });

  it('cuts names that are too long for the envelope and keeps them whole in the payload', () => {
    const name = 'n'.repeat(300);
    const built = buildCancelled({ ...bareNotification, metadata: { name, namespace: name } });
    expect(built.correlation_id).toBe(`${'n'.repeat(254)}…`);
    expect(built.namespace).toBe(`${'n'.repeat(252)}…`);
    expect(built.event_data.notification_name).toBe(name);
  });

  it('replaces text that no store can keep', () => {
    const { event_data } = buildCancelled({ ...notification, metadata: { name: 'a\u0000b\uD800' } });
    expect(event_data.notification_name).toBe('a\uFFFDb\uFFFD');
  });
});

describe('the moment of an event', () => {
  it.each([
    ['an invalid Date', new Date(Number.NaN)],
    ['a year of five digits', new Date('+010000-01-01T00:00:00Z')],
  ])('is the zero time of Go when it is %s', (_, modifiedAt) => {
    const built = builders.remediationrequestTimeoutModified({
      remediation: { metadata: { name: 'rr-1' }, status: { timeoutConfig: { global: '1h' } } },
      previous: { metadata: { name: 'rr-1' } },
      user,
      modifiedAt,
    });
    expect(expectEvent(built).event_data.modified_at).toBe('0001-01-01T00:00:00Z');
  });
});

describe('any input', () => {
  it('becomes an event that the contract accepts, or a skip', () => {
    fc.assert(
      fc.property(anyInput(), ({ objects, previous, user: anyUser, date }) => {
        const { notification: anyNotification, execution, request, remediation } = objects;
        const by = { user: anyUser };
        const results = [
          builders.notificationCancelled({ notification: anyNotification, ...by }),
          builders.notificationAcknowledged({ notification: anyNotification, ...by }),
          builders.workflowUnblocked({ execution, previous: previous.execution, ...by, clearedAt: date }),
          builders.approvalDecided({ request, previous: previous.request, ...by, decidedAt: date }),
          builders.remediationrequestTimeoutModified({
            remediation,
            previous: previous.remediation,
            ...by,
            modifiedAt: date,
          }),
        ];
        for (const result of results) if (!isEventSkip(result)) expectEvent(result);
      }),
    );
  });
});

function buildCancelled(subject: NotificationRequest) {
  return expectEvent(builders.notificationCancelled({ notification: subject, user }));
}

function anyText(): fc.Arbitrary<string> {
  return anyHostileText('Approved', 'Expired', 'system');
}

function anyInput() {
  const objects = fc.record({
    notification: anyNotification(),
    execution: anyExecution(),
    request: anyRequest(),
    remediation: anyRemediation(),
  });
  return fc.record({
    objects,
    previous: fc.record({
      execution: fc.option(anyExecution()),
      request: fc.option(anyRequest()),
      remediation: fc.option(anyRemediation()),
    }),
    user: fc.record(
      {
        username: fc.oneof(anyText(), fc.constant(controller.username)),
        uid: anyText(),
        groups: fc.array(anyText()),
      },
      { requiredKeys: ['username'] },
    ),
    date: fc.date(),
  });
}

function anyMetadata() {
  return fc.record({ name: anyText(), namespace: anyText(), uid: anyText() }, { requiredKeys: ['name'] });
}

function anyReference() {
  return fc.record({ name: anyText() }, { requiredKeys: [] });
}

function anyNotification(): fc.Arbitrary<NotificationRequest> {
  const text = anyText();
  const recipient = fc.record(
    { email: text, slack: text, teams: text, phone: text, webhookURL: text },
    { requiredKeys: [] },
  );
  return fc.record(
    {
      metadata: anyMetadata(),
      spec: fc.record(
        {
          remediationRequestRef: fc.option(anyReference()),
          type: text,
          priority: text,
          recipients: fc.option(fc.array(recipient)),
        },
        { requiredKeys: ['type', 'priority'] },
      ),
      status: fc.record({ phase: text }, { requiredKeys: [] }),
    },
    { requiredKeys: ['metadata', 'spec'] },
  );
}

function anyExecution(): fc.Arbitrary<WorkflowExecution> {
  const clearance = fc.record(
    { clearReason: anyText(), clearedBy: anyText() },
    { requiredKeys: ['clearReason'] },
  );
  return fc.record(
    {
      metadata: anyMetadata(),
      spec: fc.record({ remediationRequestRef: anyReference() }),
      status: fc.record({ blockClearance: fc.option(clearance) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['metadata', 'spec'] },
  );
}

function anyRequest(): fc.Arbitrary<RemediationApprovalRequest> {
  const text = anyText();
  return fc.record(
    {
      metadata: anyMetadata(),
      spec: fc.record({ remediationRequestRef: anyReference(), aiAnalysisRef: anyReference() }),
      status: fc.record({ decision: text, decidedBy: text, decisionMessage: text }, { requiredKeys: [] }),
    },
    { requiredKeys: ['metadata', 'spec'] },
  );
}

function anyRemediation(): fc.Arbitrary<RemediationRequest> {
  const duration = fc.option(
    fc.oneof(
      anyText(),
      fc.double().map((hours) => `${hours}h`),
    ),
  );
  const limits = fc.record(
    { global: duration, processing: duration, analyzing: duration, executing: duration },
    { requiredKeys: [] },
  );
  return fc.record(
    {
      metadata: anyMetadata(),
      status: fc.record({ timeoutConfig: fc.option(limits) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['metadata'] },
  );
}
