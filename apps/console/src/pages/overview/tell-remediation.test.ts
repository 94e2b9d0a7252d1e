import { draftEvent, gatewayEvents, orchestratorEvents } from '@audit/schema';
import { expect, it } from 'vitest';
import { hasEnded, hasFailed, tellRemediation } from './tell-remediation.ts';

const correlation_id = 'rr-1';
const signal = {
  ...draftEvent(gatewayEvents.signalReceived, {
    event_outcome: 'success',
    correlation_id,
    event_data: {
      signal_type: 'alert',
      alert_name: 'HighErrorRate',
      namespace: 'payments',
      fingerprint: 'f',
    },
  }),
  event_timestamp: '2026-01-14T09:30:00Z',
};
const ended = {
  ...draftEvent(orchestratorEvents.lifecycleCompleted, {
    event_outcome: 'failure',
    correlation_id,
    event_data: { rr_name: 'rr-1', namespace: 'payments', timeout_kind: 'phase', timeout_phase: 'Analyzing' },
  }),
  event_timestamp: '2026-01-14T09:40:06.300Z',
};

it('tells alert, outcome and time of a remediation from its signal and its end alone', () => {
  expect(tellRemediation(correlation_id, [ended, signal])).toEqual({
    correlationId: 'rr-1',
    subject: { alert: 'HighErrorRate', namespace: 'payments' },
    status: 'timed_out',
    sentence: 'The remediation ran out of time: the time limit of phase Analyzing ran out.',
    startMs: Date.parse('2026-01-14T09:30:00Z'),
    durationMs: 606_300,
  });
});

it('does not say how long what has not ended took', () => {
  expect(tellRemediation(correlation_id, [signal])).toMatchObject({
    status: 'unknown',
    durationMs: undefined,
  });
});

it('calls a person to what failed, was refused or is held back', () => {
  const statuses = ['succeeded', 'failed', 'rejected', 'timed_out', 'blocked', 'running', 'unknown'] as const;
  expect(statuses.filter(hasFailed)).toEqual(['failed', 'rejected', 'timed_out', 'blocked']);
  expect(statuses.filter(hasEnded)).toEqual(['succeeded', 'failed', 'rejected', 'timed_out']);
});
