import { safeParseEvent } from '@audit/schema';
import { anyHostileText, expectStoredEvents } from '@audit/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as builders from './builders.ts';
import * as serverBuilders from './server.ts';
import type {
  CatalogueWorkflow,
  WorkflowChanges,
  WorkflowSearchFilters,
  WorkflowSearchRequest,
  WorkflowSearchResponse,
} from './workflow-catalogue.ts';

// What the tests here build is also sent to the running service, which must store every event.
const expectEvent = expectStoredEvents();

const workflowId = 'da7f739f-6271-4846-9eea-b537a6f7a435';
const zeroUuid = '00000000-0000-0000-0000-000000000000';

const envelope = {
  version: '1.0',
  event_category: 'workflow',
  event_outcome: 'success',
  actor_type: 'service',
  actor_id: 'datastorage',
};

const workflowEnvelope = {
  ...envelope,
  resource_type: 'Workflow',
  resource_id: workflowId,
  correlation_id: workflowId,
};

const filters = {
  signalType: 'OOMKilled',
  severity: 'critical',
  component: 'deployment',
  environment: 'production',
  priority: 'P1',
} satisfies WorkflowSearchFilters;

const filterPayload = {
  signal_type: 'OOMKilled',
  severity: 'critical',
  component: 'deployment',
  environment: 'production',
  priority: 'P1',
};

const request = {
  remediationId: 'rr-3f9ab2c41d07-5e8c1a7b',
  filters,
  topK: 3,
  minScore: 0.5,
} satisfies WorkflowSearchRequest;

const response = {
  totalResults: 7,
  workflows: [
    {
      workflowId,
      title: 'Increase memory limits',
      description: 'Raises the memory limit of a deployment.',
      confidence: 0.94,
    },
    { workflowId: '21efeb92-a937-4c3f-88f7-f85d770f03b7', title: 'Restart deployment', confidence: 0.61 },
  ],
} satisfies WorkflowSearchResponse;

const nothingFound = { totalResults: 0, workflows: [] } satisfies WorkflowSearchResponse;

const embedding = { embedding_dimensions: 768, embedding_model: 'all-mpnet-base-v2' };

describe('catalogSearchCompleted', () => {
  it('records what was asked and found, with the time it took in the payload and in the envelope', () => {
    expect(builders.catalogSearchCompleted({ request, response, durationMs: 23.7 })).toStrictEqual({
      ...envelope,
      resource_type: 'workflow_catalog',
      resource_id: '0cfd973c98683160',
      correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
      duration_ms: 23,
      event_type: 'workflow.catalog.search_completed',
      event_action: 'search_completed',
      event_data: {
        event_type: 'workflow.catalog.search_completed',
        query: { top_k: 3, min_score: 0.5, filters: filterPayload },
        results: {
          total_found: 7,
          returned: 2,
          workflows: [
            {
              workflow_id: workflowId,
              title: 'Increase memory limits',
              rank: 1,
              scoring: { confidence: 0.94 },
              description: 'Raises the memory limit of a deployment.',
            },
            {
              workflow_id: '21efeb92-a937-4c3f-88f7-f85d770f03b7',
              title: 'Restart deployment',
              rank: 2,
              scoring: { confidence: 0.61 },
            },
          ],
        },
        search_metadata: { duration_ms: 23, ...embedding },
      },
    });
  });

  it('records the least that can be asked and found', () => {
    const input = { request: {}, response: { totalResults: 0, workflows: null }, durationMs: 0 };
    expect(builders.catalogSearchCompleted(input)).toStrictEqual({
      ...envelope,
      resource_type: 'workflow_catalog',
      resource_id: '00000000000000',
      correlation_id: '00000000000000',
      duration_ms: 0,
      event_type: 'workflow.catalog.search_completed',
      event_action: 'search_completed',
      event_data: {
        event_type: 'workflow.catalog.search_completed',
        query: { top_k: 0 },
        results: { total_found: 0, returned: 0, workflows: [] },
        search_metadata: { duration_ms: 0, ...embedding },
      },
    });
  });
});

