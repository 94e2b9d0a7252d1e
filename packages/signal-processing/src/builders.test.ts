import { isEventSkip, skipEvent } from '@audit/schema';
import { anyHostileText, expectStoredEvents } from '@audit/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as builders from './builders.ts';
import type { KubernetesContext, SignalProcessing, SignalProcessingStatus } from './signal-processing.ts';

// What the tests here build is also sent to the running service, which must store every event.
const expectEvent = expectStoredEvents();

const policyHash = '823412d1eacb67956220e532959f0104603057c88704863ca38e7cd188fda812';

const signalProcessing = {
  metadata: { name: 'sp-rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    signal: { name: 'KubePodOOMKilled', severity: 'critical' },
  },
} satisfies SignalProcessing;

const envelope = {
  version: '1.0',
  event_category: 'signalprocessing',
  actor_type: 'service',
  actor_id: 'signalprocessing-controller',
  resource_type: 'SignalProcessing',
  resource_id: 'sp-rr-3f9ab2c41d07-5e8c1a7b',
  correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
  namespace: 'payments',
};

const context = {
  namespace: { name: 'payments' },
  pod: { name: 'checkout-5d4f7c9b8-x2x7k' },
  ownerChain: [{ kind: 'ReplicaSet' }, { kind: 'Deployment' }],
  detectedLabels: { hasPDB: true },
} satisfies KubernetesContext;

const classified = {
  phase: 'Completed',
  severity: 'high',
  policyHash,
  kubernetesContext: context,
  environmentClassification: { environment: 'production', source: 'namespace-labels' },
  priorityAssignment: { priority: 'P1', source: 'rego-policy' },
  businessClassification: { businessUnit: 'online-sales', criticality: 'high', slaRequirement: 'gold' },
} satisfies SignalProcessingStatus;

const classifiedPayload = {
  environment: 'production',
  environment_source: 'namespace-labels',
  priority: 'P1',
  priority_source: 'rego-policy',
  criticality: 'high',
  sla_requirement: 'gold',
};

describe('signalProcessed', () => {
  it('records everything that was learned', () => {
    const input = { ...withStatus(classified), previousPhase: 'Categorizing' };
    expect(builders.signalProcessed(input)).toStrictEqual({
      ...envelope,
      event_type: 'signalprocessing.signal.processed',
      event_action: 'processed',
      event_outcome: 'success',
      event_data: {
        event_type: 'signalprocessing.signal.processed',
        phase: 'Completed',
        signal: 'KubePodOOMKilled',
        severity: 'high',
        ...classifiedPayload,
        has_owner_chain: true,
        owner_chain_length: 2,
        degraded_mode: false,
        has_pdb: true,
        has_hpa: false,
      },
    });
  });

  it('records a failure of which little is known', () => {
    const status = {
      phase: 'Failed',
      error: 'namespace payments is gone',
      kubernetesContext: null,
      environmentClassification: null,
      priorityAssignment: null,
      businessClassification: null,
    };
    expect(builders.signalProcessed({ ...withStatus(status), previousPhase: 'Enriching' })).toStrictEqual({
      ...envelope,
      event_type: 'signalprocessing.signal.processed',
      event_action: 'processed',
      event_outcome: 'failure',
      event_data: {
        event_type: 'signalprocessing.signal.processed',
        phase: 'Failed',
        signal: 'KubePodOOMKilled',
        severity: 'critical',
        error: 'namespace payments is gone',
      },
    });
  });

  it('takes lists and flags that Go leaves out for empty and false', () => {
    expect(
      processed({ kubernetesContext: { ownerChain: null, degradedMode: true } }).event_data,
    ).toMatchObject({
      has_owner_chain: false,
      owner_chain_length: 0,
      degraded_mode: true,
    });
    expect(processed({ kubernetesContext: { detectedLabels: { hasHPA: true } } }).event_data).toMatchObject({
      degraded_mode: false,
      has_pdb: false,
      has_hpa: true,
    });
    expect(processed({ kubernetesContext: { detectedLabels: null } }).event_data).not.toHaveProperty(
      'has_pdb',
    );
  });

  it.each(['Completed', 'Failed', 'completed'])('is skipped when the phase was %s', (previousPhase) => {
    expect(builders.signalProcessed({ signalProcessing, previousPhase })).toStrictEqual(
      skipEvent('processing had ended before: its end is recorded once'),
    );
  });
});

