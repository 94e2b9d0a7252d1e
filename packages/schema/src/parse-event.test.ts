import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExampleEvent, eventTypes, readExample } from './contract.test-support.ts';
import type { EventIssue } from './event-issue.ts';
import { InvalidEventError } from './invalid-event-error.ts';
import { parseEvent, safeParseEvent } from './parse-event.ts';

function issuesOf(value: unknown): readonly EventIssue[] {
  const result = safeParseEvent(value);
  return result.success ? [] : result.issues;
}

function signal(members: object = {}, data: object = {}): ExampleEvent {
  const event = readExample('gateway.signal.received');
  return { ...event, ...members, event_data: { ...event.event_data, ...data } };
}

function without(event: ExampleEvent, member: string): object {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== member));
}

/** Nests objects or arrays; the outermost is the first level. */
function nested(levels: number, wrap: (inner: unknown) => unknown = (inner) => ({ inner })): unknown {
  return levels === 0 ? 'end' : wrap(nested(levels - 1, wrap));
}

const dateTime = 'an RFC 3339 date-time such as 2026-01-15T10:30:00Z';
const storable = 'Unicode text without NUL (U+0000) and without half a surrogate pair';

type Fault = [
  name: string,
  value: unknown,
  ...issue: [code: string, pointer: string, expected: string, received: string],
];

