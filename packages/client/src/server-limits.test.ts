import { describe, expect, it } from 'vitest';
import { createTestClient, emitMany } from './client.test-support.ts';
import { startHttpServer } from './http-server.test-support.ts';
import { createHttpTransport } from './http-transport.ts';
import { createMemoryTransport, type MemoryTransport } from './memory-transport.ts';
import type { ServerLimits } from './transport.ts';

const hourMs = 3_600_000;

/** A transport that counts the questions, to a server whose limits the test changes. */
function askedTransport(limits: () => Promise<ServerLimits | undefined>) {
  const transport = createMemoryTransport();
  const asked = { times: 0 };
  transport.limits = () => {
    asked.times += 1;
    return limits();
  };
  return { transport, asked };
}

function sizes({ batches }: MemoryTransport): number[] {
  return batches.map(({ eventIds }) => eventIds.length);
}

describe('the limits of the server', () => {
  it('are kept from the first batch on, when they are lower than the options', async () => {
    const transport = createMemoryTransport({ limits: { batchEventsMax: 200, bodyBytesMax: 100_000 } });
    const { client } = createTestClient({ transport });
    emitMany(client, 500);
    expect(await client.flush()).toMatchObject({ acknowledged: 500, dead: 0 });
    expect(Math.max(...sizes(transport))).toBeLessThanOrEqual(200);
    for (const { body } of transport.batches) expect(body.length).toBeLessThanOrEqual(100_000);
    expect(client.metrics().requests).toBe(transport.batches.length);
  });

  it('do not raise the options', async () => {
    const transport = createMemoryTransport({ limits: { batchEventsMax: 1_000 } });
    const { client } = createTestClient({ transport, batchEventsMax: 100 });
    emitMany(client, 300);
    await client.flush();
    expect(sizes(transport)).toEqual([100, 100, 100]);
  });

  it('are asked for before the first batch and once an hour', async () => {
    const { transport, asked } = askedTransport(async () => ({}));
    const { client, clock } = createTestClient({ transport });
    expect(asked.times).toBe(0);
    for (let minute = 0; minute < 180; minute += 1) {
      emitMany(client, 1);
      await clock.advance(60_000);
    }
    expect(asked.times).toBe(3);
  });

  it.each([
    [413, undefined],
    [400, 'https://audit.example/problems/batch-size-exceeded'],
  ])('are asked for again after a %i for the size of a batch', async (status, type) => {
    let batchEventsMax = 500;
    const { transport, asked } = askedTransport(async () => ({ batchEventsMax, bodyBytesMax: 60_000 }));
    const { client } = createTestClient({ transport });
    emitMany(client, 1);
    await client.flush();
    batchEventsMax = 20;
    transport.respondWith({ status, problem: { ...(type && { type }), errors: [] } });
    emitMany(client, 60);
    await client.flush();
    expect(asked.times).toBe(2);
    expect(sizes(transport)).toEqual([1, 60, 20, 10, 20, 10]);
  });

  it('learned from a refusal rise again after an hour', async () => {
    const { client, clock, transport } = createTestClient();
    transport.respondWith({ status: 413 });
    emitMany(client, 400);
    await client.flush();
    emitMany(client, 400);
    await client.flush();
    expect(Math.max(...sizes(transport).slice(1))).toBeLessThanOrEqual(201);
    await clock.advance(hourMs);
    emitMany(client, 400);
    await client.flush();
    expect(sizes(transport).at(-1)).toBe(400);
  });

  it('do not hold up delivery when a server does not know the route or does not answer', async () => {
    await using server = await startHttpServer((response) => response.writeHead(201).end('{}'));
    const { client } = createTestClient({ transport: createHttpTransport({ url: server.url }) });
    emitMany(client, 3);
    expect(await client.flush()).toMatchObject({ delivered: true, acknowledged: 3 });

    const silent = askedTransport(() => new Promise(() => {}));
    const waiting = createTestClient({ transport: silent.transport });
    emitMany(waiting.client, 3);
    await waiting.clock.advance(200 + 2_000);
    expect(waiting.client.metrics()).toMatchObject({ acknowledged: 3, requests: 1 });
    emitMany(waiting.client, 3);
    await waiting.clock.advance(200);
    expect(waiting.client.metrics()).toMatchObject({ acknowledged: 6 });
    expect(silent.asked.times).toBe(1);
  });

  it('cost no request beyond three for one bad event among 500 that the server names', async () => {
    const { transport, asked } = askedTransport(async () => ({ batchEventsMax: 500 }));
    const { client } = createTestClient({ transport });
    const ids = emitMany(client, 500);
    transport.respondWith({
      status: 400,
      problem: { errors: [{ index: 311, event_id: ids[311] ?? '', message: 'bad' }] },
    });
    expect(await client.flush()).toMatchObject({ acknowledged: 499, dead: 1 });
    expect(transport.batches.length + asked.times).toBe(3);
  });
});
