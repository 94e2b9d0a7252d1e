import { join } from 'node:path';
import { createMemorySpool, openFileSpool, type Spool } from '@audit/spool';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditClient } from './audit-client.ts';
import { createTestClient, refusal, type TestClient } from './client.test-support.ts';
import { exampleDraft, invalidDraft } from './example-event.test-support.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

const status = fc.constantFrom(200, 202, 302, 400, 401, 404, 408, 409, 413, 422, 429, 500, 501, 503);
const indexes = fc.array(fc.nat(12), { maxLength: 3 });
const answer = fc.oneof(
  fc.tuple(status, indexes).map(([code, named]) => refusal(code, named)),
  fc.constant(new Error('connection reset')),
);

type Step = (parts: TestClient) => void | Promise<void>;

const emitting: fc.Arbitrary<Step> = fc
  .record({ valid: fc.nat(8), invalid: fc.nat(2) })
  .map(({ valid, invalid }) => ({ client }) => {
    for (let index = 0; index < valid; index += 1) client.emit(exampleDraft());
    for (let index = 0; index < invalid; index += 1) client.emit(invalidDraft());
  });
const failing: fc.Arbitrary<Step> = fc.constantFrom(
  ({ client }) => void client.emit(Object.assign(exampleDraft(), { toJSON: () => undefined })),
  ({ client }) => void client.emitFrom(throwingBuilder, undefined),
);
const answering: fc.Arbitrary<Step> = fc.array(answer, { maxLength: 4 }).map(
  (answers) =>
    ({ transport }) =>
      transport.respondWith(...answers),
);
const waiting: fc.Arbitrary<Step> = fc.nat(3_000).map(
  (durationMs) =>
    ({ clock }) =>
      clock.advance(durationMs),
);
const flushing: fc.Arbitrary<Step> = fc.constant(async ({ client }) => void (await client.flush()));
const closing: fc.Arbitrary<Step> = fc.constant(({ client }) => void client.close());

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: emitting },
    { weight: 1, arbitrary: failing },
    { weight: 6, arbitrary: answering },
    { weight: 4, arbitrary: waiting },
    { weight: 2, arbitrary: flushing },
    { weight: 1, arbitrary: closing },
  ),
  { maxLength: 40 },
);

interface Kind {
  readonly name: string;
  /** Opens spools that take about 25 events. */
  readonly small: () => () => Spool;
  readonly large: () => () => Spool;
  readonly runs: number;
}

const kinds: readonly Kind[] = [
  {
    name: 'in memory',
    small: () => () => createMemorySpool({ entriesMax: 25 }),
    large: () => () => createMemorySpool(),
    runs: 200,
  },
  {
    name: 'on disk',
    small: () => fileSpools(25 * 800),
    large: () => fileSpools(536_870_912),
    runs: 60,
  },
];

function fileSpools(quotaBytes: number): () => Spool {
  const root = temporaryDirectory();
  let opened = 0;
  return () => {
    opened += 1;
    return openFileSpool({ directory: join(root, String(opened)), quotaBytes });
  };
}

describe.each(kinds)('with a spool $name', ({ small, large, runs }) => {
  it('every emitted event is acknowledged, waiting, dead or rejected, at every instant and whatever the server answers', async () => {
    const open = small();
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const spool = open();
        const parts: TestClient = createTestClient({
          batchEventsMax: 10,
          spool,
          onDeadLetter: () => expectConserved(parts.client),
          onStateChange: () => expectConserved(parts.client),
        });
        for (const step of script) {
          await step(parts);
          expectConserved(parts.client);
        }
        const closing = parts.client.close();
        await parts.clock.advance(10_000);
        await closing;
        // What the client counts is what the spool holds, counted by the spool itself.
        expect(parts.client.metrics().spooled).toBe(spool.statistics().entries);
        expect(parts.client.metrics().dead).toBe((await spool.deadLetters()).length);
      }),
      { numRuns: runs },
    );
  });

  it('every accepted event is acknowledged or dead once the server answers again', async () => {
    const open = large();
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 30 }), async (answers) => {
        const { client, clock, transport } = createTestClient({ batchEventsMax: 10, spool: open() });
        transport.respondWith(...answers);
        for (let index = 0; index < 25; index += 1)
          client.emit(index % 7 === 3 ? invalidDraft() : exampleDraft());
        let report = await client.flush();
        for (let attempt = 0; attempt < 60 && !report.delivered; attempt += 1) report = await client.flush();
        const closing = client.close();
        await clock.advance(10_000);
        const { acknowledged, dead, spooled } = await closing;
        expect({ total: acknowledged + dead, spooled }).toEqual({ total: 25, spooled: 0 });
      }),
      { numRuns: runs / 2 },
    );
  });
});

function expectConserved(client: AuditClient): void {
  const { emitted, acknowledged, spooled, dead, rejected } = client.metrics();
  expect(emitted).toBe(acknowledged + spooled + dead + rejected);
}

function throwingBuilder(): never {
  throw new Error('a builder failed');
}
