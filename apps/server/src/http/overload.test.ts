import { expect, it } from 'vitest';
import { checkChain } from '../test-support/check-chain.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer } from '../test-support/test-server.ts';
import { createTestSpool } from '../test-support/test-spool.ts';

const single = '/api/v1/audit/events';
const batch = '/api/v1/audit/events/batch';

describeDatabases('more than can wait to be stored', (open) => {
  it.each(['without', 'with'])(
    'is answered 429 with Retry-After, %s a spool, and taken later',
    async (spool) => {
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const database = await open();
      let isGated = false;
      const server = await startTestServer(
        async () => ({
          ...database,
          async load(load) {
            if (isGated) {
              begun.resolve();
              await gate.promise;
            }
            await database.load(load);
          },
        }),
        {
          commits: { waitingEventsMax: 2 },
          spools: spool === 'with' ? { spool: createTestSpool() } : undefined,
        },
      );
      isGated = true;
      const post = (body: object) =>
        fetch(`${server.url}${batch}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const underway = post([sampleEvent()]);
      await begun.promise;
      // Two of these wait; the others are refused, whichever order they arrive in.
      const refusals: Response[] = [];
      const isFull = Promise.withResolvers<void>();
      const more = Array.from({ length: 5 }, async () => {
        const answer = await post([sampleEvent()]);
        if (answer.status === 429 && refusals.push(answer) === 3) isFull.resolve();
        return answer;
      });
      await isFull.promise;
      const event = sampleEvent();
      for (const [path, body] of [
        [single, event],
        [batch, [event]],
      ] as const) {
        const refused = await server.post(path, body);
        expect([refused.status, refused.headers['retry-after'], problemOf(refused).type]).toEqual([
          429,
          '1',
          'urn:audit:problem:rate-limit-exceeded',
        ]);
      }
      gate.resolve();
      const statuses = (await Promise.all([underway, ...more])).map(({ status }) => status);
      expect(statuses.toSorted()).toEqual([201, 201, 201, 429, 429, 429]);
      expect((await server.post(single, event)).status).toBe(201);
      expect(await checkChain(server.database)).toBe(4);
    },
  );
});
