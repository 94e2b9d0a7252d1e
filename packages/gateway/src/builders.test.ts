import { anyHostileText, expectStoredEvents } from '@audit/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as builders from './builders.ts';
import type { CreationFailure } from './failure.ts';
import type { RemediationRequest, Signal } from './signal.ts';

// What the tests here build is also sent to the running service, which must store every event.
const expectEvent = expectStoredEvents();

const fingerprint = '3f9ab2c41d072b5ab764a4eb74db43c91cc5831f62bc0e1287bbcb017d521328';

const signal = {
  sourceType: 'prometheus-alert',
  fingerprint,
  alertName: 'KubePodOOMKilled',
  severity: 'critical',
  namespace: 'payments',
  resource: { kind: 'Deployment', name: 'checkout' },
  labels: { alertname: 'KubePodOOMKilled', namespace: 'payments' },
  annotations: { summary: 'checkout is killed for lack of memory' },
  rawPayload: '{"status":"firing","alerts":[{"startsAt":"2026-01-14T09:13:30Z"}]}',
} satisfies Signal;

const remediationRequest = {
  metadata: { name: 'rr-3f9ab2c41d07-5e8c1a7b', namespace: 'kubernaut' },
} satisfies RemediationRequest;

const envelope = { version: '1.0', event_category: 'gateway', namespace: 'payments' };

const signalEnvelope = {
  ...envelope,
  event_outcome: 'success',
  actor_type: 'external',
  actor_id: 'prometheus-alert',
  resource_type: 'Signal',
  resource_id: fingerprint,
  correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
};

const creatorEnvelope = {
  ...envelope,
  actor_type: 'gateway',
  actor_id: 'crd-creator',
  resource_type: 'RemediationRequest',
};

const basePayload = {
  signal_type: 'prometheus-alert',
  alert_name: 'KubePodOOMKilled',
  namespace: 'payments',
  fingerprint,
};

const targetPayload = {
  severity: 'critical',
  resource_kind: 'Deployment',
  resource_name: 'checkout',
};

const contentPayload = {
  signal_labels: { alertname: 'KubePodOOMKilled', namespace: 'payments' },
  signal_annotations: { summary: 'checkout is killed for lack of memory' },
  original_payload: { status: 'firing', alerts: [{ startsAt: '2026-01-14T09:13:30Z' }] },
};

describe('signalReceived', () => {
  it('records the signal whole, with the RemediationRequest it led to', () => {
    expect(builders.signalReceived({ signal, remediationRequest })).toStrictEqual({
      ...signalEnvelope,
      event_type: 'gateway.signal.received',
      event_action: 'received',
      event_data: {
        event_type: 'gateway.signal.received',
        ...basePayload,
        ...targetPayload,
        ...contentPayload,
        remediation_request: 'kubernaut/rr-3f9ab2c41d07-5e8c1a7b',
        deduplication_status: 'new',
      },
    });
  });

  it('leaves out what is not known', () => {
    const bare = {
      sourceType: 'kubernetes-event',
      fingerprint,
      alertName: 'NodeNotReady',
      severity: '',
      namespace: '',
      resource: { kind: '', name: '' },
    };
    const { namespace, ...withoutNamespace } = signalEnvelope;
    expect(builders.signalReceived({ signal: bare, remediationRequest })).toStrictEqual({
      ...withoutNamespace,
      actor_id: 'kubernetes-event',
      event_type: 'gateway.signal.received',
      event_action: 'received',
      event_data: {
        event_type: 'gateway.signal.received',
        signal_type: 'kubernetes-event',
        alert_name: 'NodeNotReady',
        namespace: '',
        fingerprint,
        signal_labels: {},
        signal_annotations: {},
        remediation_request: 'kubernaut/rr-3f9ab2c41d07-5e8c1a7b',
        deduplication_status: 'new',
      },
    });
  });
});

