import fc from 'fast-check';

const correlation = fc.constantFrom('rr-1', 'rr-2', 'rr-3');

/** Text that a careless reader of records would stumble over. */
const text = fc.constantFrom(
  'plain',
  '","sequence":0,"previous_event_hash":""}',
  '#purged {"sequence":0}',
  'a\r\nb\u2028c\\u0000',
  'é\u0301 😀 \u202e',
);

/** When an event happened, in milliseconds from the time it is stored: long ago, now, or ahead of the server's clock. */
const lateness = fc.constantFrom(-40_000_000_000, -3_600_000, -1, 0, 0, 0, 1, 3_000_000);

const events = fc.array(
  fc.record({
    correlation,
    text,
    lateness,
    person: fc.option(fc.constantFrom('anna', 'priya')),
    ownDays: fc.option(fc.constantFrom(1, 30, 9_000)),
  }),
  { minLength: 1, maxLength: 8 },
);

/** Something that happens to an honest log. */
export const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('store' as const), events }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('storeAgain' as const), count: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hold' as const), correlation }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), correlation }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('purge' as const), days: fc.constantFrom(1, 31, 400) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('erase' as const),
      person: fc.constantFrom('anna', 'priya'),
      despiteHold: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rotate' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('secondServer' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cosign' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('verify' as const) }) },
);

/** An event that a producer sends. */
export type StoredEvent = Extract<Step, { kind: 'store' }>['events'][number];

/** A step of a history. */
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const fillings = [0, 1, 254, 255, 256, 257];

/** The history of a seed: how many records the log begins with, and what follows. */
export function historyOf(seed: number): { readonly filling: number; readonly steps: readonly Step[] } {
  const [steps = []] = fc.sample(fc.array(step, { minLength: 2, maxLength: 9 }), { seed, numRuns: 1 });
  // Every fifth begins with a log whose size lies at the edge of a tile.
  const filling = seed % 5 === 0 ? (fillings[(seed / 5) % fillings.length] ?? 0) : 0;
  return { filling, steps: filling === 0 && seed % 25 === 0 ? [] : steps };
}