describe('the name of a search', () => {
  it.each([
    [filters, '0cfd973c98683160'],
    [{ ...filters, severity: 'high' }, 'fad47e6951292eef'],
    [{ severity: 'critical' }, '72fd7ee1e6682814'],
    [{}, 'bd64bb8efa5b3f27'],
    [null, '00000000000000'],
  ])('of filters %j is %s', (some, hash) => {
    const { resource_id } = buildSearch({ filters: some });
    expect(resource_id).toBe(hash);
  });

  it('is the correlation id when no remediation is named', () => {
    expect(buildSearch({ filters, remediationId: '' }).correlation_id).toBe('0cfd973c98683160');
  });

  it('comes from the words as they were asked, also from those outside the contract', () => {
    const hashes = ['P4', 'P5', 'P6'].map(
      (priority) => buildSearch({ filters: { ...filters, priority } }).resource_id,
    );
    expect(new Set(hashes).size).toBe(3);
  });
});

describe('a search filter', () => {
  it.each(['critical', 'high', 'medium', 'low', 'warning', 'info'])('knows severity %s', (severity) => {
    expect(buildFilters({ ...filters, severity })).toMatchObject({ severity });
  });

  it.each(['P0', 'P1', 'P2', 'P3', 'P4'])('knows priority %s', (priority) => {
    expect(buildFilters({ ...filters, priority })).toMatchObject({ priority });
  });

  it.each(['catastrophic', 'toString', ''])('keeps a search with the word %j as unknown', (word) => {
    expect(buildFilters({ ...filters, severity: word, priority: word })).toStrictEqual({
      ...filterPayload,
      severity: 'unknown',
      priority: 'unknown',
    });
  });

  it('is empty where nothing is asked', () => {
    expect(buildFilters({})).toStrictEqual({
      signal_type: '',
      severity: 'unknown',
      component: '',
      environment: '',
      priority: 'unknown',
    });
  });

  it('tells custom labels, detected labels and statuses', () => {
    const detectedLabels = {
      failedDetections: ['networkIsolated', 'hpaEnabled'],
      gitOpsManaged: true,
      gitOpsTool: 'argocd',
      pdbProtected: true,
      hpaEnabled: false,
      stateful: false,
      helmManaged: true,
      networkIsolated: false,
      serviceMesh: '*',
    };
    const customLabels = { team: ['name=payments'], constraint: null };
    expect(
      buildFilters({ ...filters, customLabels, detectedLabels, status: ['active', 'Deprecated'] }),
    ).toStrictEqual({
      ...filterPayload,
      custom_labels: { team: ['name=payments'], constraint: [] },
      detected_labels: {
        failed_detections: ['hpaEnabled', 'networkIsolated'],
        gitOpsManaged: true,
        gitOpsTool: 'argocd',
        pdbProtected: true,
        hpaEnabled: false,
        stateful: false,
        helmManaged: true,
        networkIsolated: false,
        serviceMesh: '*',
      },
      status: ['active', 'deprecated'],
    });
  });

  it.each([
    { customLabels: null, detectedLabels: null, status: null },
    { customLabels: {}, detectedLabels: {}, status: [] },
    {
      detectedLabels: { failedDetections: ['gravity'], gitOpsTool: 'cvs', serviceMesh: '' },
      status: ['draft'],
    },
  ])('leaves out %j', (more) => {
    expect(buildFilters({ ...filters, ...more })).toStrictEqual(filterPayload);
  });
});