describe('signalDeduplicated', () => {
  it('records the repeat with its count, without severity and resource', () => {
    const repeated = { ...remediationRequest, status: { deduplication: { occurrenceCount: 2 } } };
    expect(builders.signalDeduplicated({ signal, remediationRequest: repeated })).toStrictEqual({
      ...signalEnvelope,
      event_type: 'gateway.signal.deduplicated',
      event_action: 'deduplicated',
      event_data: {
        event_type: 'gateway.signal.deduplicated',
        ...basePayload,
        ...contentPayload,
        remediation_request: 'kubernaut/rr-3f9ab2c41d07-5e8c1a7b',
        deduplication_status: 'duplicate',
        occurrence_count: 2,
      },
    });
  });

  it.each([
    [undefined, 1],
    [{}, 1],
    [{ deduplication: {} }, 1],
    [{ deduplication: { occurrenceCount: 0 } }, 1],
    [{ deduplication: { occurrenceCount: -3 } }, 1],
    [{ deduplication: { occurrenceCount: 2.5 } }, 1],
    [{ deduplication: { occurrenceCount: Number.NaN } }, 1],
    [{ deduplication: { occurrenceCount: 17 } }, 17],
    [{ deduplication: { occurrenceCount: 2 ** 31 } }, 2_147_483_647],
  ])('counts %j as %d', (status, count) => {
    const counted = status === undefined ? remediationRequest : { ...remediationRequest, status };
    const built = expectEvent(builders.signalDeduplicated({ signal, remediationRequest: counted }));
    expect(built.event_data.occurrence_count).toBe(count);
  });
});

describe('crdCreated', () => {
  it('records the RemediationRequest; the count starts with the signal', () => {
    expect(builders.crdCreated({ signal, remediationRequest })).toStrictEqual({
      ...creatorEnvelope,
      event_type: 'gateway.crd.created',
      event_action: 'created',
      event_outcome: 'success',
      resource_id: 'kubernaut/rr-3f9ab2c41d07-5e8c1a7b',
      correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
      event_data: {
        event_type: 'gateway.crd.created',
        ...basePayload,
        ...targetPayload,
        remediation_request: 'kubernaut/rr-3f9ab2c41d07-5e8c1a7b',
        occurrence_count: 1,
      },
    });
  });
});

