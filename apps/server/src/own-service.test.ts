import { type AuditManager, type BuildersFor, bindBuilders, createAuditClient } from '@audit/client';
import { createEventCatalogue, defineEvent, draftEvent, type EventDraft } from '@audit/schema';
import { expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { checkChain } from './test-support/check-chain.ts';
import { describeDatabases } from './test-support/describe-databases.ts';
import { startTestServer } from './test-support/test-server.ts';

// A service outside the contract, as its own team would write it.
const deployStarted = defineEvent({
  type: 'deployer.deploy.started',
  category: 'deployer',
  action: 'started',
  payload: { image: z.string(), replicas: z.int().min(0) },
});
const deployerEvents = { deployStarted };

const builders = {
  deployStarted: (input: {
    image: string;
    replicas: number;
    correlationId: string;
  }): EventDraft<typeof deployStarted> =>
    draftEvent(deployStarted, {
      event_outcome: 'pending',
      correlation_id: input.correlationId,
      event_data: { image: input.image, replicas: input.replicas },
    }),
} satisfies BuildersFor<typeof deployerEvents>;

describeDatabases('a service outside the contract', (open) => {
  it('is typed, bound, checked, stored and queried with defineEvent alone', async () => {
    const catalogue = createEventCatalogue([deployStarted]);
    const server = await startTestServer(open, { catalogue });
    const dead: string[] = [];
    await using client = createAuditClient({
      url: server.url,
      durability: 'memory',
      onDeadLetter: ({ detail }) => dead.push(detail),
    });
    const audit = bindBuilders(client, builders);
    expectTypeOf(audit).toEqualTypeOf<AuditManager<typeof builders>>();
    audit.deployStarted({ image: 'checkout:7', replicas: 3, correlationId: 'deploy-7' });
    // The types cannot say that there are no fewer than no replicas; the server does.
    audit.deployStarted({ image: 'checkout:7', replicas: -1, correlationId: 'deploy-7' });
    expect(await client.flush()).toMatchObject({ acknowledged: 1, dead: 1 });
    expect(dead).toEqual(['/event_data/replicas: expected at least 0, received -1']);
    // Read without the contract's check of answers, which does not know this service.
    const answer = await fetch(`${server.url}/api/v1/audit/events?event_category=deployer`);
    expect(await answer.json()).toMatchObject({
      data: [
        {
          event_type: 'deployer.deploy.started',
          correlation_id: 'deploy-7',
          event_data: { event_type: 'deployer.deploy.started', image: 'checkout:7', replicas: 3 },
          sequence: 0,
        },
      ],
      pagination: { total: 1 },
    });
    expect(await checkChain(server.database)).toBe(1);
  });

  it('is refused by a server that was not told of it', async () => {
    const server = await startTestServer(open);
    await using client = createAuditClient({ url: server.url, durability: 'memory' });
    bindBuilders(client, builders).deployStarted({ image: 'a', replicas: 1, correlationId: 'deploy-8' });
    await client.flush();
    expect(await client.deadLetters()).toMatchObject([
      { detail: '/event_type: expected an event type of the catalogue, received "deployer.deploy.started"' },
    ]);
  });
});
