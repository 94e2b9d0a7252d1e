import { type AppendRefusal, createMemorySpool } from '@audit/spool';
import { describe, expect, it } from 'vitest';
import { createTestClient, emitMany, refusal } from './client.test-support.ts';
import { exampleDraft } from './example-event.test-support.ts';
import { diskError, spoolWith } from './faulty-spool.test-support.ts';

/** A client whose disk takes no dead letter until it is repaired. */
function createClientWithoutGraves() {
  const disk = { isFull: true };
  const memory = createMemorySpool();
  const spool = spoolWith(memory, {
    bury: async (entry, cause) => {
      if (disk.isFull) throw diskError('no space left on device');
      await memory.bury(entry, cause);
    },
  });
  const dead: string[] = [];
  const test = createTestClient({ spool, onDeadLetter: ({ key }) => dead.push(key) });
  return { ...test, disk, dead };
}

describe('emit, when the spool fails', () => {
  it.each<[AppendRefusal, string]>([
    ['quota', 'queue_full'],
    ['disk_full', 'disk_full'],
    ['io_error', 'spool_failed'],
    ['too_large', 'too_large'],
    ['closed', 'closed'],
  ])('rejects for %s as %s, with what the disk said', (reason, expected) => {
    const error = diskError('the disk said so');
    const spool = spoolWith(createMemorySpool(), { append: () => ({ status: 'refused', reason, error }) });
    const { client } = createTestClient({ spool });
    expect(client.emit(exampleDraft())).toEqual({
      status: 'rejected',
      reason: expected,
      eventId: expect.any(String),
      error,
    });
    expect(client.metrics()).toMatchObject({ emitted: 1, rejected: 1, spooled: 0 });
  });

  it('does not throw even when the spool does', () => {
    const spool = spoolWith(createMemorySpool(), {
      append: () => {
        throw new Error('broken');
      },
    });
    const { client } = createTestClient({ spool });
    expect(client.emit(exampleDraft())).toMatchObject({ status: 'rejected', reason: 'spool_failed' });
  });
});

describe('delivery, when the spool fails', () => {
  it('waits and reads again when the disk cannot be read', async () => {
    const memory = createMemorySpool();
    const failures = [diskError('input/output error'), diskError('input/output error')];
    const spool = spoolWith(memory, {
      peek: async (limits) => {
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
        return memory.peek(limits);
      },
    });
    const messages: (string | undefined)[] = [];
    const { client, clock } = createTestClient({
      spool,
      onStateChange: (_state, failure) => messages.push(failure?.message),
    });
    emitMany(client, 2);
    expect(await client.flush()).toMatchObject({ delivered: false, spooled: 2 });
    expect(messages.at(-1)).toMatchInlineSnapshot(
      `"delivery of audit events waits for the disk, input/output error; the spool is tried again"`,
    );
    expect(client.metrics()).toMatchObject({ state: 'backing_off', requests: 0 });
    await clock.advance(500 + 1_000);
    expect(client.metrics()).toMatchObject({ state: 'idle', acknowledged: 2 });
  });

  it('backs off instead of spinning when the spool counts entries that it does not return', async () => {
    const spool = spoolWith(createMemorySpool(), { peek: async () => [] });
    const { client } = createTestClient({ spool });
    emitMany(client, 1);
    expect(await client.flush()).toMatchObject({ delivered: false, spooled: 1 });
    expect(client.metrics().state).toBe('backing_off');
  });

  it('counts what the disk destroyed as dead, in the same step', async () => {
    const memory = createMemorySpool();
    let damagedEntries = 0;
    const spool = spoolWith(memory, {
      peek: async (limits) => {
        if (damagedEntries === 0) {
          memory.acknowledge((await memory.peek({ entriesMax: 2, bytesMax: 1_000_000 })).slice(0, 2));
          damagedEntries = 2;
        }
        return memory.peek(limits);
      },
      statistics: () => ({ ...memory.statistics(), damagedEntries }),
    });
    const { client } = createTestClient({ spool });
    emitMany(client, 5);
    expect(await client.flush()).toMatchObject({ delivered: true, acknowledged: 3, dead: 2, spooled: 0 });
    expect(client.metrics()).toMatchObject({ emitted: 5, damaged: 2 });
  });
});