describe('crdFailed', () => {
  it('says failed, under a readable name instead of the fingerprint', () => {
    const error = {
      status: 'Failure',
      reason: 'ServerTimeout',
      code: 500,
      message: 'etcdserver: request timed out',
    };
    expect(builders.crdFailed({ signal, error, circuitBreakerOpen: false })).toStrictEqual({
      ...creatorEnvelope,
      event_type: 'gateway.crd.failed',
      event_action: 'failed',
      event_outcome: 'failure',
      resource_id: 'KubePodOOMKilled:payments:Deployment:checkout',
      correlation_id: 'KubePodOOMKilled:payments:Deployment:checkout',
      event_data: {
        event_type: 'gateway.crd.failed',
        ...basePayload,
        ...targetPayload,
        error_details: {
          message: 'etcdserver: request timed out',
          code: 'ERR_K8S_SERVER_TIMEOUT',
          component: 'gateway',
          retry_possible: true,
        },
      },
    });
  });

  it.each([
    ['NotFound', 'ERR_K8S_NOT_FOUND', false],
    ['AlreadyExists', 'ERR_K8S_ALREADY_EXISTS', false],
    ['Conflict', 'ERR_K8S_CONFLICT', true],
    ['Forbidden', 'ERR_K8S_FORBIDDEN', false],
    ['Unauthorized', 'ERR_K8S_UNAUTHORIZED', false],
    ['Invalid', 'ERR_K8S_INVALID', false],
    ['Timeout', 'ERR_K8S_TIMEOUT', true],
    ['ServerTimeout', 'ERR_K8S_SERVER_TIMEOUT', true],
    ['ServiceUnavailable', 'ERR_K8S_SERVICE_UNAVAILABLE', true],
    ['TooManyRequests', 'ERR_K8S_TOO_MANY_REQUESTS', true],
    ['InternalError', 'ERR_K8S_INTERNAL', true],
  ])('knows the reason %s as %s, retry %s', (reason, code, retryPossible) => {
    expect(detailsOf({ reason, message: 'refused' })).toStrictEqual({
      message: 'refused',
      code,
      component: 'gateway',
      retry_possible: retryPossible,
    });
  });

  it.each([
    [401, 'ERR_K8S_UNAUTHORIZED'],
    [403, 'ERR_K8S_FORBIDDEN'],
    [404, 'ERR_K8S_NOT_FOUND'],
    [409, 'ERR_K8S_CONFLICT'],
    [422, 'ERR_K8S_INVALID'],
    [429, 'ERR_K8S_TOO_MANY_REQUESTS'],
    [500, 'ERR_K8S_INTERNAL'],
    [503, 'ERR_K8S_SERVICE_UNAVAILABLE'],
    [504, 'ERR_K8S_TIMEOUT'],
  ])('knows HTTP %d as %s when no reason is named', (httpStatus, code) => {
    expect(detailsOf({ code: httpStatus, message: 'refused' })).toMatchObject({ message: 'refused', code });
    expect(detailsOf({ statusCode: httpStatus, message: 'refused' })).toMatchObject({ code });
  });

  it('keeps an open circuit breaker apart from an error of Kubernetes', () => {
    const error = { reason: 'NotFound', message: 'breaker is open' };
    expect(detailsOf(error, { circuitBreakerOpen: true })).toStrictEqual({
      message: 'breaker is open',
      code: 'ERR_CIRCUIT_BREAKER_OPEN',
      component: 'gateway',
      retry_possible: true,
    });
    expect(detailsOf(undefined, { circuitBreakerOpen: true })?.message).toBe('the circuit breaker is open');
  });

  it.each([
    [{ reason: 'Gone', code: 410, message: 'too old' }, 'Gone: too old'],
    [{ reason: 'Gone', message: '' }, 'Gone'],
    [{ code: 418, message: 'a teapot' }, 'HTTP 418: a teapot'],
    [{ reason: '__proto__', message: 'odd' }, '__proto__: odd'],
    [new Error('connect ECONNREFUSED'), 'connect ECONNREFUSED'],
    ['no leader', 'no leader'],
    [undefined, 'creation failed for an unknown reason'],
    [null, 'creation failed for an unknown reason'],
    [42, 'creation failed for an unknown reason'],
    [{ message: 7, code: 'ECONNREFUSED' }, 'creation failed for an unknown reason'],
  ])('takes %j for an unknown error and keeps what it says', (error, message) => {
    expect(detailsOf(error)).toStrictEqual({
      message,
      code: 'ERR_K8S_UNKNOWN',
      component: 'gateway',
      retry_possible: false,
    });
  });

  it('takes the code from the HTTP status when the reason is new, and keeps the reason', () => {
    const error = { reason: 'StorageFull', code: 503, message: 'no room' };
    expect(detailsOf(error)).toMatchObject({
      code: 'ERR_K8S_SERVICE_UNAVAILABLE',
      message: 'StorageFull: no room',
    });
  });

  it('reads the status that a client error has as its body', () => {
    const status = { kind: 'Status', reason: 'AlreadyExists', code: 409, message: 'rr-1 already exists' };
    for (const body of [status, JSON.stringify(status)]) {
      const error = Object.assign(new Error('HTTP-Code: 409'), { code: 409, body });
      expect(detailsOf(error)).toMatchObject({
        code: 'ERR_K8S_ALREADY_EXISTS',
        message: 'rr-1 already exists',
      });
    }
  });

  it.each(['<html>bad gateway</html>', '"text"', undefined, {}])(
    'reads the error itself when its body is %j',
    (body) => {
      const error = Object.assign(new Error('HTTP-Code: 503'), { code: 503, body });
      expect(detailsOf(error)).toMatchObject({
        code: 'ERR_K8S_SERVICE_UNAVAILABLE',
        message: 'HTTP-Code: 503',
      });
    },
  );

  it('reads an error through the errors that wrap it', () => {
    const cause = { reason: 'Forbidden', code: 403, message: 'quota exceeded' };
    const wrapped = new Error('attempt 3', { cause: new Error('creating rr-1', { cause }) });
    expect(detailsOf(wrapped)).toMatchObject({
      code: 'ERR_K8S_FORBIDDEN',
      message: 'attempt 3: creating rr-1: quota exceeded',
    });
  });

  it('reads a cause that is text', () => {
    const error = new Error('creating rr-1', { cause: 'no leader' });
    expect(detailsOf(error)?.message).toBe('creating rr-1: no leader');
  });

  it('ends with causes that form a circle', () => {
    const error = new Error('round');
    error.cause = error;
    expect(detailsOf(error)?.message).toBe('round');
  });

  it('cuts a message that would make the event too large', () => {
    expect(detailsOf('x'.repeat(1_000_000))?.message).toBe(`${'x'.repeat(16_383)}…`);
  });
});

