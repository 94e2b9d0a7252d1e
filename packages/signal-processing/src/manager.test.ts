import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { signalProcessingEvents } from '@audit/schema';
import { describeAuditManager } from '@audit/testkit';
import { describe, expect, it } from 'vitest';
import { createSignalProcessingAuditManager } from './manager.ts';
import type { SignalProcessing } from './signal-processing.ts';

const pending = {
  metadata: { name: 'sp-rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    signal: { name: 'KubePodOOMKilled', severity: 'Sev1' },
  },
} satisfies SignalProcessing;

const enriching = {
  ...pending,
  status: { phase: 'Enriching', kubernetesContext: { namespace: { name: 'payments' } } },
} satisfies SignalProcessing;

const classifying = {
  ...pending,
  status: {
    ...enriching.status,
    phase: 'Classifying',
    severity: 'critical',
    environmentClassification: { environment: 'production', source: 'namespace-labels' },
    priorityAssignment: { priority: 'P1', source: 'rego-policy' },
  },
} satisfies SignalProcessing;

const completed = {
  ...pending,
  status: { ...classifying.status, phase: 'Completed', businessClassification: { criticality: 'high' } },
} satisfies SignalProcessing;

const failed = {
  ...pending,
  status: { phase: 'Failed', error: 'no such namespace' },
} satisfies SignalProcessing;

const nameless = {
  metadata: { name: '' },
  spec: { ...pending.spec, remediationRequestRef: {} },
} satisfies SignalProcessing;

describeAuditManager({
  name: 'signal-processing',
  events: signalProcessingEvents,
  createManager: createSignalProcessingAuditManager,
  samples: {
    signalProcessed: [
      { signalProcessing: completed, previousPhase: 'Categorizing' },
      { signalProcessing: failed, previousPhase: 'Enriching' },
      { signalProcessing: nameless, previousPhase: undefined },
      { signalProcessing: completed, previousPhase: 'Completed' },
    ],
    phaseTransition: [
      { signalProcessing: enriching, previousPhase: 'Pending' },
      { signalProcessing: enriching, previousPhase: 'Enriching' },
    ],
    classificationDecision: [
      { signalProcessing: classifying, wasClassified: false, durationMs: 58 },
      { signalProcessing: classifying, wasClassified: true, durationMs: 58 },
    ],
    businessClassified: [
      { signalProcessing: completed, previousPhase: 'Categorizing' },
      { signalProcessing: pending, previousPhase: 'Categorizing' },
    ],
    enrichmentCompleted: [
      { signalProcessing: enriching, wasEnriched: false, durationMs: 846 },
      { signalProcessing: enriching, wasEnriched: true, durationMs: 846 },
    ],
    errorOccurred: [
      { signalProcessing: failed, phase: 'Enriching', error: new Error('no such namespace') },
      { signalProcessing: nameless, phase: '', error: undefined },
    ],
  },
});

describe('one signal, reconciled more than once', () => {
  it('records enrichment and classification once', async () => {
    const transport = createMemoryTransport();
    await using client: AuditClient = createAuditClient({ transport, durability: 'memory' });
    const audit = createSignalProcessingAuditManager(client);
    const outcomes = [false, true].flatMap((again) => [
      audit.enrichmentCompleted({ signalProcessing: enriching, wasEnriched: again, durationMs: 846 }),
      audit.classificationDecision({ signalProcessing: classifying, wasClassified: again, durationMs: 58 }),
    ]);
    await client.flush();
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'skipped', 'skipped']);
    expect(transport.events.map((event) => event.event_type)).toEqual([
      'signalprocessing.enrichment.completed',
      'signalprocessing.classification.decision',
    ]);
  });
});
