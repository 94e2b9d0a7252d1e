import { createEventCatalogue, defineEvent, draftEvent } from '@audit/schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestClient, emitMany } from './client.test-support.ts';
import { createAuditClient } from './create-audit-client.ts';
import { exampleDraft, invalidDraft } from './example-event.test-support.ts';
import { createMemoryTransport } from './memory-transport.ts';

const { signal } = new AbortController();
const first = {
  ...exampleDraft('rr-1'),
  event_id: '019bbbd8-e35e-768f-9670-d80ea5c01dde',
  event_timestamp: '2026-01-14T09:31:52.030Z',
};

function batchOf(...events: readonly (typeof first)[]) {
  return {
    body: new TextEncoder().encode(JSON.stringify(events)),
    eventIds: events.map((event) => event.event_id),
  };
}

describe('createMemoryTransport', () => {
  it('stores valid events, and each only once', async () => {
    const transport = createMemoryTransport();
    expect(await transport.send(batchOf(first), signal)).toEqual({ status: 201 });
    expect(await transport.send(batchOf(first, first), signal)).toEqual({ status: 200 });
    expect(transport.events).toEqual([first]);
  });

  it('stores nothing of a batch with an invalid event, and names it', async () => {
    const { client, transport } = createTestClient();
    transport.respondWith({ status: 503 });
    client.emit(exampleDraft());
    client.emit(invalidDraft());
    await client.flush();
    const [batch] = transport.batches;
    if (batch === undefined) throw new Error('nothing was sent');
    const answer = await createMemoryTransport().send(batch, signal);
    expect(answer).toMatchObject({
      status: 400,
      problem: { errors: [{ index: 1, event_id: batch.eventIds[1] }] },
    });
    expect(transport.events).toEqual([]);
  });

  it('refuses an id that is stored with other content', async () => {
    const transport = createMemoryTransport();
    await transport.send(batchOf(first), signal);
    const answer = await transport.send(batchOf({ ...first, correlation_id: 'rr-2' }), signal);
    expect(answer).toMatchObject({
      status: 409,
      problem: { errors: [{ index: 0, event_id: first.event_id }] },
    });
  });

  it('answers as the test says, once for each', async () => {
    const { client, transport } = createTestClient();
    transport.respondWith({ status: 404 }, new Error('connection reset'));
    emitMany(client, 1);
    expect([await client.flush(), await client.flush(), await client.flush()]).toMatchObject([
      { delivered: false },
      { delivered: false },
      { delivered: true },
    ]);
  });

  it('knows the events of a given catalogue', async () => {
    const deployStarted = defineEvent({
      type: 'deployer.deploy.started',
      category: 'deployer',
      action: 'started',
      payload: { image: z.string() },
    });
    const transport = createMemoryTransport({ catalogue: createEventCatalogue([deployStarted]) });
    const client = createAuditClient({ transport, durability: 'memory' });
    const image = 'registry.example.com/app:1';
    client.emit(
      draftEvent(deployStarted, { event_outcome: 'success', correlation_id: 'rr-1', event_data: { image } }),
    );
    expect(await client.close()).toMatchObject({ delivered: true, acknowledged: 1 });
  });
});