describe('words that used to lose the event', () => {
  it.each(['P1', 'high', 'Sev-2'])('keeps severity %s as received', (severity) => {
    expect(receive({ severity }).event_data.severity).toBe(severity);
    const created = builders.crdCreated({ signal: { ...signal, severity }, remediationRequest });
    expect(expectEvent(created).event_data.severity).toBe(severity);
  });

  it.each([
    ['prometheus-alert', 'prometheus-alert'],
    ['kubernetes-event', 'kubernetes-event'],
    ['grafana', 'alert'],
    ['toString', 'alert'],
    ['', 'alert'],
  ])('takes the adapter %j for the signal type %s', (sourceType, signalType) => {
    const { event_data, actor_id } = receive({ sourceType });
    expect(event_data.signal_type).toBe(signalType);
    expect(actor_id).toBe(sourceType || 'unknown');
  });
});

describe('names', () => {
  const nameless = { metadata: { name: '', namespace: 'kubernaut' } } satisfies RemediationRequest;

  it('correlates by the signal when the RemediationRequest has no name', () => {
    for (const built of [
      builders.signalReceived({ signal, remediationRequest: nameless }),
      builders.signalDeduplicated({ signal, remediationRequest: nameless }),
      builders.crdCreated({ signal, remediationRequest: nameless }),
    ]) {
      expect(expectEvent(built).correlation_id).toBe('KubePodOOMKilled:payments:Deployment:checkout');
      expect(built.event_data).not.toHaveProperty('remediation_request');
    }
  });

  it('names the RemediationRequest alone when its namespace is not known', () => {
    const { event_data, resource_id } = builders.crdCreated({
      signal,
      remediationRequest: { metadata: { name: 'rr-1' } },
    });
    expect([event_data.remediation_request, resource_id]).toEqual(['rr-1', 'rr-1']);
  });

  it('names a cluster-scoped signal without a namespace', () => {
    const node = { ...signal, namespace: '', resource: { kind: 'Node', name: 'worker-1' } };
    const failed = builders.crdFailed({ signal: node, error: 'no leader', circuitBreakerOpen: false });
    expect(failed.correlation_id).toBe('KubePodOOMKilled::Node:worker-1');
    expect(failed).not.toHaveProperty('namespace');
  });

  it('falls back to the fingerprint, then to "unknown"', () => {
    const bare = { ...signal, alertName: '', namespace: '', resource: { kind: '', name: '' } };
    const failure = { error: 'no leader', circuitBreakerOpen: false };
    expect(builders.crdFailed({ signal: bare, ...failure }).correlation_id).toBe(fingerprint);
    const empty = { ...bare, fingerprint: '' };
    expect(expectEvent(builders.crdFailed({ signal: empty, ...failure })).correlation_id).toBe('unknown');
    expect(receive(empty).resource_id).toBe('unknown');
  });

  it('names the signal by its parts when it has no fingerprint', () => {
    expect(receive({ fingerprint: '' }).resource_id).toBe('KubePodOOMKilled:payments:Deployment:checkout');
  });

  it('cuts names that are too long for the envelope and keeps them whole in the payload', () => {
    const name = 'n'.repeat(300);
    const built = receive({ fingerprint: name, namespace: name });
    expect(built.resource_id).toBe(`${'n'.repeat(254)}…`);
    expect(built.namespace).toBe(`${'n'.repeat(252)}…`);
    expect(built.event_data).toMatchObject({ fingerprint: name, namespace: name });
  });
});