describe('phaseTransition', () => {
  it('records the phases before and after', () => {
    const input = { ...withStatus({ phase: 'Enriching' }), previousPhase: 'Pending' };
    expect(builders.phaseTransition(input)).toStrictEqual({
      ...envelope,
      event_type: 'signalprocessing.phase.transition',
      event_action: 'phase_transition',
      event_outcome: 'success',
      event_data: {
        event_type: 'signalprocessing.phase.transition',
        phase: 'Enriching',
        signal: 'KubePodOOMKilled',
        from_phase: 'Pending',
        to_phase: 'Enriching',
      },
    });
  });

  it('records the first one, which the reference left out', () => {
    const input = { ...withStatus({ phase: 'Pending' }), previousPhase: undefined };
    expect(builders.phaseTransition(input)).toMatchObject({
      event_data: { phase: 'Pending', from_phase: '', to_phase: 'Pending' },
    });
  });

  it.each([
    ['Enriching', 'Enriching'],
    ['', undefined],
  ])('is skipped when phase %j was %j', (phase, previousPhase) => {
    expect(builders.phaseTransition({ ...withStatus({ phase }), previousPhase })).toStrictEqual(
      skipEvent('the phase is unchanged'),
    );
  });
});

describe('classificationDecision', () => {
  it('records what was decided, by which policy, and how long it took: the reference left out the time', () => {
    const status = { ...classified, phase: 'Classifying' };
    expect(
      builders.classificationDecision({ ...withStatus(status), wasClassified: false, durationMs: 57.6 }),
    ).toStrictEqual({
      ...envelope,
      event_type: 'signalprocessing.classification.decision',
      event_action: 'classification',
      event_outcome: 'success',
      duration_ms: 58,
      event_data: {
        event_type: 'signalprocessing.classification.decision',
        phase: 'Classifying',
        signal: 'KubePodOOMKilled',
        severity: 'high',
        external_severity: 'critical',
        normalized_severity: 'high',
        determination_source: 'rego-policy',
        policy_hash: policyHash,
        ...classifiedPayload,
        duration_ms: 58,
      },
    });
  });

  it('leaves out what was not classified', () => {
    const built = decision({ phase: 'Classifying' }, '');
    expect(built.event_data).toStrictEqual({
      event_type: 'signalprocessing.classification.decision',
      phase: 'Classifying',
      signal: 'KubePodOOMKilled',
      severity: 'unknown',
      duration_ms: 58,
    });
  });

  it('is skipped when the signal was classified: the reference recorded it twice', () => {
    expect(
      builders.classificationDecision({ signalProcessing, wasClassified: true, durationMs: 58 }),
    ).toStrictEqual(skipEvent('the signal was classified before: the decision is recorded once'));
  });
});

