import { describe, expect, it } from 'vitest';
import {
  eventTypes,
  expectedFaults,
  payloadNames,
  readExample,
  type SpecSchema,
  specSchema,
} from './contract.test-support.ts';
import { contractCatalogue, eventsByService, safeParseEvent } from './index.ts';

describe('the event types of the contract', () => {
  it('are 61, with 37 payloads', () => {
    expect(eventTypes).toHaveLength(61);
    expect(payloadNames).toHaveLength(37);
  });

  it.each(payloadNames)('%s has the types it carries facts about', (name) => {
    const { properties, 'x-audit-events': facts = {} } = specSchema(name);
    expect(properties?.event_type?.enum).toEqual(Object.keys(facts));
  });

  it.each(payloadNames)('%s is what the discriminator picks for them', (name) => {
    const picked = Object.entries(specSchema('AuditEventData').discriminator?.mapping ?? {}).filter(
      ([, reference]) => specSchema(reference) === specSchema(name),
    );
    expect(picked.map(([type]) => type)).toEqual(Object.keys(specSchema(name)['x-audit-events'] ?? {}));
  });

  it('are listed once, in the order of their payloads', () => {
    const { oneOf = [], discriminator } = specSchema('AuditEventData');
    expect(oneOf.map(({ $ref }) => $ref)).toEqual(payloadNames.map((name) => `#/components/schemas/${name}`));
    expect(Object.keys(discriminator?.mapping ?? {})).toEqual(eventTypes);
    expect(new Set(eventTypes).size).toBe(eventTypes.length);
  });

  it('are those of the event table, each under one builder name', () => {
    const tables = Object.values(eventsByService);
    const types = tables.flatMap((table) => Object.values(table).map((definition) => definition.type));
    expect(types.toSorted()).toEqual(eventTypes.toSorted());
    expect(contractCatalogue.types).toEqual(types);
  });
});

describe.each(eventTypes)('the examples of %s', (type) => {
  it('show a valid event', () => {
    const event = readExample(type);
    expect(safeParseEvent(event)).toEqual({ success: true, event });
    expect(event.event_type).toBe(type);
  });

  it('show an event with one fault, at the place that is listed', () => {
    const result = safeParseEvent(readExample(type, 'invalid'));
    const pointers = result.success ? [] : result.issues.map(({ pointer }) => pointer);
    expect(pointers).toEqual([expectedFaults[type].pointer]);
  });
});

describe('a record', () => {
  const record = specSchema('AuditRecord');
  const request = specSchema('AuditEventRequest');

  it.each(Object.keys(request.properties ?? {}))('keeps the member %s as it was sent', (member) => {
    expect(withoutDescription(record.properties?.[member])).toEqual(
      withoutDescription(request.properties?.[member]),
    );
  });

  it('always has what an event must have', () => {
    expect(record.required).toEqual(expect.arrayContaining([...(request.required ?? [])]));
  });
});

function withoutDescription(schema: SpecSchema | undefined): object {
  const { description: _forPeople, ...rules } = { description: '', ...schema };
  return rules;
}