describe('labels and annotations', () => {
  it.each([undefined, null, {}])('are empty maps when they are %j', (map) => {
    const { labels, annotations, ...without } = signal;
    const bare = map === undefined ? without : { ...without, labels: map, annotations: map };
    const { event_data } = expectEvent(builders.signalReceived({ signal: bare, remediationRequest }));
    expect([event_data.signal_labels, event_data.signal_annotations]).toStrictEqual([{}, {}]);
  });

  it('are kept verbatim', () => {
    const labels = { 'app.kubernetes.io/name': 'check"out\n', 'ünïcode 🚀': '', _sd: 'reserved' };
    expect(receive({ labels }).event_data.signal_labels).toStrictEqual({
      'app.kubernetes.io/name': 'check"out\n',
      'ünïcode 🚀': '',
      '"_sd"': 'reserved',
    });
  });
});

describe('the body', () => {
  it.each([undefined, null, '', new Uint8Array()])('is left out when it is %j', (rawPayload) => {
    const { rawPayload: _, ...without } = signal;
    const bare = rawPayload === undefined ? without : { ...without, rawPayload };
    const { event_data } = builders.signalReceived({ signal: bare, remediationRequest });
    expect(event_data).not.toHaveProperty('original_payload');
    expect(event_data).not.toHaveProperty('original_payload_text');
  });

  it('is read from text and from bytes alike', () => {
    const rawPayload = new TextEncoder().encode(signal.rawPayload);
    expect(receive({ rawPayload })).toStrictEqual(receive({}));
  });

  it.each(['[1]', 'null', '"text"', 'status=firing', '{"status":'])(
    'is kept as text when it is %s, which is no JSON object',
    (rawPayload) => {
      const { event_data } = receive({ rawPayload });
      expect(event_data.original_payload_text).toBe(rawPayload);
      expect(event_data).not.toHaveProperty('original_payload');
    },
  );

  it('is kept as text when it is nested deeper than an event may be', () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
    expect(receive({ rawPayload: nested(9) }).event_data).toHaveProperty('original_payload');
    expect(receive({ rawPayload: nested(10) }).event_data.original_payload_text).toBe(nested(10));
  });

  it('is kept as text when it is nested deeper than a program can read', () => {
    const rawPayload = `{"a":${'['.repeat(20_000)}12345678901234567890${']'.repeat(20_000)}}`;
    expect(receive({ rawPayload }).event_data.original_payload_text).toHaveLength(16_384);
  });

  it('is cut when it would make the event too large', () => {
    const rawPayload = `{"a":"${'x'.repeat(65_536)}"}`;
    const { event_data } = receive({ rawPayload });
    expect(event_data.original_payload_text).toBe(`${rawPayload.slice(0, 16_383)}…`);
    expect(event_data).not.toHaveProperty('original_payload');
  });

  it('keeps every digit of an integer that a number cannot hold', () => {
    const rawPayload = '{"a":9007199254740993,"b":9007199254740992,"c":-1,"d":0.1234567890123456,"e":1e400}';
    expect(receive({ rawPayload }).event_data.original_payload).toStrictEqual({
      a: '9007199254740993',
      b: 9_007_199_254_740_992,
      c: -1,
      d: 0.123_456_789_012_345_6,
      e: 'Infinity',
    });
    expect(receive({ rawPayload: `{"a":${'9'.repeat(400)}}` }).event_data.original_payload).toStrictEqual({
      a: '9'.repeat(400),
    });
  });

  it('keeps text and names that no store can keep, changed as little as needed', () => {
    const rawPayload = String.raw`{"a\u0000":"b\ud800","__proto__":{"polluted":true}}`;
    const { original_payload } = receive({ rawPayload }).event_data;
    expect(JSON.stringify(original_payload)).toBe(
      JSON.stringify({ 'a\uFFFD': 'b\uFFFD', '"__proto__"': { polluted: true } }),
    );
  });

  it('replaces bytes that are not UTF-8', () => {
    const rawPayload = new Uint8Array([0xff, 0x61]);
    expect(receive({ rawPayload }).event_data.original_payload_text).toBe('\uFFFDa');
  });
});