describe('businessClassified', () => {
  it('records what the resource means to the business', () => {
    const input = { ...withStatus(classified), previousPhase: 'Categorizing' };
    expect(builders.businessClassified(input)).toStrictEqual({
      ...envelope,
      event_type: 'signalprocessing.business.classified',
      event_action: 'classification',
      event_outcome: 'success',
      event_data: {
        event_type: 'signalprocessing.business.classified',
        phase: 'Completed',
        signal: 'KubePodOOMKilled',
        severity: 'high',
        business_unit: 'online-sales',
        criticality: 'high',
        sla_requirement: 'gold',
      },
    });
  });

  it('leaves out what is not known', () => {
    const status = { phase: 'Completed', businessClassification: { businessUnit: '' } };
    expect(
      expectEvent(builders.businessClassified({ ...withStatus(status), previousPhase: '' })).event_data,
    ).toStrictEqual({
      event_type: 'signalprocessing.business.classified',
      phase: 'Completed',
      signal: 'KubePodOOMKilled',
      severity: 'critical',
    });
  });

  it.each([undefined, {}, { businessClassification: null }])('is skipped when the status is %j', (status) => {
    const unclassified = status === undefined ? signalProcessing : { ...signalProcessing, status };
    expect(
      builders.businessClassified({ signalProcessing: unclassified, previousPhase: 'Categorizing' }),
    ).toStrictEqual(skipEvent('there is no business classification'));
  });

  it('is skipped when processing had ended', () => {
    expect(
      builders.businessClassified({ ...withStatus(classified), previousPhase: 'Completed' }),
    ).toStrictEqual(skipEvent('processing had ended before: its end is recorded once'));
  });
});

describe('enrichmentCompleted', () => {
  it('records which objects were read, and how long it took', () => {
    const status = { phase: 'Enriching', kubernetesContext: context };
    expect(
      builders.enrichmentCompleted({ ...withStatus(status), wasEnriched: false, durationMs: 846 }),
    ).toStrictEqual({
      ...envelope,
      event_type: 'signalprocessing.enrichment.completed',
      event_action: 'enrichment',
      event_outcome: 'success',
      duration_ms: 846,
      event_data: {
        event_type: 'signalprocessing.enrichment.completed',
        phase: 'Enriching',
        signal: 'KubePodOOMKilled',
        has_namespace: true,
        has_pod: true,
        has_deployment: false,
        owner_chain_length: 2,
        degraded_mode: false,
        duration_ms: 846,
      },
    });
  });

  it.each([
    [{ deployment: { replicas: 2 } }, false, true],
    [{ workload: { kind: 'Pod' } }, true, false],
    [{ workload: { kind: 'Deployment' } }, false, true],
    [{ workload: { kind: 'StatefulSet' } }, false, false],
    [{ workload: {} }, false, false],
    [{ namespace: null, pod: null, deployment: null, workload: null }, false, false],
  ])('reads %j as pod %s, deployment %s', (kubernetesContext, hasPod, hasDeployment) => {
    expect(enriched({ kubernetesContext }).event_data).toMatchObject({
      has_namespace: false,
      has_pod: hasPod,
      has_deployment: hasDeployment,
    });
  });

  it('records the time alone when there is no context', () => {
    expect(enriched({ phase: 'Enriching' }).event_data).toStrictEqual({
      event_type: 'signalprocessing.enrichment.completed',
      phase: 'Enriching',
      signal: 'KubePodOOMKilled',
      duration_ms: 846,
    });
  });

  it.each([
    [-5, 0],
    [0.4, 0],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [1e300, undefined],
  ])('writes %d ms as %d, in the payload as in the envelope', (durationMs, written) => {
    const built = enriched({}, durationMs);
    expect([built.duration_ms, built.event_data.duration_ms]).toEqual([written, written]);
  });

  it('is skipped when the signal was enriched before', () => {
    expect(
      builders.enrichmentCompleted({ signalProcessing, wasEnriched: true, durationMs: 846 }),
    ).toStrictEqual(skipEvent('the signal was enriched before: enrichment is recorded once'));
  });
});

