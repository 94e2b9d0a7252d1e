import type { AuditClient, BuildersFor, EmissionOutcome } from '@audit/client';
import type { signalProcessingEvents } from '@audit/schema';
import { expectTypeOf } from 'vitest';
import * as builders from './builders.ts';
import { createSignalProcessingAuditManager } from './manager.ts';
import type { SignalProcessing } from './signal-processing.ts';

declare const client: AuditClient;
declare const signalProcessing: SignalProcessing;
declare const caught: unknown;

const audit = createSignalProcessingAuditManager(client);

expectTypeOf(audit).toHaveProperty('signalProcessed');
expectTypeOf(
  audit.signalProcessed({ signalProcessing, previousPhase: 'Categorizing' }),
).toEqualTypeOf<EmissionOutcome>();

audit.phaseTransition({ signalProcessing, previousPhase: undefined });
// @ts-expect-error the phase before must be said: a transition has two ends
audit.phaseTransition({ signalProcessing });

audit.classificationDecision({ signalProcessing, wasClassified: false, durationMs: 58 });
// @ts-expect-error whether it was classified before must be said: the event is recorded once
audit.classificationDecision({ signalProcessing, durationMs: 58 });

audit.enrichmentCompleted({ signalProcessing, wasEnriched: false, durationMs: 846 });
// @ts-expect-error how long it took must be said: builders have no clock
audit.enrichmentCompleted({ signalProcessing, wasEnriched: false });

audit.errorOccurred({ signalProcessing, phase: 'Enriching', error: caught });
// @ts-expect-error the phase that failed must be said: the status may name another one by now
audit.errorOccurred({ signalProcessing, error: caught });

// @ts-expect-error there is no such event
audit.signalReceived({ signalProcessing });

builders satisfies BuildersFor<typeof signalProcessingEvents>;
const { signalProcessed, ...incomplete } = builders;
// @ts-expect-error a builder is missing
incomplete satisfies BuildersFor<typeof signalProcessingEvents>;
// @ts-expect-error a builder stands under the name of another
({ ...builders, phaseTransition: signalProcessed }) satisfies BuildersFor<typeof signalProcessingEvents>;

// The object as the Kubernetes API returns it, with fields that the audit trail does not read.
const complete = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'SignalProcessing',
  metadata: { name: 'sp-1', namespace: 'payments', uid: '6a1d', generation: 1 },
  spec: {
    remediationRequestRef: { apiVersion: 'kubernaut.ai/v1alpha1', kind: 'RemediationRequest', name: 'rr-1' },
    signal: {
      fingerprint: '3f9a',
      name: 'KubePodOOMKilled',
      severity: 'Sev1',
      type: 'alert',
      targetResource: { kind: 'Pod', name: 'checkout', namespace: 'payments' },
    },
    enrichmentConfig: { enableClusterState: true },
  },
  status: {
    observedGeneration: 1,
    phase: 'Completed',
    startTime: '2026-01-14T09:14:03Z',
    kubernetesContext: {
      namespace: { name: 'payments', labels: { env: 'prod' } },
      pod: { phase: 'Running' },
      ownerChain: [{ kind: 'ReplicaSet', name: 'checkout-5d4f7c9b8' }],
      detectedLabels: { hasPDB: true, helmManaged: true },
      customLabels: { team: ['payments'] },
      degradedMode: false,
    },
    environmentClassification: {
      environment: 'production',
      source: 'namespace-labels',
      classifiedAt: '2026-01-14T09:14:04Z',
    },
    priorityAssignment: { priority: 'P1', source: 'rego-policy', assignedAt: '2026-01-14T09:14:04Z' },
    businessClassification: { businessUnit: 'online-sales', serviceOwner: 'checkout', criticality: 'high' },
    severity: 'critical',
    conditions: [],
  },
};
expectTypeOf(complete).toExtend<SignalProcessing>();

// @ts-expect-error the phase is text
({ ...complete, status: { phase: 1 } }) satisfies SignalProcessing;
// @ts-expect-error a signal has a name
({ ...complete, spec: { ...complete.spec, signal: { severity: 'Sev1' } } }) satisfies SignalProcessing;