describe('a refused event whose dead letter the disk does not take', () => {
  it('stays in the spool, raises the alarm and is buried when there is room', async () => {
    const { client, clock, dead, disk, transport } = createClientWithoutGraves();
    const [bad = ''] = emitMany(client, 3);
    transport.respondWith(refusal(400, [0]));
    expect(await client.flush()).toMatchObject({ delivered: false, acknowledged: 0, spooled: 3, dead: 0 });
    expect(client.metrics().state).toBe('backing_off');
    await clock.advance(60_000);
    expect(client.metrics()).toMatchObject({ acknowledged: 2, spooled: 1, dead: 0, state: 'backing_off' });
    expect(dead).toEqual([]);
    disk.isFull = false;
    await clock.advance(60_000);
    expect(client.metrics()).toMatchObject({ acknowledged: 2, spooled: 0, dead: 1, state: 'idle' });
    expect(dead).toEqual([bad]);
  });

  it('does not hold up the events behind it, and is not sent again', async () => {
    const { client, clock, disk, transport } = createClientWithoutGraves();
    const [bad = ''] = emitMany(client, 3);
    transport.respondWith(refusal(400, [0]));
    await client.flush();
    for (let second = 0; second < 300; second += 1) {
      emitMany(client, 10);
      await clock.advance(1_000);
    }
    expect(client.metrics()).toMatchObject({ dead: 0, rejected: 0 });
    expect(client.metrics().spooled).toBeLessThanOrEqual(1 + 600);
    expect(client.metrics().acknowledged).toBeGreaterThanOrEqual(2_400);
    expect(transport.batches.slice(1).flatMap(({ eventIds }) => eventIds)).not.toContain(bad);
    disk.isFull = false;
    await clock.advance(120_000);
    expect(client.metrics()).toMatchObject({ acknowledged: 3_002, spooled: 0, dead: 1 });
  });

  it('is found by bisection as well, past those that wait for their burial', async () => {
    const { client, clock, disk, dead, transport } = createClientWithoutGraves();
    const bad = new Set<string>();
    const send = transport.send.bind(transport);
    transport.send = async (batch, signal) =>
      batch.eventIds.some((id) => bad.has(id)) ? { status: 422 } : send(batch, signal);
    const ids = emitMany(client, 200);
    for (const index of [0, 7, 8, 199]) bad.add(ids[index] ?? '');
    await clock.advance(3_600_000);
    expect(client.metrics()).toMatchObject({ acknowledged: 196, spooled: 4, dead: 0 });
    disk.isFull = false;
    await clock.advance(120_000);
    expect(client.metrics()).toMatchObject({ acknowledged: 196, spooled: 0, dead: 4 });
    expect(new Set(dead)).toEqual(bad);
  });

  it('is never lost, however many there are', async () => {
    const { client, clock, disk, dead, transport } = createClientWithoutGraves();
    const bad = new Set(emitMany(client, 450));
    transport.send = async ({ eventIds }) => {
      const named = eventIds.flatMap((id, index) => (bad.has(id) ? [index] : []));
      return named.length > 0 ? refusal(400, named) : { status: 201 };
    };
    emitMany(client, 50);
    await clock.advance(600_000);
    expect(client.metrics()).toMatchObject({ spooled: 500, dead: 0 });
    disk.isFull = false;
    await clock.advance(600_000);
    expect(client.metrics()).toMatchObject({ acknowledged: 50, spooled: 0, dead: 450 });
    expect(new Set(dead)).toEqual(bad);
  });
});