describe('errorOccurred', () => {
  it('records the phase that failed, and why', () => {
    const input = {
      ...withStatus({ phase: 'Failed' }),
      phase: 'Enriching',
      error: new Error('reading namespace payments: timed out'),
    };
    expect(builders.errorOccurred(input)).toStrictEqual({
      ...envelope,
      event_type: 'signalprocessing.error.occurred',
      event_action: 'error',
      event_outcome: 'failure',
      event_data: {
        event_type: 'signalprocessing.error.occurred',
        phase: 'Enriching',
        signal: 'KubePodOOMKilled',
        error: 'reading namespace payments: timed out',
      },
    });
  });

  it.each([
    ['out of memory', 'out of memory'],
    [{ message: 'not found', code: 404 }, 'not found'],
    [new Error(''), 'unknown error'],
    [{ message: 7 }, 'unknown error'],
    [7, 'unknown error'],
    [null, 'unknown error'],
    [undefined, 'unknown error'],
  ])('says of %o: %s', (error, text) => {
    const built = builders.errorOccurred({ signalProcessing, phase: 'Enriching', error });
    expect(built.event_data.error).toBe(text);
  });

  it('keeps a phase outside the contract as text', () => {
    const { event_data } = builders.errorOccurred({ signalProcessing, phase: 'Resolving', error: 'gone' });
    expect(event_data).toMatchObject({ phase: 'Failed', error: 'Resolving: gone' });
  });

  it('cuts a text that would make the event too large', () => {
    const error = 'x'.repeat(1_000_000);
    const { event_data } = builders.errorOccurred({ signalProcessing, phase: 'Enriching', error });
    expect(event_data.error).toBe(`${'x'.repeat(16_383)}…`);
  });
});

describe('phase', () => {
  it.each([undefined, {}, { phase: '' }])(
    'is Pending while the status is %j: the reference lost the event',
    (status) => {
      const pending = status === undefined ? signalProcessing : { ...signalProcessing, status };
      const built = builders.signalProcessed({ signalProcessing: pending, previousPhase: undefined });
      expect(expectEvent(built).event_data.phase).toBe('Pending');
    },
  );

  it.each([
    ['pending', 'Pending'],
    ['enriching', 'Enriching'],
    ['classifying', 'Classifying'],
    ['categorizing', 'Categorizing'],
    ['completed', 'Completed'],
    ['failed', 'Failed'],
  ])('%s is read as %s', (phase, known) => {
    expect(processed({ phase }).event_data.phase).toBe(known);
  });

  it('is what the event says when the contract does not know the word', () => {
    const odd = { phase: 'Resolving', businessClassification: {} };
    expect(processed(odd).event_data.phase).toBe('Completed');
    expect(processed(odd).event_outcome).toBe('success');
    expect(decision(odd).event_data.phase).toBe('Classifying');
    expect(enriched(odd).event_data.phase).toBe('Enriching');
    const change = { ...withStatus(odd), previousPhase: 'Enriching' };
    expect(builders.businessClassified(change)).toMatchObject({ event_data: { phase: 'Completed' } });
    expect(builders.phaseTransition(change)).toMatchObject({
      event_data: { phase: 'Pending', from_phase: 'Enriching', to_phase: 'Resolving' },
    });
  });
});

describe('severity', () => {
  it.each([
    ['critical', 'high', 'critical'],
    ['LOW', 'critical', 'low'],
    ['warning', 'critical', 'warning'],
    ['urgent', 'critical', 'unknown'],
    ['', 'critical', 'critical'],
    ['', 'Info', 'info'],
    ['', 'medium', 'medium'],
    ['', '', 'unknown'],
  ])('of the policy %j and of the signal %j make %s', (severity, own, written) => {
    expect(processed({ severity }, own).event_data.severity).toBe(written);
    expect(processed({ severity }, own).event_data).not.toHaveProperty('external_severity');
  });

  it('is unknown for a word of the monitoring source, which is kept: the reference lost the event', () => {
    expect(processed({}, 'Sev1').event_data).toMatchObject({
      severity: 'unknown',
      external_severity: 'Sev1',
    });
    expect(decision({}, 'Sev1').event_data).toMatchObject({ severity: 'unknown', external_severity: 'Sev1' });
  });

  it('keeps the word of the monitoring source beside that of the policy', () => {
    const { event_data } = decision({ severity: 'urgent' }, 'Sev1');
    expect(event_data).toMatchObject({
      severity: 'unknown',
      external_severity: 'Sev1',
      normalized_severity: 'unknown',
      determination_source: 'rego-policy',
    });
  });

  it('has no policy behind it before the policy decided', () => {
    expect(decision({}).event_data).not.toHaveProperty('normalized_severity');
    expect(decision({}).event_data).not.toHaveProperty('determination_source');
  });
});