const faults: Fault[] = [
  ['no object', 'text', 'wrong_type', '', 'an object', '"text"'],
  ['an array', [], 'wrong_type', '', 'an object', 'an array of 0'],
  ['nothing', undefined, 'missing', '', 'an object', 'nothing'],
  [
    'member missing',
    without(signal(), 'correlation_id'),
    'missing',
    '/correlation_id',
    'a string',
    'nothing',
  ],
  [
    'member unknown',
    signal({ transaction_id: 5 }),
    'unknown_member',
    '/transaction_id',
    'no such member',
    '5',
  ],
  ['type wrong', signal({ duration_ms: '5' }), 'wrong_type', '/duration_ms', 'a number', '"5"'],
  ['not an integer', signal({ duration_ms: 1.5 }), 'wrong_type', '/duration_ms', 'an integer', '1.5'],
  [
    'value not listed',
    signal({ event_outcome: 'ok' }),
    'wrong_value',
    '/event_outcome',
    '"success" or "failure" or "pending"',
    '"ok"',
  ],
  [
    'time without zone',
    signal({ event_timestamp: '2026-01-14T09:14:02' }),
    'wrong_format',
    '/event_timestamp',
    dateTime,
    '"2026-01-14T09:14:02"',
  ],
  [
    'day not in the calendar',
    signal({ event_timestamp: '2026-02-30T09:14:02Z' }),
    'wrong_format',
    '/event_timestamp',
    dateTime,
    '"2026-02-30T09:14:02Z"',
  ],
  ['id not a UUID', signal({ event_id: 'rr-1' }), 'wrong_format', '/event_id', 'a UUID', '"rr-1"'],
  [
    'text empty',
    signal({ correlation_id: '' }),
    'out_of_range',
    '/correlation_id',
    'at least 1 character',
    '""',
  ],
  [
    'text too long',
    signal({ severity: 'x'.repeat(51) }),
    'out_of_range',
    '/severity',
    'at most 50 characters',
    `"${'x'.repeat(51)}"`,
  ],
  ['number too small', signal({ duration_ms: -1 }), 'out_of_range', '/duration_ms', 'at least 0', '-1'],
  [
    'number too large',
    signal({ duration_ms: 2 ** 53 }),
    'out_of_range',
    '/duration_ms',
    'at most 9007199254740991',
    '9007199254740992',
  ],
  [
    'type unknown',
    signal({ event_type: 'gateway.signal.lost' }),
    'unknown_event_type',
    '/event_type',
    'an event type of the catalogue',
    '"gateway.signal.lost"',
  ],
  [
    'type a member of every object',
    signal({ event_type: 'constructor' }),
    'unknown_event_type',
    '/event_type',
    'an event type of the catalogue',
    '"constructor"',
  ],
  [
    'category of another service',
    signal({ event_category: 'webhook' }),
    'category_mismatch',
    '/event_category',
    '"gateway", the category of gateway.signal.received',
    '"webhook"',
  ],
  ['payload missing', without(signal(), 'event_data'), 'missing', '/event_data', 'an object', 'nothing'],
  ['payload null', { ...signal(), event_data: null }, 'wrong_type', '/event_data', 'an object', 'null'],
  [
    'payload an array',
    { ...signal(), event_data: [] },
    'wrong_type',
    '/event_data',
    'an object',
    'an array of 0',
  ],
  [
    'payload without type',
    signal({}, { event_type: undefined }),
    'missing',
    '/event_data/event_type',
    '"gateway.signal.received" as in event_type',
    'nothing',
  ],
  [
    'payload of another type',
    signal({}, { event_type: 'gateway.crd.failed' }),
    'type_mismatch',
    '/event_data/event_type',
    '"gateway.signal.received" as in event_type',
    '"gateway.crd.failed"',
  ],
  [
    'payload member unknown',
    signal({}, { phase: 'Pending' }),
    'unknown_member',
    '/event_data/phase',
    'no such member',
    '"Pending"',
  ],
  [
    'name with slash and tilde',
    signal({}, { 'a/b~c': {} }),
    'unknown_member',
    '/event_data/a~1b~0c',
    'no such member',
    'an object',
  ],
  [
    'value of a map wrong',
    signal({}, { signal_labels: { team: 5 } }),
    'wrong_type',
    '/event_data/signal_labels/team',
    'a string',
    '5',
  ],
  ['NUL in a value', signal({ actor_id: 'a\u0000' }), 'unstorable_text', '/actor_id', storable, '"a\\u0000"'],
  [
    'half a pair in a value',
    signal({}, { alert_name: '\udc00' }),
    'unstorable_text',
    '/event_data/alert_name',
    storable,
    '"\\udc00"',
  ],
  [
    'NUL in an item',
    signal({}, { original_payload: { list: ['a', '\u0000'] } }),
    'unstorable_text',
    '/event_data/original_payload/list/1',
    storable,
    '"\\u0000"',
  ],
  [
    'NUL in a name',
    signal({}, { signal_labels: { 'a\u0000': 'b' } }),
    'unstorable_text',
    '/event_data/signal_labels/a\u0000',
    storable,
    '"a\\u0000"',
  ],
  [
    'half a pair in a name',
    signal({}, { signal_labels: { '\ud800': 'b' } }),
    'unstorable_text',
    '/event_data/signal_labels/\ud800',
    storable,
    '"\\ud800"',
  ],
  ...['_sd', '_sd_alg', '...', '__proto__'].map(
    (name): Fault => [
      `reserved name ${name}`,
      signal({}, { original_payload: { a: [{ [name]: 1 }] } }),
      'reserved_name',
      `/event_data/original_payload/a/0/${name}`,
      'a member name other than _sd, _sd_alg, ..., __proto__',
      `"${name}"`,
    ],
  ),
  [
    'objects too deep',
    signal({}, { original_payload: nested(10) }),
    'too_deep',
    `/event_data/original_payload${'/inner'.repeat(9)}`,
    'at most 10 levels of nesting in event_data',
    'level 11 or deeper',
  ],
  [
    'arrays too deep',
    signal({}, { original_payload: { list: nested(9, (inner) => [inner]) } }),
    'too_deep',
    `/event_data/original_payload/list${'/0'.repeat(8)}`,
    'at most 10 levels of nesting in event_data',
    'level 11 or deeper',
  ],
];

