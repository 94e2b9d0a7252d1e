import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { gatewayEvents } from '@audit/schema';
import { describeAuditManager } from '@audit/testkit';
import { describe, expect, it } from 'vitest';
import { createGatewayAuditManager } from './manager.ts';
import type { RemediationRequest, Signal } from './signal.ts';

const signal = {
  sourceType: 'prometheus-alert',
  fingerprint: '3f9ab2c41d072b5ab764a4eb74db43c91cc5831f62bc0e1287bbcb017d521328',
  alertName: 'KubePodOOMKilled',
  severity: 'critical',
  namespace: 'payments',
  resource: { kind: 'Deployment', name: 'checkout' },
  labels: { alertname: 'KubePodOOMKilled' },
  annotations: null,
  rawPayload: '{"status":"firing"}',
} satisfies Signal;

const unknownSignal = {
  sourceType: '',
  fingerprint: '',
  alertName: '',
  severity: '',
  namespace: '',
  resource: { kind: '', name: '' },
} satisfies Signal;

const remediationRequest = {
  metadata: { name: 'rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' },
  status: { deduplication: { occurrenceCount: 2 } },
} satisfies RemediationRequest;

const nameless = { metadata: { name: '' } } satisfies RemediationRequest;

describeAuditManager({
  name: 'gateway',
  events: gatewayEvents,
  createManager: createGatewayAuditManager,
  samples: {
    signalReceived: [
      { signal, remediationRequest },
      { signal: unknownSignal, remediationRequest: nameless },
    ],
    signalDeduplicated: [
      { signal, remediationRequest },
      { signal: unknownSignal, remediationRequest: nameless },
    ],
    crdCreated: [
      { signal, remediationRequest },
      { signal: unknownSignal, remediationRequest: nameless },
    ],
    crdFailed: [
      { signal, error: { reason: 'ServiceUnavailable', code: 503, message: '' }, circuitBreakerOpen: false },
      { signal: unknownSignal, error: undefined, circuitBreakerOpen: true },
    ],
  },
});

describe('one alert, sent twice', () => {
  it('is one received, one created and one deduplicated event of the same correlation', async () => {
    const transport = createMemoryTransport();
    await using client: AuditClient = createAuditClient({ transport, durability: 'memory' });
    const audit = createGatewayAuditManager(client);
    audit.signalReceived({ signal, remediationRequest });
    audit.crdCreated({ signal, remediationRequest });
    audit.signalDeduplicated({ signal, remediationRequest });
    await client.flush();
    expect(transport.events.map((event) => [event.event_type, event.correlation_id])).toEqual([
      ['gateway.signal.received', 'rr-3f9ab2c41d07-5e8c1a7b'],
      ['gateway.crd.created', 'rr-3f9ab2c41d07-5e8c1a7b'],
      ['gateway.signal.deduplicated', 'rr-3f9ab2c41d07-5e8c1a7b'],
    ]);
  });
});