describe('classification words', () => {
  it.each([
    ['production', 'production'],
    ['Staging', 'staging'],
    ['DEVELOPMENT', 'development'],
    ['test', 'test'],
    ['unknown', 'unknown'],
    ['qa', 'unknown'],
    ['__proto__', 'unknown'],
    ['', undefined],
  ])('environment %j is %s', (environment, written) => {
    const status = { environmentClassification: { environment } };
    expect(decision(status).event_data.environment).toBe(written);
  });

  it.each(['rego', 'labels', 'default', 'namespace-labels', 'rego-inference', 'rego-policy'])(
    'environment source %s is kept: the reference knew three',
    (source) => {
      expect(decision({ environmentClassification: { source } }).event_data.environment_source).toBe(source);
    },
  );

  it.each([
    ['P0', 'P0'],
    ['p1', 'P1'],
    ['P2', 'P2'],
    ['P3', 'P3'],
    ['P4', 'P4'],
    ['P5', undefined],
  ])('priority %s is %s', (priority, written) => {
    expect(decision({ priorityAssignment: { priority } }).event_data.priority).toBe(written);
  });

  it.each([
    ['rego', 'rego'],
    ['severity', 'severity'],
    ['default', 'default'],
    ['rego-policy', 'rego-policy'],
    ['fallback-severity', 'fallback-severity'],
    ['severity-fallback', 'fallback-severity'],
    ['a guess', undefined],
  ])('priority source %s is %s', (source, written) => {
    expect(decision({ priorityAssignment: { source } }).event_data.priority_source).toBe(written);
  });

  it.each([
    ['critical', 'critical'],
    ['High', 'high'],
    ['medium', 'medium'],
    ['warning', 'warning'],
    ['low', 'low'],
    ['vital', undefined],
  ])('criticality %s is %s', (criticality, written) => {
    expect(decision({ businessClassification: { criticality } }).event_data.criticality).toBe(written);
  });

  it.each([
    [policyHash.toUpperCase(), policyHash],
    [`sha256:${policyHash}`, undefined],
    ['', undefined],
  ])('policy hash %j is %s', (hash, written) => {
    expect(decision({ policyHash: hash }).event_data.policy_hash).toBe(written);
  });
});

describe('names', () => {
  it('correlates by the name of the object when no remediation is named: the reference lost the event', () => {
    const spec = { ...signalProcessing.spec, remediationRequestRef: { name: '' } };
    expect(failed({ spec }).correlation_id).toBe('sp-rr-3f9ab2c41d07-5e8c1a7b');
  });

  it('correlates by "unknown" when nothing has a name', () => {
    const spec = { ...signalProcessing.spec, remediationRequestRef: {} };
    const built = failed({ metadata: { name: '', namespace: '' }, spec });
    expect([built.correlation_id, built.resource_id]).toEqual(['unknown', 'unknown']);
    expect(built).not.toHaveProperty('namespace');
  });

  it('cuts names that are too long for the envelope and keeps them whole in the payload', () => {
    const name = 'n'.repeat(300);
    const built = failed({ metadata: { name }, spec: { ...signalProcessing.spec, signal: { name } } });
    expect(built.resource_id).toBe(`${'n'.repeat(254)}…`);
    expect(built.event_data.signal).toBe(name);
  });
});

