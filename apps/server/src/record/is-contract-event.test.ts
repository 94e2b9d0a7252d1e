import { contractCatalogue, createEventCatalogue, defineEvent, safeParseEvent } from '@audit/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { anyBroken } from '../test-support/fuzz/any-broken-value.ts';
import { anyEventOf } from '../test-support/fuzz/any-event.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { isContractEvent } from './is-contract-event.ts';

const eventsOfEachType = 40;
const example = readExample('workflowexecution.workflow.failed.valid') as Record<string, unknown>;

describe.each(contractCatalogue.types)('of the events of %s', (type) => {
  it('the valid example passes, and the invalid one does not', () => {
    expect(isContractEvent(readExample(`${type}.valid`))).toBe(true);
    expect(isContractEvent(readExample(`${type}.invalid`))).toBe(false);
  });

  it('none passes that safeParseEvent refuses, whatever is wrong with it', () => {
    const event = fc.oneof(
      anyEventOf(type),
      anyBroken(anyEventOf(type)),
      anyBroken(fc.constant(readExample(`${type}.valid`))),
    );
    fc.assert(
      fc.property(event, (value) => {
        // What the service checks comes from JSON text.
        const received: unknown = JSON.parse(JSON.stringify(value) ?? 'null');
        if (isContractEvent(received))
          expect(safeParseEvent(received)).toEqual({ success: true, event: received });
      }),
      { numRuns: eventsOfEachType },
    );
  });
});

describe('an event passes with what the validators of @audit/schema take', () => {
  const times = ['2026-02-28T23:59:59Z', '2024-02-29T00:00:00.123456789+14:00', '0000-02-29T00:00Z'];
  const wrongTimes = ['2026-02-29T00:00:00Z', '2026-01-01T24:00:00Z', '2026-12-31T23:59:60Z'];
  const oddTimes = ['2026-01-01t00:00:00z', '2026-01-01 00:00:00Z', '2026-01-01T00:00:00+0100', '1e3', ''];
  const ids = ['00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'];
  const oddIds = ['019bbbad-4606-0c83-8695-a8e7c7176200', '{019bbbad-4606-7c83-8695-a8e7c7176200}', 'x\n'];
  const integers = [0, -0, 1.5, -1, 2 ** 53 - 1, 2 ** 53, 1e308, '1', null];
  const texts = ['', 'x'.repeat(50), 'x'.repeat(51), '😀'.repeat(25), '😀'.repeat(51), '\u0000', '\ud800', 7];
  const traces = [
    '0123456789abcdef0123456789abcdef',
    '0123456789ABCDEF0123456789ABCDEF',
    `${'0'.repeat(32)}\n`,
  ];
  const members = {
    event_timestamp: [...times, ...wrongTimes, ...oddTimes],
    event_id: [...ids, ...oddIds],
    duration_ms: integers,
    retention_days: integers,
    event_action: texts,
    event_outcome: ['success', 'Success', null],
    trace_id: traces,
    event_type: ['workflowexecution.workflow.completed', 'workflow', 'constructor', '__proto__', null],
    event_category: ['workflowexecution', 'workflow', undefined, null],
    event_data: [null, [], {}, { event_type: 'workflowexecution.workflow.failed' }],
    further: [1],
    constructor: [1],
  };

  it.each(Object.entries(members))('as %s', (member, values) => {
    for (const value of values) {
      const event: unknown = JSON.parse(JSON.stringify({ ...example, [member]: value }));
      expect({ value, passes: isContractEvent(event) }).toEqual({
        value,
        passes: safeParseEvent(event).success,
      });
    }
  });
});

it('a text that is short in characters but long in UTF-16 units is left to safeParseEvent', () => {
  const event = { ...example, event_action: '😀'.repeat(26) };
  expect(safeParseEvent(event).success).toBe(true);
  expect(isContractEvent(event)).toBe(false);
});

it.each([[undefined], [null], [1], ['x'], [[]], [{}]])('%j does not pass', (value) => {
  expect(isContractEvent(value)).toBe(false);
});

it('an event of a type that is not of the contract does not pass, whatever else the service knows', () => {
  const type = 'deployer.deploy.started';
  const payload = { image: z.string() };
  const own = defineEvent({ type, category: 'deployer', action: 'started', payload });
  const event = {
    ...sampleEvent(),
    event_type: type,
    event_category: 'deployer',
    event_data: { event_type: type, image: 'shop:7' },
  };
  expect(safeParseEvent(event, { catalogue: createEventCatalogue([own]) }).success).toBe(true);
  expect(isContractEvent(event)).toBe(false);
});
