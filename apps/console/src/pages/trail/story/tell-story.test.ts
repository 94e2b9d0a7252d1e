import { draftEvent, gatewayEvents, orchestratorEvents, webhookEvents } from '@audit/schema';
import { explainTrail, readTrail, type TrailEvent } from '@audit/trail';
import { expect, it } from 'vitest';
import { type Story, tellStory } from './tell-story.ts';

const event = { correlation_id: 'rr-1', event_outcome: 'success' } as const;

const signal = draftEvent(gatewayEvents.signalReceived, {
  ...event,
  cluster_name: 'prod-eu-1',
  namespace: 'payments',
  event_data: {
    signal_type: 'prometheus-alert',
    alert_name: 'HighErrorRate',
    namespace: 'payments',
    fingerprint: 'f1',
    severity: 'critical',
    resource_kind: 'Deployment',
    resource_name: 'checkout',
  },
});

const started = draftEvent(orchestratorEvents.lifecycleStarted, {
  ...event,
  event_outcome: 'pending',
  event_data: { rr_name: 'rr-1', namespace: 'payments' },
});

const decided = draftEvent(webhookEvents.approvalDecided, {
  ...event,
  actor_type: 'user',
  actor_id: 'marta.keller@example.com',
  event_data: {
    request_name: 'rar-rr-1',
    decision: 'Approved',
    decided_at: '2026-01-14T09:30:02Z',
    decision_message: 'It is right.',
    ai_analysis_ref: 'ai-rr-1',
  },
});

function storyOf(...drafts: readonly Omit<TrailEvent, 'event_timestamp'>[]): Story {
  const trail = readTrail(
    drafts.map((draft, place) => ({ ...draft, event_timestamp: `2026-01-14T09:30:0${place}Z` })),
  );
  return tellStory(trail, explainTrail(trail));
}

it('says in one sentence what happened, where', () => {
  const { sentence, approval, workflow } = storyOf(signal, started);
  expect(sentence).toBe(
    `HighErrorRate at Deployment checkout (payments, prod-eu-1): ${readTrail([{ ...started, event_timestamp: '2026-01-14T09:30:00Z' }]).outcome.summary}.`,
  );
  expect(approval).toBe('nobody was asked');
  expect(workflow).toBeUndefined();
});

it('says who decided, and how', () => {
  expect(storyOf(signal, started, decided).approval).toBe('Approved by marta.keller@example.com');
});
