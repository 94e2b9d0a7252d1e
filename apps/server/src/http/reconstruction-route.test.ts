import type { AuditEvent, Reconstruction } from '@audit/schema';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { days } from '../test-support/clock.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { startPurgingServer } from '../test-support/purging-server.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';

const correlation = 'rr-3f9ab2c41d07-5e8c1a7b';
const now = () => Date.parse('2026-01-15T12:00:00.250Z');

/** The example of an event type, with other members of its payload and without its id. */
function example(type: string, payload: object = {}, members: object = {}): AuditEvent {
  const { event_id: _own, ...event } = readExample(`${type}.valid`) as AuditEvent;
  const event_data = { ...event.event_data, ...payload };
  return { ...event, correlation_id: correlation, ...members, event_data } as AuditEvent;
}

async function store(server: TestServer, ...events: unknown[]): Promise<void> {
  const answer = await server.post('/api/v1/audit/events/batch', events);
  expect(answer.status, answer.text).toBe(201);
}

const reconstruct = (server: TestServer, id = correlation) =>
  server.send('POST', `/api/v1/audit/remediation-requests/${encodeURIComponent(id)}/reconstruct`);

async function rebuilt(server: TestServer, id = correlation) {
  const answer = await reconstruct(server, id);
  expect(answer.status, answer.text).toBe(200);
  // The answer was checked against the contract.
  const body = JSON.parse(answer.text) as Reconstruction;
  const manifest = parse(body.remediation_request_yaml);
  expect(parse(body.remediation_request_yaml, { version: '1.1' })).toEqual(manifest);
  return { ...body, manifest };
}

async function failure(server: TestServer, id = correlation) {
  const { type, title, status, detail } = problemOf(await reconstruct(server, id));
  return { type: type.slice('urn:audit:problem:'.length), title, status, detail };
}

const requiredOnly = {
  original_payload: undefined,
  signal_labels: undefined,
  signal_annotations: undefined,
};
const timeouts = { global: '1h0m0s', executing: '5m0s' };

