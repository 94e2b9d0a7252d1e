import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTrails } from './compare-trails.ts';
import { explainTrail } from './explain-trail.ts';
import { readTrail } from './read-trail.ts';
import type { TrailEvent } from './trail-event.ts';

const directory = new URL('../../../specs/examples/', import.meta.url);
const examples = readdirSync(directory)
  .filter((name) => name.endsWith('.valid.json'))
  .map((name): TrailEvent => JSON.parse(readFileSync(new URL(name, directory), 'utf8')));

const ids = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const hostileMembers = fc.dictionary(
  fc.constantFrom(
    'event_type',
    'toString',
    'valueOf',
    '__proto__',
    '_sd',
    'attempt',
    'channel',
    'error_details',
    'x',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

// Examples of the contract with other times, ids and causes, some members gone or replaced by anything.
const event: fc.Arbitrary<TrailEvent> = fc
  .record({
    example: fc.constantFrom(...examples),
    second: fc.integer({ min: 0, max: 5 }),
    event_id: fc.constantFrom(...ids),
    parent_event_id: fc.option(fc.constantFrom(...ids, 'lost')),
    spoilt: fc.dictionary(fc.constantFrom(...memberNames(examples)), fc.jsonValue({ maxDepth: 2 }), {
      maxKeys: 3,
    }),
    payload: fc.option(fc.oneof(hostileMembers, fc.jsonValue()), { nil: undefined, freq: 3 }),
  })
  .map(({ example, second, spoilt, payload, ...links }) => {
    const event_data = payload ?? { ...example.event_data, ...spoilt };
    const event_timestamp = second === 5 ? 'never' : `2026-01-14T09:30:0${second}Z`;
    // What a store that does not keep to the contract could answer: read as if it did.
    return JSON.parse(JSON.stringify({ ...example, event_timestamp, ...links, event_data })) as TrailEvent;
  });

const events = fc.array(event, { maxLength: 12 });

describe('for any events', () => {
  it('a trail has each once, and is the same for every order of them', () => {
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (given, random) => {
        const trail = readTrail(given);
        const texts = trail.steps.map((step) => JSON.stringify(step.event));
        expect(new Set(texts)).toEqual(new Set(given.map((each) => JSON.stringify(each))));
        expect(texts).toHaveLength(new Set(texts).size);
        expect(trail.repeats).toBe(given.length - texts.length);
        const shuffled = given
          .map((each) => ({ each, at: random.next().value }))
          .toSorted((a, b) => a.at - b.at);
        expect(readTrail(shuffled.map(({ each }) => each))).toEqual(trail);
      }),
    );
  });

  it('a cause is before what it caused', () => {
    fc.assert(
      fc.property(events, (given) => {
        for (const { index, parent } of readTrail(given).steps) {
          if (parent?.step !== undefined) expect(parent.step).toBeLessThan(index);
        }
      }),
    );
  });

  it('every place that a trail names is one of its steps', () => {
    fc.assert(
      fc.property(events, (given) => {
        const trail = readTrail(given, { nowMs: Date.parse('2026-01-14T10:00:00Z') });
        const places = [
          ...trail.failures,
          ...trail.gaps.flatMap(({ afterStep }) => afterStep ?? []),
          ...trail.spans.flatMap(({ startStep, endStep }) => [startStep ?? 0, endStep ?? 0]),
          ...explainTrail(trail).stages.flatMap(({ steps }) => steps),
          ...explainTrail(trail).stages.flatMap(({ facts }) => facts.map(({ step }) => step)),
        ];
        for (const place of places) expect(place).toBeLessThan(Math.max(1, trail.steps.length));
        expect(trail.lanes.flatMap(({ steps }) => steps).toSorted((a, b) => a - b)).toEqual([
          ...trail.steps.keys(),
        ]);
      }),
    );
  });

  it('a comparison misses no step of either', () => {
    fc.assert(
      fc.property(events, events, (one, other) => {
        const [first, second] = [readTrail(one), readTrail(other)];
        const { onlyInFirst, onlyInSecond, shared } = compareTrails(first, second);
        expect(onlyInFirst.length + shared).toBe(first.steps.length);
        expect(onlyInSecond.length + shared).toBe(second.steps.length);
        expect(compareTrails(first, first)).toMatchObject({
          onlyInFirst: [],
          onlyInSecond: [],
          changed: [],
          decisions: [],
        });
      }),
    );
  });

  it('nothing throws, not even on what is no event', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileMembers, fc.jsonValue())), (given) => {
        // Whatever JSON there is, passed where events are expected.
        const trail = readTrail(given as unknown as readonly TrailEvent[]);
        explainTrail(trail);
        compareTrails(trail, trail);
      }),
    );
  });
});

it('twenty thousand causes one after another are no depth', () => {
  const [example] = examples;
  if (example === undefined) throw new Error('no example');
  const chain = Array.from({ length: 20_000 }, (_, place) => ({
    ...example,
    event_id: `e${place}`,
    parent_event_id: place === 0 ? null : `e${place - 1}`,
  }));
  const ids = readTrail(chain.toReversed()).steps.map(({ event }) => event.event_id);
  expect(ids.join()).toBe(chain.map(({ event_id }) => event_id).join());
});

function memberNames(given: readonly TrailEvent[]): readonly string[] {
  return [...new Set(given.flatMap(({ event_data }) => Object.keys(event_data)))];
}
