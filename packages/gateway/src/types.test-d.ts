import type { AuditClient, BuildersFor, EmissionOutcome } from '@audit/client';
import type { gatewayEvents } from '@audit/schema';
import { expectTypeOf } from 'vitest';
import * as builders from './builders.ts';
import { createGatewayAuditManager } from './manager.ts';
import type { RemediationRequest, Signal } from './signal.ts';

declare const client: AuditClient;
declare const signal: Signal;
declare const remediationRequest: RemediationRequest;
declare const error: unknown;

const audit = createGatewayAuditManager(client);

expectTypeOf(audit).toHaveProperty('signalReceived');
expectTypeOf(audit.signalReceived({ signal, remediationRequest })).toEqualTypeOf<EmissionOutcome>();
// @ts-expect-error a signal is recorded once its RemediationRequest exists
audit.signalReceived({ signal });

audit.crdFailed({ signal, error, circuitBreakerOpen: false });
// @ts-expect-error whether the attempt was made at all must be said
audit.crdFailed({ signal, error });
// @ts-expect-error what was thrown must be passed
audit.crdFailed({ signal, circuitBreakerOpen: false });

// @ts-expect-error there is no such event
audit.signalLost({ signal });

builders satisfies BuildersFor<typeof gatewayEvents>;
const { crdFailed, ...incomplete } = builders;
// @ts-expect-error a builder is missing
incomplete satisfies BuildersFor<typeof gatewayEvents>;
// @ts-expect-error a builder stands under the name of another
({ ...builders, crdCreated: crdFailed }) satisfies BuildersFor<typeof gatewayEvents>;

// A normalised signal with fields that the audit trail does not read.
const complete = {
  sourceType: 'prometheus-alert',
  source: 'alertmanager',
  fingerprint: '3f9ab2c4',
  alertName: 'KubePodOOMKilled',
  severity: 'critical',
  namespace: 'payments',
  resource: { kind: 'Deployment', name: 'checkout', namespace: 'payments' },
  labels: null,
  annotations: { summary: 'out of memory' },
  firingTime: '2026-01-14T09:13:30Z',
  rawPayload: Buffer.from('{}'),
};
expectTypeOf(complete).toExtend<Signal>();

// @ts-expect-error the body is text or bytes: what has been parsed has lost digits and order
({ ...complete, rawPayload: {} }) satisfies Signal;

// The object as the Kubernetes API returns it.
const request = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'RemediationRequest',
  metadata: { name: 'rr-1', namespace: 'payments', uid: '6a1d', generation: 1 },
  spec: { signalFingerprint: '3f9ab2c4', signalName: 'KubePodOOMKilled' },
  status: {
    overallPhase: 'Pending',
    deduplication: { firstSeenAt: '2026-01-14T09:14:02Z', occurrenceCount: 2 },
  },
};
expectTypeOf(request).toExtend<RemediationRequest>();

// @ts-expect-error a count is a number
({ ...request, status: { deduplication: { occurrenceCount: '2' } } }) satisfies RemediationRequest;
