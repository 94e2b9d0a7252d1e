import { describe, expect, it } from 'vitest';
import { createTestClient, emitMany } from './client.test-support.ts';
import { systemClock } from './clock.ts';
import { createAuditClient } from './create-audit-client.ts';
import { exampleDraft } from './example-event.test-support.ts';
import { createMemoryTransport } from './memory-transport.ts';

const dayMs = 86_400_000;
const jumps = [-dayMs, -3_600_000, 3_600_000, dayMs, 365 * dayMs];

describe('a wall clock that is set back or forward', () => {
  it.each(jumps)('by %i ms does not delay a batch that fills', async (jumpMs) => {
    const { client, clock, transport } = createTestClient();
    emitMany(client, 1);
    clock.setWallClock(jumpMs);
    emitMany(client, 1);
    await clock.advance(200);
    expect(transport.events).toHaveLength(2);
  });

  it.each(jumps)('by %i ms does not delay a retry beyond its backoff', async (jumpMs) => {
    const { client, clock, transport } = createTestClient();
    transport.respondWith({ status: 503 }, { status: 503 });
    emitMany(client, 1);
    await clock.advance(200);
    clock.setWallClock(jumpMs);
    await clock.advance(500);
    expect(transport.batches).toHaveLength(2);
    clock.setWallClock(jumpMs);
    await clock.advance(1_000);
    expect(client.metrics()).toMatchObject({ acknowledged: 1, state: 'idle' });
  });

  it.each(jumps)(
    'by %i ms neither shortens nor lengthens the pause that the server asked for',
    async (jumpMs) => {
      const { client, clock, transport } = createTestClient();
      transport.respondWith({ status: 429, retryAfter: '30' });
      emitMany(client, 1);
      await clock.advance(200);
      clock.setWallClock(jumpMs);
      expect(await client.flush()).toMatchObject({ delivered: false });
      expect(transport.batches).toHaveLength(1);
      await clock.advance(30_000);
      expect(await client.flush()).toMatchObject({ delivered: true, acknowledged: 1 });
    },
  );

  it.each(jumps)(
    'by %i ms loses nothing and keeps the order, with ids that are all different',
    async (jumpMs) => {
      const { client, clock, transport } = createTestClient();
      const ids = emitMany(client, 50);
      clock.setWallClock(jumpMs);
      ids.push(...emitMany(client, 50));
      await clock.advance(200);
      clock.setWallClock(-jumpMs);
      ids.push(...emitMany(client, 50));
      expect(await client.close()).toMatchObject({ delivered: true, acknowledged: 150 });
      expect(transport.events.map((event) => event.event_id)).toEqual(ids);
      expect(new Set(ids).size).toBe(150);
    },
  );
});

describe('the clock of the process', () => {
  it('measures durations with a clock that nobody sets', () => {
    const first = systemClock.monotonicMs();
    expect(systemClock.monotonicMs()).toBeGreaterThanOrEqual(first);
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
  });
});

describe('a server that is away for a day, with events arriving all the time', () => {
  it('gets everything when it is back, in order, after retries that the backoff bounds', async () => {
    let isAway = true;
    const transport = createMemoryTransport();
    const send = transport.send.bind(transport);
    let refusedRequests = 0;
    transport.send = async (batch, signal) => {
      if (!isAway) return send(batch, signal);
      refusedRequests += 1;
      throw new Error('connection refused');
    };
    const { client, clock } = createTestClient({ transport });
    const ids: string[] = [];
    for (let second = 0; second < 86_400; second += 20) {
      ids.push(...emitMany(client, 1));
      await clock.advance(20_000);
    }
    expect(client.metrics()).toMatchObject({
      spooled: 4_320,
      acknowledged: 0,
      rejected: 0,
      state: 'backing_off',
    });
    // Without jitter: 0.5 s doubling to 60 s makes about one attempt a minute.
    expect(refusedRequests).toBeGreaterThan(1_400);
    expect(refusedRequests).toBeLessThan(1_460);
    isAway = false;
    await clock.advance(60_000 + 200);
    expect(client.metrics()).toMatchObject({ spooled: 0, acknowledged: 4_320, dead: 0 });
    expect(transport.events.map((event) => event.event_id)).toEqual(ids);
  });
});

describe('a server that never answers', () => {
  it('does not hold up emit: no call waits for anything', async () => {
    const send = () => new Promise<never>(() => {});
    const client = createAuditClient({ transport: { send }, durability: 'memory', lingerMs: 0 });
    for (let index = 0; index < 2_000; index += 1) {
      expect(client.emit(exampleDraft()).status).toBe('accepted');
      if (index % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await client.close({ closeTimeoutMs: 0 })).toMatchObject({ delivered: false, spooled: 2_000 });
  });
});