describeDatabases('a RemediationRequest', (open) => {
  it('is rebuilt whole from its events, whatever else the correlation has', async () => {
    const server = await startTestServer(open, { now });
    const gateway = example('gateway.signal.received');
    const analysis = example('aianalysis.analysis.completed');
    const selection = example('workflowexecution.selection.completed');
    const execution = example('workflowexecution.execution.started', {}, { namespace: 'payments' });
    const completed = example('orchestrator.lifecycle.completed', {
      outcome: 'Failed',
      crd_outcome: 'ManualReviewRequired',
      failure_phase: 'WorkflowExecution',
      failure_reason: 'Timeout',
    });
    await store(
      server,
      sampleEvent({ correlation_id: correlation }),
      gateway,
      example('orchestrator.lifecycle.created', { timeout_config: timeouts }),
      { ...gateway, correlation_id: 'rr-other' },
      analysis,
      selection,
      execution,
      completed,
    );
    await server.post('/api/v1/audit/legal-hold', { correlation_id: correlation, reason: 'Litigation.' });
    const { manifest, remediation_request_yaml: _yaml, ...rest } = await rebuilt(server);
    expect(rest).toEqual({
      validation: { is_valid: true, completeness: 100, errors: [], warnings: [] },
      reconstructed_at: '2026-01-15T12:00:00.250Z',
      correlation_id: correlation,
      cluster_id: 'prod-eu-1',
    });
    const given = gateway.event_data as never as Record<string, unknown>;
    const chosen = selection.event_data as never as Record<string, unknown>;
    expect(manifest).toEqual({
      apiVersion: 'remediation.kubernaut.ai/v1alpha1',
      kind: 'RemediationRequest',
      metadata: {
        name: `rr-reconstructed-${correlation}-1768478400`,
        namespace: 'kubernaut-system',
        labels: {
          'app.kubernetes.io/managed-by': 'kubernaut-datastorage',
          'kubernaut.ai/reconstructed': 'true',
          'kubernaut.ai/correlation-id': correlation,
        },
        annotations: {
          'kubernaut.ai/correlation-id': correlation,
          'kubernaut.ai/reconstructed-at': '2026-01-15T12:00:00.250Z',
          'kubernaut.ai/reconstruction-source': 'audit-trail',
        },
        finalizers: ['kubernaut.ai/audit-retention'],
      },
      spec: {
        signalName: given.alert_name,
        signalType: 'alert',
        signalFingerprint: given.fingerprint,
        signalLabels: given.signal_labels,
        signalAnnotations: given.signal_annotations,
        originalPayload: given.original_payload,
        clusterID: 'prod-eu-1',
        providerData: Reflect.get(analysis.event_data, 'provider_response_summary'),
      },
      status: {
        timeoutConfig: timeouts,
        selectedWorkflowRef: {
          workflowID: chosen.workflow_id,
          version: chosen.workflow_version,
          executionBundle: chosen.container_image,
        },
        executionRef: {
          kind: 'WorkflowExecution',
          name: Reflect.get(execution.event_data, 'execution_name'),
          namespace: 'payments',
        },
        outcome: 'ManualReviewRequired',
        failurePhase: 'WorkflowExecution',
        failureReason: 'Timeout',
      },
    });
  });

  it('is worth an answer from half of its members on, and says what is missing', async () => {
    const server = await startTestServer(open, { now });
    await store(server, example('gateway.signal.received', requiredOnly, { cluster_name: null }));
    expect(await failure(server)).toEqual({
      type: 'reconstruction/incomplete-data',
      title: 'Incomplete Reconstruction',
      status: 400,
      detail:
        'The events give 22 percent, at least 50 are needed: spec.signalLabels is missing; spec.signalAnnotations is missing; ' +
        'spec.originalPayload is missing; status.timeoutConfig is missing; spec.providerData is missing; ' +
        'status.selectedWorkflowRef is missing; status.executionRef is missing.',
    });
    const half = example('gateway.signal.received', {}, { correlation_id: 'rr-half', cluster_name: null });
    await store(server, half);
    const { validation, cluster_id } = await rebuilt(server, 'rr-half');
    expect([cluster_id, validation]).toEqual([
      undefined,
      {
        is_valid: true,
        completeness: 55,
        errors: [],
        warnings: [
          'status.timeoutConfig is missing',
          'spec.providerData is missing',
          'status.selectedWorkflowRef is missing',
          'status.executionRef is missing',
        ],
      },
    ]);
  });

  it('is not rebuilt from nothing, from what gives nothing, without its signal or without a name', async () => {
    const server = await startTestServer(open, { now });
    expect(await failure(server, 'rr-none')).toMatchObject({
      type: 'audit/correlation-not-found',
      title: 'Audit Events Not Found',
      status: 404,
    });
    await store(
      server,
      sampleEvent({ correlation_id: 'rr-1' }),
      { ...example('workflowexecution.selection.completed'), correlation_id: 'rr-2' },
      { ...example('gateway.signal.received', { alert_name: '' }), correlation_id: 'rr-3' },
    );
    expect(await failure(server, 'rr-1')).toMatchObject({
      type: 'reconstruction/no-parseable-events',
      title: 'Reconstruction Failed',
      status: 400,
    });
    expect(await failure(server, 'rr-2')).toMatchObject({
      type: 'reconstruction/missing-gateway-event',
      title: 'Reconstruction Failed',
      status: 400,
    });
    expect(await failure(server, 'rr-3')).toEqual({
      type: 'reconstruction/unprocessable',
      title: 'Reconstruction Failed',
      status: 422,
      detail: 'spec.signalName is missing, and required.',
    });
  });

  it.each(['a\0b', '\0', 'x'.repeat(256)])(
    'has no id that no correlation can have: %j',
    async (correlationId) => {
      const server = await startTestServer(open, { now });
      expect(await failure(server, correlationId)).toMatchObject({
        type: 'validation-error',
        status: 400,
      });
    },
  );

  it('has what the last event of a kind gave, however many there are', async () => {
    const server = await startTestServer(open, { now });
    const created = Array.from({ length: 150 }, (_, index) =>
      example('orchestrator.lifecycle.created', { timeout_config: { global: `${index}h0m0s` } }),
    );
    const again = example('gateway.signal.received', { signal_labels: undefined, alert_name: 'Second' });
    await store(server, example('gateway.signal.received'), ...created, again);
    const { manifest, validation } = await rebuilt(server);
    expect(manifest.status).toEqual({ timeoutConfig: { global: '149h0m0s' } });
    expect(manifest.spec.signalName).toBe('Second');
    expect(validation.warnings[0]).toBe('spec.signalLabels is missing');
  });

  it('keeps hostile text as it is, and has a name that Kubernetes takes', async () => {
    const server = await startTestServer(open, { now });
    const texts = [
      'constructor',
      'yes',
      '0x1F',
      '1e3',
      '~',
      '# a: b',
      '- [a]\n\n  b',
      '\u2028"\\',
      '!!js/x',
      '012',
    ];
    const signal_labels = Object.fromEntries(
      [...texts, 'on'].map((text, index) => [text, texts[index] ?? 'off']),
    );
    const ids = ["Größe/'; drop\n--..a", '_'.repeat(255), 'x'.repeat(255), '...'];
    for (const id of ids) {
      const payload = { alert_name: 'constructor', signal_labels, original_payload: { big: 0, text: '=1' } };
      const body = JSON.stringify(example('gateway.signal.received', payload, { correlation_id: id }));
      const exact = body.replace('"big":0', '"big":12345678901234567890');
      const sent = await server.send('POST', '/api/v1/audit/events', exact, {
        'content-type': 'application/json',
      });
      expect(sent.status, sent.text).toBe(201);
      const { manifest, remediation_request_yaml } = await rebuilt(server, id);
      expect(manifest.metadata.name).toMatch(
        /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
      );
      expect(manifest.metadata.labels['kubernaut.ai/correlation-id']).toMatch(
        /^(?=.{0,63}$)([a-zA-Z0-9]([\w.-]*[a-zA-Z0-9])?)?$/,
      );
      expect(manifest.metadata.annotations['kubernaut.ai/correlation-id']).toBe(id);
      expect(manifest.spec.signalName).toBe('constructor');
      expect(Object.entries(manifest.spec.signalLabels)).toEqual(Object.entries(signal_labels));
      expect(remediation_request_yaml).toContain('big: 12345678901234567890\n');
    }
  });

  it('counts what was purged', async () => {
    const { server, clock, old } = await startPurgingServer(open);
    await store(
      server,
      example('gateway.signal.received', {}, { ...old, retention_days: 99 }),
      example('workflowexecution.selection.completed', {}, old),
      { ...example('gateway.signal.received', {}, old), correlation_id: 'rr-gone' },
    );
    clock.time += days(9);
    await expect
      .poll(async () => (await failure(server, 'rr-gone')).detail, { timeout: 20_000 })
      .toBe('The log has no event of the correlation. Records of it that were purged: 1.');
    const { validation } = await rebuilt(server);
    expect([validation.completeness, validation.warnings.at(-1)]).toEqual([
      55,
      'records of the correlation that were purged: 1',
    ]);
  });
});