describe('the numbers of a search', () => {
  it.each([
    [2.9, 2],
    [-1, 0],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 0],
    [1e12, 2_147_483_647],
  ])('count %d as %d', (number, count) => {
    const { event_data } = expectEvent(
      builders.catalogSearchCompleted({
        request: { topK: number },
        response: { ...nothingFound, totalResults: number },
        durationMs: 1,
      }),
    );
    expect([event_data.query.top_k, event_data.results.total_found]).toEqual([count, count]);
  });

  it.each([
    [0.4, 0],
    [-5, 0],
    [Number.NaN, 0],
    [1e300, Number.MAX_SAFE_INTEGER],
  ])('give a duration of %d ms as %d, the same in payload and envelope', (durationMs, written) => {
    const built = expectEvent(builders.catalogSearchCompleted({ request, response, durationMs }));
    expect([built.duration_ms, built.event_data.search_metadata.duration_ms]).toEqual([written, written]);
  });

  it.each([0, -0.5, Number.NaN, Number.POSITIVE_INFINITY])('leave out a smallest score of %d', (minScore) => {
    expect(buildSearch({ minScore }).event_data.query).toStrictEqual({ top_k: 0 });
  });

  it.each([
    [1.4, 1],
    [-0.1, 0],
    [Number.NaN, 0],
  ])('keep a confidence of %d within 0 and 1, as %d', (confidence, written) => {
    const { scoring } = buildResult({ workflowId, title: 'Restart', confidence });
    expect(scoring).toStrictEqual({ confidence: written });
  });
});

describe('a search result', () => {
  it('has the zero UUID when its id is no UUID', () => {
    expect(buildResult({ workflowId: 'restart', title: 'Restart', confidence: 1 }).workflow_id).toBe(
      zeroUuid,
    );
  });

  it('has the text of a description that later versions structure', () => {
    const description = { what: 'Restarts all pods.', whenToUse: 'When they hang.' };
    expect(buildResult({ workflowId, title: 'Restart', description, confidence: 1 }).description).toBe(
      'Restarts all pods.',
    );
  });

  it('has a short description, so that a hundred of them fit into an event', () => {
    const description = 'x'.repeat(1000);
    const result = { workflowId, title: 'Restart', description, confidence: 1 };
    expect(buildResult(result).description).toBe(`${'x'.repeat(399)}…`);
  });
});

const workflow = {
  workflowId,
  workflowName: 'increase-memory-limits',
  version: '1.2.0',
  name: 'Increase memory limits',
  description: 'Raises the memory limit of a deployment and waits for the rollout.',
  status: 'active',
  isLatestVersion: true,
  executionEngine: 'tekton',
  labels: filters,
} satisfies CatalogueWorkflow;

const workflowPayload = {
  workflow_id: workflowId,
  workflow_name: 'increase-memory-limits',
  version: '1.2.0',
  status: 'active',
  is_latest_version: true,
  execution_engine: 'tekton',
  name: 'Increase memory limits',
};

describe('workflowCreated', () => {
  it('records what entered the catalogue', () => {
    expect(builders.workflowCreated({ workflow })).toStrictEqual({
      ...workflowEnvelope,
      event_type: 'datastorage.workflow.created',
      event_action: 'create',
      event_data: {
        event_type: 'datastorage.workflow.created',
        ...workflowPayload,
        description: 'Raises the memory limit of a deployment and waits for the rollout.',
        labels: filterPayload,
      },
    });
  });

  it.each([
    { description: '', labels: {} },
    { description: null, labels: null },
    { description: { what: '' }, labels: { signalType: '', severity: [], priority: null } },
  ])('leaves out %j', (empty) => {
    const { event_data } = builders.workflowCreated({ workflow: { ...workflow, ...empty } });
    expect(event_data).toStrictEqual({ event_type: 'datastorage.workflow.created', ...workflowPayload });
  });

  it('tells only the labels that are set, one value or several', () => {
    const labels = { severity: ['critical', 'high'], component: '*', environment: '' };
    expect(buildCreated({ labels }).labels).toStrictEqual({ severity: ['critical', 'high'], component: '*' });
  });

  it.each([
    ['active', 'active'],
    ['Active', 'active'],
    ['disabled', 'disabled'],
    ['Disabled', 'disabled'],
    ['deprecated', 'deprecated'],
    ['Deprecated', 'deprecated'],
    ['archived', 'archived'],
    ['Archived', 'archived'],
    ['draft', 'unknown'],
    ['toString', 'unknown'],
    ['', 'unknown'],
  ])('knows status %j as %s', (status, word) => {
    expect(buildCreated({ status }).status).toBe(word);
  });

  it('cuts a description that would make the event too large', () => {
    expect(buildCreated({ description: 'x'.repeat(1_000_000) }).description).toBe(`${'x'.repeat(16_383)}…`);
  });

  it('replaces text that no store can keep', () => {
    expect(buildCreated({ name: 'a\u0000b\uD800' }).name).toBe('a\uFFFDb\uFFFD');
  });
});