describe('any input', () => {
  it('becomes an event that the contract accepts', () => {
    fc.assert(
      fc.property(anySignal(), anyRemediationRequest(), anyFailure(), (any, request, failure) => {
        const input = { signal: any, remediationRequest: request };
        expectEvent(builders.signalReceived(input));
        expectEvent(builders.signalDeduplicated(input));
        expectEvent(builders.crdCreated(input));
        expectEvent(builders.crdFailed({ signal: any, ...failure }));
      }),
    );
  });
});

function receive(parts: Partial<Signal>) {
  return expectEvent(builders.signalReceived({ signal: { ...signal, ...parts }, remediationRequest }));
}

function detailsOf(error: unknown, { circuitBreakerOpen = false } = {}) {
  const built = builders.crdFailed({ signal, error, circuitBreakerOpen });
  return expectEvent(built).event_data.error_details;
}

function anyText(): fc.Arbitrary<string> {
  return anyHostileText('kubernetes-event');
}

function anyBody(): fc.Arbitrary<string | Uint8Array | null> {
  const deep = fc.nat(40).map((levels) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
  const object = fc.dictionary(anyText(), fc.jsonValue({ maxDepth: 12 })).map((body) => JSON.stringify(body));
  const large = fc.nat(20).map((power) => JSON.stringify({ a: 'x'.repeat(2 ** power) }));
  return fc.oneof(object, deep, large, fc.json(), anyText(), fc.uint8Array(), fc.constant(null));
}

function anySignal(): fc.Arbitrary<Signal> {
  const text = anyText();
  const map = fc.option(fc.dictionary(text, text));
  return fc.record(
    {
      sourceType: text,
      fingerprint: text,
      alertName: text,
      severity: text,
      namespace: text,
      resource: fc.record({ kind: text, name: text }),
      labels: map,
      annotations: map,
      rawPayload: anyBody(),
    },
    { requiredKeys: ['sourceType', 'fingerprint', 'alertName', 'severity', 'namespace', 'resource'] },
  );
}

function anyRemediationRequest(): fc.Arbitrary<RemediationRequest> {
  const count = fc.record({ occurrenceCount: fc.double() }, { requiredKeys: [] });
  return fc.record(
    {
      metadata: fc.record({ name: anyText(), namespace: anyText() }, { requiredKeys: ['name'] }),
      status: fc.record({ deduplication: count }, { requiredKeys: [] }),
    },
    { requiredKeys: ['metadata'] },
  );
}

function anyFailure(): fc.Arbitrary<CreationFailure> {
  const status = fc.record(
    {
      reason: anyText(),
      code: fc.oneof(fc.double(), fc.integer({ min: 400, max: 599 }), anyText()),
      message: anyText(),
      body: fc.oneof(fc.anything(), fc.json()),
      cause: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const error = fc.oneof(
    status,
    fc.anything({ withNullPrototype: true, withBigInt: true }),
    anyText().map((message) => new Error(message)),
  );
  return fc.record({ error, circuitBreakerOpen: fc.boolean() });
}
