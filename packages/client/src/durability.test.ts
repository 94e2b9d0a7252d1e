import { createMemorySpool } from '@audit/spool';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bindBuilders } from './bind-builders.ts';
import { createTestClient, emitMany } from './client.test-support.ts';
import { exampleDraft } from './example-event.test-support.ts';
import { diskError, spoolWith } from './faulty-spool.test-support.ts';
import { settle } from './manual-clock.test-support.ts';

/** A spool that notes what was appended when the disk confirms, as soon as the test lets it. */
function createDisk() {
  const memory = createMemorySpool();
  const flushes: { readonly confirm: () => void; readonly fail: () => void }[] = [];
  const spool = spoolWith(memory, {
    sync: () =>
      new Promise((resolve, reject) => {
        flushes.push({ confirm: resolve, fail: () => reject(diskError('the disk did not confirm')) });
      }),
  });
  return { spool, flushes };
}

describe('emitDurable', () => {
  it('resolves when the disk has confirmed, not before', async () => {
    const { spool, flushes } = createDisk();
    const { client } = createTestClient({ spool });
    let isSettled = false;
    const emitting = client.emitDurable(exampleDraft()).finally(() => {
      isSettled = true;
    });
    await settle();
    expect([isSettled, client.metrics().spooled]).toEqual([false, 1]);
    flushes[0]?.confirm();
    expect(await emitting).toEqual({ status: 'durable', eventId: expect.any(String) });
  });

  it('says that the event is only accepted when the disk does not confirm, and delivers it', async () => {
    const { spool, flushes } = createDisk();
    const { client, transport } = createTestClient({ spool });
    const emitting = client.emitDurable(exampleDraft());
    flushes[0]?.fail();
    expect(await emitting).toMatchObject({
      status: 'accepted',
      eventId: expect.any(String),
      error: { code: 'spool_failed', message: 'the disk did not confirm' },
    });
    await client.flush();
    expect(transport.events).toHaveLength(1);
  });

  it('says so too when the spool is in memory', async () => {
    const { client } = createTestClient();
    expect(await client.emitDurable(exampleDraft())).toMatchObject({
      status: 'accepted',
      error: { code: 'spool_failed' },
    });
  });

  it('resolves with the rejection when the event was not taken', async () => {
    const { client } = createTestClient();
    await client.close();
    expect(await client.emitDurable(exampleDraft())).toEqual({ status: 'rejected', reason: 'closed' });
  });

  it('never rejects, whatever is emitted', async () => {
    const { client } = createTestClient();
    const { proxy, revoke } = Proxy.revocable(exampleDraft(), {});
    revoke();
    expect(await client.emitDurable(proxy)).toMatchObject({ status: 'rejected', reason: 'not_serialisable' });
  });
});

describe('confirm', () => {
  it('makes the emission of a manager durable', async () => {
    const { spool, flushes } = createDisk();
    const { client } = createTestClient({ spool });
    const manager = bindBuilders(client, { workflowStarted: () => exampleDraft() });
    const confirming = client.confirm(manager.workflowStarted());
    flushes[0]?.confirm();
    expect(await confirming).toMatchObject({ status: 'durable' });
  });

  it('passes on what was rejected or skipped', async () => {
    const { client } = createTestClient();
    const skipped = { status: 'skipped', reason: 'nothing to record' } as const;
    expect(await client.confirm(skipped)).toBe(skipped);
  });
});

describe('durability disk', () => {
  it('flushes after every event in the background, one flush at a time', async () => {
    const { spool, flushes } = createDisk();
    const { client } = createTestClient({ spool, durability: 'disk' });
    emitMany(client, 100);
    expect(flushes).toHaveLength(1);
    flushes[0]?.confirm();
    await settle();
    expect(flushes).toHaveLength(2);
    flushes[1]?.confirm();
    await settle();
    expect(flushes).toHaveLength(2);
  });

  it('tells when the disk stops confirming, once, and goes on', async () => {
    const { spool, flushes } = createDisk();
    const failures: string[] = [];
    const onSpoolFailure = ({ message }: Error) => failures.push(message);
    const { client } = createTestClient({ spool, durability: 'disk', onSpoolFailure });
    for (const outcome of ['fail', 'fail', 'confirm', 'fail'] as const) {
      emitMany(client, 1);
      flushes.at(-1)?.[outcome]();
      await settle();
    }
    expect(failures).toEqual(['the disk did not confirm', 'the disk did not confirm']);
    expect(client.metrics()).toMatchObject({ spooled: 4, rejected: 0 });
  });

  it('warns when nobody listens', async () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    onTestFinished(() => emitWarning.mockRestore());
    const { spool, flushes } = createDisk();
    const { client } = createTestClient({ spool, durability: 'disk' });
    emitMany(client, 1);
    flushes[0]?.fail();
    await settle();
    expect(emitWarning.mock.calls.map(([warning]) => warning)).toEqual(['the disk did not confirm']);
  });
});

describe('durability process', () => {
  it('never waits for the disk', async () => {
    const { spool, flushes } = createDisk();
    const { client } = createTestClient({ spool });
    emitMany(client, 100);
    await client.flush();
    expect(flushes).toHaveLength(0);
  });
});

describe('severity critical', () => {
  it('is what may use the reserved part of the quota', () => {
    const critical: (boolean | undefined)[] = [];
    const memory = createMemorySpool();
    const spool = spoolWith(memory, {
      append: (input) => {
        critical.push(input.critical);
        return memory.append(input);
      },
    });
    const { client } = createTestClient({ spool });
    client.emit({ ...exampleDraft(), severity: 'critical' });
    client.emit({ ...exampleDraft(), severity: 'info' });
    client.emit(exampleDraft());
    expect(critical).toEqual([true, false, false]);
  });
});