describe('workflowUpdated', () => {
  it('records what changed', () => {
    const changes = { status: 'active', version: '1.3.0', description: 'Waits for the rollout.' };
    expect(builders.workflowUpdated({ workflowId, changes })).toStrictEqual({
      ...workflowEnvelope,
      event_type: 'datastorage.workflow.updated',
      event_action: 'update',
      event_data: {
        event_type: 'datastorage.workflow.updated',
        workflow_id: workflowId,
        updated_fields: changes,
      },
    });
  });

  it.each(['disabled', 'Disabled'])('records who disabled the workflow, and why, when it is %s', (status) => {
    const changes = { status, disabledBy: 'priya.nair@example.com', disabledReason: 'Replaced by 1.2.0.' };
    expect(buildUpdated(changes)).toStrictEqual({
      status: 'disabled',
      disabled_by: 'priya.nair@example.com',
      disabled_reason: 'Replaced by 1.2.0.',
    });
  });

  it.each([
    [{ status: 'active', disabledBy: 'priya', disabledReason: 'Replaced.' }, { status: 'active' }],
    [{ disabledBy: 'priya', disabledReason: 'Replaced.', version: '2' }, { version: '2' }],
    [{ status: 'disabled', disabledBy: '', disabledReason: '' }, { status: 'disabled' }],
    [{ status: 'disabled', disabledBy: null, disabledReason: null }, { status: 'disabled' }],
    [{ status: null, version: '', description: null }, {}],
    [{}, {}],
  ])('makes of %j the fields %j', (changes, fields) => {
    expect(buildUpdated(changes)).toStrictEqual(fields);
  });

  it('keeps a status outside the contract as it is', () => {
    expect(buildUpdated({ status: 'draft' })).toStrictEqual({ status: 'draft' });
  });
});

describe('a workflow id', () => {
  it('that is no UUID is the zero UUID in the payload and stays itself in the envelope', () => {
    for (const built of [
      builders.workflowCreated({ workflow: { ...workflow, workflowId: 'increase-memory' } }),
      builders.workflowUpdated({ workflowId: 'increase-memory', changes: {} }),
    ]) {
      expect(expectEvent(built).event_data.workflow_id).toBe(zeroUuid);
      expect([built.resource_id, built.correlation_id]).toEqual(['increase-memory', 'increase-memory']);
    }
  });

  it('that is empty does not lose the event', () => {
    const built = expectEvent(builders.workflowUpdated({ workflowId: '', changes: {} }));
    expect([built.resource_id, built.correlation_id]).toEqual([zeroUuid, zeroUuid]);
  });

  it.each([
    ['DA7F739F-6271-4846-9EEA-B537A6F7A435', 'DA7F739F-6271-4846-9EEA-B537A6F7A435'],
    ['019bb6ce-63b1-7949-87a0-662cf1f7f09f', '019bb6ce-63b1-7949-87a0-662cf1f7f09f'],
    ['da7f739f-6271-0846-9eea-b537a6f7a435', zeroUuid],
    ['da7f739f-6271-4846-1eea-b537a6f7a435', zeroUuid],
    ['{da7f739f-6271-4846-9eea-b537a6f7a435}', zeroUuid],
    ['da7f739f62714846-9eea-b537a6f7a435', zeroUuid],
  ])('%s is %s', (id, written) => {
    const built = expectEvent(builders.workflowUpdated({ workflowId: id, changes: {} }));
    expect(built.event_data.workflow_id).toBe(written);
  });
});