describe('a single fault is a single issue', () => {
  it.each(faults)('%s', (_name, value, code, pointer, expected, received) => {
    const message = `${pointer === '' ? 'the event' : pointer}: expected ${expected}, received ${received}`;
    expect(issuesOf(value)).toEqual([{ code, pointer, expected, received, message }]);
  });

  it('is a sentence that says where, what was expected and what came', () => {
    const event = signal({ severity: 'x'.repeat(100) }, { fingerprint: 5, phase: 'Pending' });
    expect(issuesOf(event).map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "/severity: expected at most 50 characters, received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" (100 characters)",
        "/event_data/fingerprint: expected a string, received 5",
        "/event_data/phase: expected no such member, received "Pending"",
      ]
    `);
  });
});

describe('what is at a limit is accepted', () => {
  it.each([
    ['objects ten levels deep', signal({}, { original_payload: nested(9) })],
    ['arrays ten levels deep', signal({}, { original_payload: { list: nested(8, (inner) => [inner]) } })],
    ['the longest text', signal({ severity: 'x'.repeat(50) })],
    ['the longest text of pairs, which are one character each', signal({ severity: '😀'.repeat(50) })],
    ['null where the contract has it', signal({ namespace: null, duration_ms: null, parent_event_id: null })],
    ['no optional member', without(signal(), 'event_id')],
    ['the largest integer', signal({ duration_ms: 2 ** 53 - 1 })],
    ['a name that other objects inherit', signal({}, { signal_labels: { constructor: 'x', toString: 'y' } })],
    [
      'a time with offset and nanoseconds',
      signal({ event_timestamp: '2026-01-14T10:14:02.310000001+01:00' }),
    ],
  ])('%s', (_name, event) => {
    expect(issuesOf(event)).toEqual([]);
  });
});

describe('several faults', () => {
  it('are reported all at once, in envelope, table, payload and text', () => {
    const labels = { '\ud800': 'a', _sd: '\u0000' };
    const members = { severity: 5, event_category: 'webhook' };
    const issues = issuesOf(without(signal(members, { phase: 1, signal_labels: labels }), 'version'));
    expect(issues.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['missing', '/version'],
      ['wrong_type', '/severity'],
      ['unknown_member', '/event_data/phase'],
      ['category_mismatch', '/event_category'],
      ['unstorable_text', '/event_data/signal_labels/\ud800'],
      ['reserved_name', '/event_data/signal_labels/_sd'],
      ['unstorable_text', '/event_data/signal_labels/_sd'],
    ]);
  });

  it('include those of a payload that lacks its type', () => {
    const issues = issuesOf(signal({}, { event_type: undefined, fingerprint: 5 }));
    expect(issues.map(({ pointer }) => pointer)).toEqual([
      '/event_data/event_type',
      '/event_data/fingerprint',
    ]);
  });

  it('can be more than a call has arguments', () => {
    const items = Array.from({ length: 200_000 }, () => '\u0000');
    expect(issuesOf(signal({}, { original_payload: { items } }))).toHaveLength(items.length);
  });

  it('are all in the error that parseEvent throws', () => {
    const event = signal({ severity: 5 }, { phase: 1 });
    expect(() => parseEvent(event)).toThrow(new InvalidEventError(issuesOf(event)));
  });
});

describe('any value', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  const type = fc.constantFrom(...eventTypes);

  it('is answered, never thrown at', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(() => safeParseEvent(value)).not.toThrow();
      }),
    );
  });

  it('is answered inside a valid event, and left as it is', () => {
    const place = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(type, place, anything, (type, place, value) => {
        const event = replaceAt(readExample(type), place, value);
        const copy = structuredClone(event);
        const result = safeParseEvent(event);
        expect(event).toEqual(copy);
        if (result.success) expect(result.event).toBe(event);
        else expect(result.issues.length).toBeGreaterThan(0);
      }),
    );
  });

  it('that is accepted is accepted after it was written as JSON and read again', () => {
    const place = fc.array(fc.nat(), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(type, place, fc.jsonValue({ noUnicodeString: false }), (type, place, value) => {
        const event = replaceAt(readExample(type), place, value);
        fc.pre(safeParseEvent(event).success);
        expect(issuesOf(JSON.parse(JSON.stringify(event)))).toEqual([]);
      }),
    );
  });

  it.each([
    [
      'getter',
      {
        ...signal(),
        get severity(): string {
          throw new TypeError('not now');
        },
      },
    ],
    [
      'proxy',
      new Proxy(signal(), {
        ownKeys: () => {
          throw new TypeError('not now');
        },
      }),
    ],
  ])('that throws when read, such as a %s, is a fault', (_name, value) => {
    expect(issuesOf(value)).toMatchObject([
      {
        code: 'wrong_type',
        pointer: '',
        expected: 'a JSON value',
        received: 'one that throws TypeError: not now',
      },
    ]);
  });

  it('that contains itself is too deep', () => {
    const event = signal();
    event.event_data.original_payload = { event };
    expect(issuesOf(event).map(({ code }) => code)).toContain('too_deep');
  });
});

/** Replaces one member, found by taking at each level the member of that number, as far as there are levels. */
function replaceAt(root: ExampleEvent, place: readonly number[], value: unknown): ExampleEvent {
  let target: object = root;
  for (const [index, number] of place.entries()) {
    const name = Object.keys(target)[number % Math.max(1, Object.keys(target).length)] ?? 'added';
    const member: unknown = Reflect.get(target, name);
    if (index === place.length - 1 || typeof member !== 'object' || member === null) {
      Reflect.set(target, name, value);
      break;
    }
    target = member;
  }
  return root;
}
