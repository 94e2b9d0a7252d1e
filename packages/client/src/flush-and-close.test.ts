import { createMemorySpool } from '@audit/spool';
import { describe, expect, it } from 'vitest';
import { createTestClient, emitMany } from './client.test-support.ts';
import { createAuditClient } from './create-audit-client.ts';
import { settle } from './manual-clock.test-support.ts';
import { createMemoryTransport } from './memory-transport.ts';

describe('flush', () => {
  it('sends what is queued without any timer', async () => {
    const { client, transport } = createTestClient({ batchEventsMax: 2 });
    emitMany(client, 5);
    expect(await client.flush()).toEqual({
      delivered: true,
      acknowledged: 5,
      spooled: 0,
      dead: 0,
      rejected: 0,
    });
    expect(transport.batches).toHaveLength(3);
  });

  it('reports at once when nothing is queued', async () => {
    const { client, transport } = createTestClient();
    expect(await client.flush()).toMatchObject({ delivered: true });
    expect(transport.batches).toHaveLength(0);
  });

  it('waits for the request under way', async () => {
    const { client, clock } = createTestClient();
    emitMany(client, 2);
    const first = client.flush();
    emitMany(client, 1);
    const second = client.flush();
    await clock.advance(0);
    expect(await first).toMatchObject({ delivered: true });
    expect(await second).toMatchObject({ delivered: true, acknowledged: 3 });
  });

  it('reports what waits at the first failed attempt, and tries again when asked again', async () => {
    const { client, transport } = createTestClient();
    transport.respondWith(new Error('connection refused'));
    emitMany(client, 2);
    expect(await client.flush()).toEqual({
      delivered: false,
      acknowledged: 0,
      spooled: 2,
      dead: 0,
      rejected: 0,
    });
    expect(await client.flush()).toMatchObject({ delivered: true, acknowledged: 2 });
  });

  it('leaves the server alone for as long as it asked', async () => {
    const { client, clock, transport } = createTestClient();
    transport.respondWith({ status: 503, retryAfter: '5' });
    emitMany(client, 1);
    await client.flush();
    expect(await client.flush()).toMatchObject({ delivered: false, spooled: 1 });
    expect(transport.batches).toHaveLength(1);
    await clock.advance(5_000);
    expect(client.metrics().acknowledged).toBe(1);
  });
});

describe('close', () => {
  it('delivers what waits, retries included, and reports', async () => {
    const { client, clock, transport } = createTestClient();
    transport.respondWith({ status: 503 }, new Error('reset'));
    emitMany(client, 3);
    const closing = client.close();
    await clock.advance(1_500);
    expect(await closing).toEqual({ delivered: true, acknowledged: 3, spooled: 0, dead: 0, rejected: 0 });
    expect(client.metrics()).toMatchObject({ state: 'closed', requests: 3 });
  });

  it('reports what is left when the time is over, and sends nothing more', async () => {
    const { client, clock, transport } = createTestClient({ closeTimeoutMs: 700 });
    transport.respondWith(...Array.from({ length: 20 }, () => ({ status: 503 })));
    emitMany(client, 3);
    const closing = client.close();
    await clock.advance(700);
    expect(await closing).toMatchObject({ delivered: false, spooled: 3 });
    const { requests } = client.metrics();
    await clock.advance(600_000);
    expect(client.metrics().requests).toBe(requests);
    expect(await client.flush()).toMatchObject({ delivered: false, spooled: 3 });
  });

  it('aborts a request that outlasts it', async () => {
    const signals: AbortSignal[] = [];
    const send = (_batch: unknown, signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<never>(() => {});
    };
    const { client, clock } = createTestClient({ transport: { send } });
    emitMany(client, 1);
    const closing = client.close({ closeTimeoutMs: 50 });
    await clock.advance(50);
    expect(await closing).toMatchObject({ delivered: false, spooled: 1 });
    await settle();
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    expect(client.metrics()).toMatchObject({ state: 'closed', spooled: 1 });
  });

  it('ends a flush that waits', async () => {
    const { client, clock } = createTestClient({ transport: { send: () => new Promise(() => {}) } });
    emitMany(client, 1);
    const flushing = client.flush();
    const closing = client.close({ closeTimeoutMs: 0 });
    await clock.advance(0);
    expect([await flushing, await closing]).toMatchObject([{ delivered: false }, { delivered: false }]);
  });

  it('is the same promise however often it is called', () => {
    const { client } = createTestClient();
    expect(client.close()).toBe(client.close());
  });

  it('happens at the end of an `await using` block', async () => {
    const transport = createMemoryTransport();
    {
      await using client = createAuditClient({ transport, durability: 'memory' });
      emitMany(client, 2);
    }
    expect(transport.events).toHaveLength(2);
  });
});

describe('a spool of the user', () => {
  it('is delivered with what it brings from an earlier process, which counts as emitted', async () => {
    const spool = createMemorySpool();
    emitMany(createTestClient({ spool }).client, 2);
    const { client, clock, transport } = createTestClient({ spool });
    expect(client.metrics()).toMatchObject({ emitted: 2, recovered: 2, spooled: 2 });
    await clock.advance(200);
    expect(transport.events).toHaveLength(2);
  });
});