describe('any input', () => {
  it('becomes an event that the contract accepts', () => {
    fc.assert(
      fc.property(anySearch(), anyWorkflow(), anyChanges(), (search, created, changes) => {
        expectEvent(builders.catalogSearchCompleted(search));
        expectEvent(builders.workflowCreated({ workflow: created }));
        expectEvent(builders.workflowUpdated({ workflowId: created.workflowId, changes }));
      }),
    );
  });
});

function buildSearch(parts: WorkflowSearchRequest) {
  return expectEvent(
    builders.catalogSearchCompleted({ request: parts, response: nothingFound, durationMs: 5 }),
  );
}

function buildFilters(parts: WorkflowSearchFilters) {
  return buildSearch({ filters: parts }).event_data.query.filters;
}

function buildResult(result: NonNullable<WorkflowSearchResponse['workflows']>[number]) {
  const found = { totalResults: 1, workflows: [result] };
  const { event_data } = expectEvent(
    builders.catalogSearchCompleted({ request, response: found, durationMs: 5 }),
  );
  const [written] = event_data.results.workflows;
  if (written === undefined) throw new Error('the event has no result');
  return written;
}

function buildCreated(parts: Partial<CatalogueWorkflow>) {
  return expectEvent(builders.workflowCreated({ workflow: { ...workflow, ...parts } })).event_data;
}

function buildUpdated(changes: WorkflowChanges) {
  return expectEvent(builders.workflowUpdated({ workflowId, changes })).event_data.updated_fields;
}

function anyText(): fc.Arbitrary<string> {
  return anyHostileText('Disabled', 'critical');
}

function anyId(): fc.Arbitrary<string> {
  return fc.oneof(anyText(), fc.uuid());
}

function anyDescription() {
  return fc.option(fc.oneof(anyText(), fc.record({ what: anyText() })));
}

function anySearch() {
  const result = fc.record(
    { workflowId: anyId(), title: anyText(), description: anyDescription(), confidence: fc.double() },
    { requiredKeys: ['workflowId', 'title', 'confidence'] },
  );
  return fc.record({
    request: fc.record(
      {
        remediationId: anyText(),
        filters: fc.option(anyFilters()),
        topK: fc.double(),
        minScore: fc.double(),
      },
      { requiredKeys: [] },
    ),
    response: fc.record({ totalResults: fc.double(), workflows: fc.option(fc.array(result)) }),
    durationMs: fc.double(),
  });
}

function anyFilters(): fc.Arbitrary<WorkflowSearchFilters> {
  const text = anyText();
  const texts = fc.option(fc.array(text));
  const flag = fc.boolean();
  const detectedLabels = fc.record(
    {
      failedDetections: texts,
      gitOpsManaged: flag,
      gitOpsTool: text,
      pdbProtected: flag,
      hpaEnabled: flag,
      stateful: flag,
      helmManaged: flag,
      networkIsolated: flag,
      serviceMesh: text,
    },
    { requiredKeys: [] },
  );
  return fc.record(
    {
      signalType: text,
      severity: text,
      component: text,
      environment: text,
      priority: text,
      customLabels: fc.option(fc.dictionary(text, texts)),
      detectedLabels: fc.option(detectedLabels),
      status: texts,
    },
    { requiredKeys: [] },
  );
}