describe('any input', () => {
  it('becomes an event that the contract accepts, or a skip', () => {
    fc.assert(
      fc.property(anySignalProcessing(), anyFacts(), (any, facts) => {
        const input = { ...facts, signalProcessing: any };
        const results = [
          builders.signalProcessed(input),
          builders.phaseTransition(input),
          builders.classificationDecision(input),
          builders.businessClassified(input),
          builders.enrichmentCompleted(input),
          builders.errorOccurred(input),
        ];
        for (const result of results) if (!isEventSkip(result)) expectEvent(result);
      }),
    );
  });
});

function withStatus(status: SignalProcessingStatus) {
  return { signalProcessing: { ...signalProcessing, status } };
}

function withSeverity(status: SignalProcessingStatus, severity: string) {
  const spec = { ...signalProcessing.spec, signal: { name: 'KubePodOOMKilled', severity } };
  return { signalProcessing: { ...signalProcessing, spec, status } };
}

function processed(status: SignalProcessingStatus, severity = 'critical') {
  const input = { ...withSeverity(status, severity), previousPhase: 'Categorizing' };
  return expectEvent(builders.signalProcessed(input));
}

function decision(status: SignalProcessingStatus, severity = 'critical') {
  const input = { ...withSeverity(status, severity), wasClassified: false, durationMs: 58 };
  return expectEvent(builders.classificationDecision(input));
}

function enriched(status: SignalProcessingStatus, durationMs = 846) {
  return expectEvent(builders.enrichmentCompleted({ ...withStatus(status), wasEnriched: false, durationMs }));
}

function failed(parts: Partial<SignalProcessing>) {
  const input = { signalProcessing: { ...signalProcessing, ...parts }, phase: 'Enriching', error: 'gone' };
  return expectEvent(builders.errorOccurred(input));
}

function anyText(): fc.Arbitrary<string> {
  return anyHostileText('Failed', 'critical', 'P1');
}

function anySignalProcessing(): fc.Arbitrary<SignalProcessing> {
  const text = anyText();
  return fc.record(
    {
      metadata: fc.record({ name: text, namespace: text }, { requiredKeys: ['name'] }),
      spec: fc.record({
        remediationRequestRef: fc.record({ name: text }, { requiredKeys: [] }),
        signal: fc.record({ name: text, severity: text }, { requiredKeys: ['name'] }),
      }),
      status: anyStatus(),
    },
    { requiredKeys: ['metadata', 'spec'] },
  );
}

function anyStatus(): fc.Arbitrary<SignalProcessingStatus> {
  const text = anyText();
  return fc.record(
    {
      phase: text,
      severity: text,
      policyHash: text,
      kubernetesContext: orNull(anyContext()),
      environmentClassification: orNull(anyPart({ environment: text, source: text })),
      priorityAssignment: orNull(anyPart({ priority: text, source: text })),
      businessClassification: orNull(
        anyPart({ businessUnit: text, criticality: text, slaRequirement: text }),
      ),
      error: text,
    },
    { requiredKeys: [] },
  );
}

function anyContext(): fc.Arbitrary<KubernetesContext> {
  const object = orNull(fc.object());
  return fc.record(
    {
      namespace: object,
      pod: object,
      deployment: object,
      workload: orNull(anyPart({ kind: anyText() })),
      ownerChain: orNull(fc.array(fc.object())),
      detectedLabels: orNull(anyPart({ hasPDB: fc.boolean(), hasHPA: fc.boolean() })),
      degradedMode: fc.boolean(),
    },
    { requiredKeys: [] },
  );
}

function anyPart<Part extends object>(model: { [Name in keyof Part]: fc.Arbitrary<Part[Name]> }) {
  return fc.record<Part, never>(model, { requiredKeys: [] });
}

function orNull<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(arbitrary, { nil: null });
}

function anyFacts() {
  return fc.record({
    previousPhase: fc.option(anyText(), { nil: undefined }),
    wasClassified: fc.boolean(),
    wasEnriched: fc.boolean(),
    durationMs: fc.double(),
    phase: anyText(),
    error: fc.anything(),
  });
}
