import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestClient, emitMany } from './client.test-support.ts';
import type { ClientState } from './client-state.ts';

function sizes(batches: readonly { readonly eventIds: readonly string[] }[]): number[] {
  return batches.map((batch) => batch.eventIds.length);
}

describe('delivery', () => {
  it('waits the linger time for a batch to fill, counted from its first event', async () => {
    const { client, clock, transport } = createTestClient();
    emitMany(client, 1);
    await clock.advance(150);
    emitMany(client, 1);
    await clock.advance(49);
    expect(transport.batches).toHaveLength(0);
    await clock.advance(1);
    expect(sizes(transport.batches)).toEqual([2]);
  });

  it('sends a full batch without lingering, in the order emitted', async () => {
    const { client, clock, transport } = createTestClient({ batchEventsMax: 3 });
    const ids = emitMany(client, 7);
    await clock.advance(0);
    expect(sizes(transport.batches)).toEqual([3, 3]);
    await clock.advance(200);
    expect(transport.events.map((event) => event.event_id)).toEqual(ids);
  });

  it('limits a batch by bytes', async () => {
    const { client, transport } = createTestClient({ batchBytesMax: 2_000 });
    emitMany(client, 10);
    await client.flush();
    for (const batch of transport.batches) expect(Buffer.byteLength(batch.body)).toBeLessThan(2_100);
    expect(transport.events).toHaveLength(10);
  });

  it('has one request under way, and goes on with what came meanwhile', async () => {
    let inFlight = 0;
    let inFlightMax = 0;
    const { client, clock, transport } = createTestClient({ batchEventsMax: 2 });
    const send = transport.send.bind(transport);
    transport.send = async (batch, signal) => {
      inFlightMax = Math.max(inFlightMax, ++inFlight);
      if (transport.batches.length < 3) emitMany(client, 2);
      await Promise.resolve();
      inFlight -= 1;
      return send(batch, signal);
    };
    emitMany(client, 6);
    const flushes = [client.flush(), client.flush()];
    await clock.advance(1_000);
    await Promise.all(flushes);
    expect(inFlightMax).toBe(1);
    expect(transport.events).toHaveLength(12);
  });

  it('retries the same ids with doubling waits until the server answers', async () => {
    const { client, clock, transport } = createTestClient();
    transport.respondWith(new Error('connection refused'), { status: 503 }, { status: 500 });
    const ids = emitMany(client, 2);
    await clock.advance(200 + 500 + 1_000 + 1_999);
    expect(client.metrics()).toMatchObject({ requests: 3, retries: 2, spooled: 2, state: 'backing_off' });
    await clock.advance(1);
    expect(transport.batches.map((batch) => batch.eventIds)).toEqual([ids, ids, ids, ids]);
    expect(client.metrics()).toMatchObject({ requests: 4, retries: 3, acknowledged: 2, state: 'idle' });
  });

  it('starts with the shortest wait again after a success', async () => {
    const { client, clock, transport } = createTestClient();
    transport.respondWith({ status: 503 }, { status: 503 }, { status: 201 }, { status: 503 });
    emitMany(client, 1);
    await clock.advance(200 + 500 + 1_000);
    emitMany(client, 1);
    await clock.advance(200 + 499);
    expect(transport.batches).toHaveLength(4);
    await clock.advance(1);
    expect(transport.batches).toHaveLength(5);
  });

  it('waits as long as the server asks', async () => {
    const { client, clock, transport } = createTestClient();
    transport.respondWith({ status: 429, retryAfter: '30' });
    emitMany(client, 1);
    await clock.advance(200 + 29_999);
    expect(transport.batches).toHaveLength(1);
    await clock.advance(1);
    expect(client.metrics().acknowledged).toBe(1);
  });

  it('sends no earlier because more events come while it backs off', async () => {
    const { client, clock, transport } = createTestClient({ batchEventsMax: 2 });
    transport.respondWith({ status: 503 });
    emitMany(client, 1);
    await clock.advance(200);
    emitMany(client, 5);
    await clock.advance(499);
    expect(transport.batches).toHaveLength(1);
  });

  it('gives up a request without an answer and sends it again', async () => {
    const { client, clock, transport } = createTestClient();
    const send = transport.send.bind(transport);
    const signals: AbortSignal[] = [];
    transport.send = (_batch, signal) => {
      signals.push(signal);
      transport.send = send;
      return new Promise(() => {});
    };
    emitMany(client, 1);
    await clock.advance(200 + 10_000);
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    expect(client.metrics()).toMatchObject({ spooled: 1, state: 'backing_off' });
    await clock.advance(500);
    expect(client.metrics()).toMatchObject({ acknowledged: 1, state: 'idle' });
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'misconfigured'],
    [405, 'misconfigured'],
    [501, 'misconfigured'],
    [302, 'misconfigured'],
  ] as const)('reports %i as %s with the reason, keeps taking events and recovers', async (status, state) => {
    const states: [ClientState, string | undefined][] = [];
    const { client, clock, transport } = createTestClient({
      onStateChange: (next, failure) => states.push([next, failure?.code]),
    });
    transport.respondWith({ status }, { status });
    emitMany(client, 1);
    await clock.advance(200 + 500);
    emitMany(client, 1);
    expect(client.metrics()).toMatchObject({ state, spooled: 2 });
    await clock.advance(1_000);
    expect(states).toEqual([
      ['delivering', undefined],
      [state, 'delivery_failed'],
      ['idle', undefined],
    ]);
    expect(client.metrics()).toMatchObject({ acknowledged: 2, dead: 0, spooled: 0 });
  });

  it('goes on when a listener throws or rejects', async () => {
    // Warnings are printed by the process: replaced here so that the test's output stays clean.
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    onTestFinished(() => emitWarning.mockRestore());
    const { client, clock } = createTestClient({
      onStateChange: (state) => {
        if (state === 'idle') return Promise.reject(new Error('later'));
        throw new Error('at once');
      },
    });
    emitMany(client, 1);
    await clock.advance(200);
    expect(client.metrics().acknowledged).toBe(1);
    expect(emitWarning.mock.calls.map(([warning]) => warning)).toEqual([
      'onStateChange of the audit client threw: at once',
      'onStateChange of the audit client threw: later',
    ]);
  });
});