function anyWorkflow(): fc.Arbitrary<CatalogueWorkflow> {
  const text = anyText();
  const label = fc.option(fc.oneof(text, fc.array(text)));
  return fc.record(
    {
      workflowId: anyId(),
      workflowName: text,
      version: text,
      name: text,
      description: anyDescription(),
      status: text,
      isLatestVersion: fc.boolean(),
      executionEngine: text,
      labels: fc.option(
        fc.record(
          { signalType: label, severity: label, component: label, environment: label, priority: label },
          { requiredKeys: [] },
        ),
      ),
    },
    {
      requiredKeys: [
        'workflowId',
        'workflowName',
        'version',
        'name',
        'status',
        'isLatestVersion',
        'executionEngine',
      ],
    },
  );
}

function anyChanges(): fc.Arbitrary<WorkflowChanges> {
  const text = fc.option(anyText());
  return fc.record(
    { status: text, disabledBy: text, disabledReason: text, version: text, description: anyDescription() },
    { requiredKeys: [] },
  );
}

describe('the events of the server itself', () => {
  const own = { version: '1.0', event_category: 'datastorage', event_outcome: 'success' };
  const principal = { id: 'legal@example.com' };
  const user = { actor_type: 'user', actor_id: 'legal@example.com' };
  const hold = { resource_type: 'LegalHold', resource_id: 'rr-1', correlation_id: 'rr-1' };

  it('tell that a hold was placed, in the trail of what is held', () => {
    expect(
      serverBuilders.legalHoldPlaced({ principal, correlationId: 'rr-1', reason: 'Litigation.' }),
    ).toStrictEqual({
      ...own,
      ...user,
      ...hold,
      event_type: 'datastorage.legal_hold.placed',
      event_action: 'placed',
      event_data: { event_type: 'datastorage.legal_hold.placed', reason: 'Litigation.' },
    });
  });

  it('tell that a hold was released, and which', () => {
    const input = { principal, correlationId: 'rr-1', releaseReason: 'Settled.', holdSequence: 7 };
    expect(serverBuilders.legalHoldReleased(input)).toStrictEqual({
      ...own,
      ...user,
      ...hold,
      event_type: 'datastorage.legal_hold.released',
      event_action: 'released',
      event_data: {
        event_type: 'datastorage.legal_hold.released',
        release_reason: 'Settled.',
        hold_sequence: 7,
      },
    });
  });

  it('tell which records were purged, as ranges, and under which policy', () => {
    const input = {
      logId: 'default',
      purged: { sequences: [0, 1, 2, 5, 8, 9] },
      defaultRetentionDays: 2555,
      categoryRetentionDays: [{ event_category: 'gateway', retention_days: 365 }],
    };
    expect(serverBuilders.retentionPurged(input)).toStrictEqual({
      ...own,
      actor_type: 'service',
      actor_id: 'datastorage',
      resource_type: 'Log',
      resource_id: 'default',
      correlation_id: 'retention:default',
      event_type: 'datastorage.retention.purged',
      event_action: 'purged',
      event_data: {
        event_type: 'datastorage.retention.purged',
        records_purged: 6,
        ranges: [
          { first_sequence: 0, last_sequence: 2 },
          { first_sequence: 5, last_sequence: 5 },
          { first_sequence: 8, last_sequence: 9 },
        ],
        default_retention_days: 2555,
        category_retention_days: [{ event_category: 'gateway', retention_days: 365 }],
      },
    });
  });

  it('tell which partition was purged whole, and what of it', () => {
    const purged = {
      partition: { first_sequence: 0, last_sequence: 9 },
      ranges: [
        { first_sequence: 0, last_sequence: 3 },
        { first_sequence: 5, last_sequence: 9 },
      ],
    };
    const input = { logId: 'default', purged, defaultRetentionDays: 2555, categoryRetentionDays: [] };
    expect(serverBuilders.retentionPurged(input).event_data).toStrictEqual({
      event_type: 'datastorage.retention.purged',
      records_purged: 9,
      ...purged,
      default_retention_days: 2555,
      category_retention_days: [],
    });
  });

  it('tell which members were erased, and not what they held', () => {
    const input = {
      principal,
      logId: 'default',
      requestId: workflowId,
      reason: 'Article 17.',
      despiteHold: false,
      members: [{ sequence: 4, pointer: '/actor_id' }],
      membersKeptUnderHold: 2,
    };
    expect(serverBuilders.personalDataErased(input)).toStrictEqual({
      ...own,
      ...user,
      resource_type: 'Log',
      resource_id: 'default',
      correlation_id: 'erasure:default',
      event_type: 'datastorage.personal_data.erased',
      event_action: 'erased',
      event_data: {
        event_type: 'datastorage.personal_data.erased',
        request_id: workflowId,
        reason: 'Article 17.',
        despite_hold: false,
        members_erased: 1,
        members_kept_under_hold: 2,
        members: [{ sequence: 4, pointer: '/actor_id' }],
      },
    });
  });

  it('tell that the log changed its key, and from which to which', () => {
    const input = { logId: 'default', previousKey: 'audit+1+AQ', newKey: 'audit+2+AQ' };
    expect(serverBuilders.signingKeyRotated(input)).toStrictEqual({
      ...own,
      actor_type: 'service',
      actor_id: 'datastorage',
      resource_type: 'Log',
      resource_id: 'default',
      correlation_id: 'signing-key:default',
      event_type: 'datastorage.signing_key.rotated',
      event_action: 'rotated',
      event_data: {
        event_type: 'datastorage.signing_key.rotated',
        previous_key: 'audit+1+AQ',
        new_key: 'audit+2+AQ',
      },
    });
  });

  it('tell what was exported, in the trail that was asked for', () => {
    const exported = {
      format: 'pack',
      population: 'correlation',
      filter: { correlation_id: 'rr-1' },
      disclosures: 'included',
    } as const;
    expect(
      serverBuilders.recordsExported({ principal, logId: 'default', correlationId: 'rr-1', exported }),
    ).toStrictEqual({
      ...own,
      ...user,
      resource_type: 'Log',
      resource_id: 'default',
      correlation_id: 'rr-1',
      event_type: 'datastorage.records.exported',
      event_action: 'exported',
      event_data: { event_type: 'datastorage.records.exported', ...exported },
    });
  });

  it('tell of an export that is of no correlation in a trail of the log', () => {
    const exported = {
      format: 'csv',
      population: 'range',
      from_sequence: 7,
      disclosures: 'withheld',
    } as const;
    const draft = serverBuilders.recordsExported({ principal, logId: 'default', exported });
    expect(draft.correlation_id).toBe('export:default');
  });

  it.each([
    [true, 'success'],
    [false, 'failure'],
  ] as const)('tell of a trail that was verified whether it holds: %s is a %s', (isValid, outcome) => {
    const found = { is_valid: isValid, total_events: 4, verified_events: 3, purged_events: 1 };
    expect(serverBuilders.chainVerified({ principal, correlationId: 'rr-1', found })).toStrictEqual({
      ...own,
      ...user,
      event_outcome: outcome,
      resource_type: 'Correlation',
      resource_id: 'rr-1',
      correlation_id: 'rr-1',
      event_type: 'datastorage.chain.verified',
      event_action: 'verified',
      event_data: { event_type: 'datastorage.chain.verified', ...found },
    });
  });

  it('tell whose personal data was handed out, and not what it is', () => {
    const input = {
      principal,
      correlationId: 'rr-1',
      eventId: workflowId,
      sequence: 4,
      pointers: ['/actor_id'],
    };
    expect(serverBuilders.personalDataDisclosed(input)).toStrictEqual({
      ...own,
      ...user,
      resource_type: 'AuditEvent',
      resource_id: workflowId,
      correlation_id: 'rr-1',
      event_type: 'datastorage.personal_data.disclosed',
      event_action: 'disclosed',
      event_data: {
        event_type: 'datastorage.personal_data.disclosed',
        event_id: workflowId,
        sequence: 4,
        pointers: ['/actor_id'],
      },
    });
  });

  const access = {
    logId: 'default',
    operation: 'queryAuditEvents',
    requests: 2,
    firstAt: '2026-01-14T09:31:00Z',
    lastAt: '2026-01-14T09:31:50Z',
  };
  const counted = {
    operation: 'queryAuditEvents',
    requests: 2,
    first_at: '2026-01-14T09:31:00Z',
    last_at: '2026-01-14T09:31:50Z',
  };

  it.each([
    [{ id: 'legal@example.com' }, user],
    [{ peer: '192.0.2.1' }, { actor_type: 'external', actor_id: '192.0.2.1' }],
  ])('tell that %j was refused, in a category that expires', (caller, actor) => {
    expect(serverBuilders.accessRefused({ ...access, caller, reason: 'missing_role' })).toStrictEqual({
      ...own,
      ...actor,
      event_category: 'access',
      event_outcome: 'failure',
      resource_type: 'Operation',
      resource_id: 'queryAuditEvents',
      correlation_id: 'access:default',
      event_type: 'datastorage.access.refused',
      event_action: 'refused',
      event_data: { event_type: 'datastorage.access.refused', reason: 'missing_role', ...counted },
    });
  });

  it.each([{}, { filter: { correlation_id: 'rr-1' } }])('tell that records were read, with %j', (filter) => {
    expect(serverBuilders.recordsRead({ ...access, ...filter, principal, records: 0 })).toStrictEqual({
      ...own,
      ...user,
      event_category: 'access',
      resource_type: 'Log',
      resource_id: 'default',
      correlation_id: 'access:default',
      event_type: 'datastorage.records.read',
      event_action: 'read',
      event_data: { event_type: 'datastorage.records.read', ...filter, ...counted, records: 0 },
    });
  });

  it.each([
    [{}, {}],
    [
      { policySha256: 'a'.repeat(64), previousPolicySha256: 'b'.repeat(64) },
      { policy_sha256: 'a'.repeat(64), previous_policy_sha256: 'b'.repeat(64) },
    ],
  ])('tell that another access policy is in force, with %j', (digests, written) => {
    const grants = [{ role: 'writer' as const, grants: 2 }];
    const input = { logId: 'default', tokens: 1, issuers: 1, trustedProxies: 0, grants, ...digests };
    expect(serverBuilders.accessPolicyChanged(input)).toStrictEqual({
      ...own,
      actor_type: 'service',
      actor_id: 'datastorage',
      resource_type: 'Log',
      resource_id: 'default',
      correlation_id: 'access-policy:default',
      event_type: 'datastorage.access_policy.changed',
      event_action: 'changed',
      event_data: {
        event_type: 'datastorage.access_policy.changed',
        ...written,
        tokens: 1,
        issuers: 1,
        trusted_proxies: 0,
        grants,
      },
    });
  });

  it('cover any set of sequences exactly, and fit the contract', () => {
    const sets = fc.uniqueArray(fc.nat(60), { minLength: 1 });
    fc.assert(
      fc.property(sets, (set) => {
        const sequences = set.toSorted((one, other) => one - other);
        const draft = serverBuilders.retentionPurged({
          logId: 'default',
          purged: { sequences },
          defaultRetentionDays: 1,
          categoryRetentionDays: [],
        });
        expect(safeParseEvent({ event_timestamp: '2026-01-14T09:31:50Z', ...draft })).toMatchObject({
          success: true,
        });
        const covered = draft.event_data.ranges.flatMap(({ first_sequence, last_sequence }) =>
          Array.from({ length: last_sequence - first_sequence + 1 }, (_, index) => first_sequence + index),
        );
        expect(covered).toEqual(sequences);
      }),
    );
  });
});
