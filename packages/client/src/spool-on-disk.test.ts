import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFileSpool, type SpoolDamage } from '@audit/spool';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AuditClient } from './audit-client.ts';
import { emitMany } from './client.test-support.ts';
import { createAuditClient } from './create-audit-client.ts';
import { exampleDraft, invalidDraft } from './example-event.test-support.ts';
import { ManualClock, settle } from './manual-clock.test-support.ts';
import { createMemoryTransport } from './memory-transport.ts';
import { adoptionIntervalMs } from './orphan-adoption.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

function messageOf(create: () => unknown): string {
  try {
    create();
  } catch (error) {
    expect(error).toMatchObject({ name: 'AuditError', code: 'spool_failed' });
    return error instanceof Error ? error.message : '';
  }
  return 'nothing was thrown';
}

/** Closes a client without delivering, as a process that ends in a hurry. */
async function leave(client: AuditClient): Promise<void> {
  await client.close({ closeTimeoutMs: 0 });
}

/** Lets the disk work until something holds; the clock of the client stands still. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await settle();
}

function expectConserved(client: AuditClient): void {
  const { emitted, acknowledged, spooled, dead, rejected } = client.metrics();
  expect(emitted).toBe(acknowledged + spooled + dead + rejected);
}

describe('a spool on disk', () => {
  it('is where the options and the environment say', async () => {
    const root = temporaryDirectory();
    vi.stubEnv('AUDIT_SPOOL_ROOT', join(root, 'environment'));
    onTestFinished(() => void vi.unstubAllEnvs());
    const transport = createMemoryTransport();
    const clients = [
      createAuditClient({ transport }),
      createAuditClient({ url: 'https://audit.example/a' }),
      createAuditClient({ transport, spoolRoot: join(root, 'option') }),
    ];
    expect(readdirSync(root).toSorted()).toEqual(['environment', 'option']);
    expect(readdirSync(join(root, 'environment')).toSorted()).toEqual(['audit.example-443%2Fa', 'local']);
    await Promise.all(clients.map(leave));
  });

  it('is readable for the user alone', async () => {
    const spoolRoot = temporaryDirectory();
    const client = createAuditClient({ transport: createMemoryTransport(), spoolRoot });
    emitMany(client, 1);
    await leave(client);
    for (const name of readdirSync(spoolRoot, { recursive: true, encoding: 'utf8' })) {
      expect(statSync(join(spoolRoot, name)).mode & 0o077, name).toBe(0);
    }
  });

  it('keeps what was not delivered for the next client, which counts it as recovered and delivers it first', async () => {
    const spoolRoot = temporaryDirectory();
    const away = { send: async () => ({ status: 503 }) };
    const first = createAuditClient({ transport: away, spoolRoot });
    const left = emitMany(first, 3);
    expect(await first.close({ closeTimeoutMs: 0 })).toMatchObject({ delivered: false, spooled: 3 });
    const transport = createMemoryTransport();
    const second = createAuditClient({ transport, spoolRoot });
    expect(second.metrics()).toMatchObject({ emitted: 3, recovered: 3, spooled: 3 });
    const added = emitMany(second, 2);
    expect(await second.close()).toMatchObject({ delivered: true, acknowledged: 5, spooled: 0 });
    expect(transport.events.map((event) => event.event_id)).toEqual([...left, ...added]);
    const third = createAuditClient({ transport, spoolRoot });
    expect(third.metrics()).toMatchObject({ emitted: 0, spooled: 0 });
    await third.close();
  });

  it('is let go at close, so that it can be opened again', async () => {
    const spoolRoot = temporaryDirectory();
    const client = createAuditClient({ transport: createMemoryTransport(), spoolRoot });
    const directory = join(spoolRoot, readdirSync(spoolRoot)[0] ?? '');
    expect(() => openFileSpool({ directory })).toThrow(expect.objectContaining({ code: 'spool_in_use' }));
    await client.close();
    await openFileSpool({ directory }).close();
  });

  it('is one for each client of a root', async () => {
    const spoolRoot = temporaryDirectory();
    const transport = createMemoryTransport();
    const clients = [1, 2, 3].map(() => createAuditClient({ transport, spoolRoot }));
    const ids = clients.flatMap((client) => emitMany(client, 5));
    const reports = await Promise.all(clients.map((client) => client.close()));
    expect(reports.map(({ acknowledged }) => acknowledged)).toEqual([5, 5, 5]);
    expect(new Set(transport.events.map((event) => event.event_id))).toEqual(new Set(ids));
  });

  it('makes emitDurable durable, with every durability on disk', async () => {
    for (const durability of ['process', 'disk'] as const) {
      const spoolRoot = temporaryDirectory();
      const client = createAuditClient({ transport: createMemoryTransport(), spoolRoot, durability });
      expect(await client.emitDurable(exampleDraft())).toMatchObject({ status: 'durable' });
      await client.close();
    }
  });

  it('rejects events beyond its quota, keeps room for critical ones, and takes more when some are delivered', async () => {
    const client = createAuditClient({
      transport: createMemoryTransport(),
      spoolRoot: temporaryDirectory(),
      spoolQuotaBytes: 200_000,
      lingerMs: 60_000,
    });
    let accepted = 0;
    while (client.emit(exampleDraft()).status === 'accepted') accepted += 1;
    expect(client.emit(exampleDraft())).toMatchObject({ status: 'rejected', reason: 'queue_full' });
    expect(client.emit({ ...exampleDraft(), severity: 'critical' }).status).toBe('accepted');
    expect(await client.flush()).toMatchObject({ delivered: true, acknowledged: accepted + 1, rejected: 2 });
    await until(() => client.emit(exampleDraft()).status === 'accepted');
    await client.close();
  });

  it('keeps dead letters for the next client and for people', async () => {
    const spoolRoot = temporaryDirectory();
    const transport = createMemoryTransport();
    const seen: unknown[] = [];
    const first = createAuditClient({ transport, spoolRoot, onDeadLetter: (letter) => seen.push(letter) });
    const outcome = first.emit(invalidDraft());
    await first.close();
    const second = createAuditClient({ transport, spoolRoot });
    const letters = await second.deadLetters();
    expect(letters).toMatchObject([
      { key: outcome.status === 'accepted' && outcome.eventId, reason: 'invalid', sequence: 1 },
    ]);
    // What the listener got is what lies on disk, but for the moment at which each was written.
    const withoutTime = (letter: object) => ({ ...letter, diedAt: '' });
    expect(seen.map((letter) => withoutTime(Object(letter)))).toEqual(letters.map(withoutTime));
    await second.close();
  });
});

describe('a disk that destroyed entries', () => {
  it('costs exactly those events: they count as dead, are reported with the place of their bytes, and the rest is delivered', async () => {
    const spoolRoot = temporaryDirectory();
    const away = { send: async () => ({ status: 503 }) };
    const first = createAuditClient({ transport: away, spoolRoot });
    const ids = emitMany(first, 9);
    await leave(first);
    const [path = ''] = readdirSync(spoolRoot, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.segment'))
      .map((name) => join(spoolRoot, name));
    const bytes = readFileSync(path);
    const destroyed = ids[4] ?? '';
    bytes.write('????', bytes.indexOf(destroyed));
    writeFileSync(path, bytes);

    const transport = createMemoryTransport();
    const damages: SpoolDamage[] = [];
    const second = createAuditClient({ transport, spoolRoot, onDamage: (damage) => damages.push(damage) });
    expectConserved(second);
    expect(await second.flush()).toMatchObject({ delivered: true, acknowledged: 8, dead: 1, spooled: 0 });
    expect(second.metrics()).toMatchObject({ emitted: 9, recovered: 9, damaged: 1 });
    expectConserved(second);
    expect(transport.events.map((event) => event.event_id)).toEqual(ids.filter((id) => id !== destroyed));
    const quarantined = damages.flatMap((damage) => damage.quarantined);
    expect(damages.reduce((sum, { entries }) => sum + entries, 0)).toBe(1);
    expect(quarantined.map((file) => readFileSync(file, 'utf8')).join('')).toContain(destroyed.slice(4));
    await second.close();
  });
});

describe('a spool that cannot be opened', () => {
  it('fails the creation of the client, and says what to do', () => {
    const directory = temporaryDirectory();
    const spoolRoot = join(directory, 'file');
    writeFileSync(spoolRoot, '');
    const message = messageOf(() => createAuditClient({ transport: createMemoryTransport(), spoolRoot }));
    expect(message).toContain(`no spool can be opened in ${spoolRoot}: `);
    // What the operating system says is between; its words are its own.
    expect(message).toContain('ENOTDIR');
    expect(message.slice(message.lastIndexOf('; '))).toMatchInlineSnapshot(
      `"; choose a directory that can be written with the option spoolRoot or the variable AUDIT_SPOOL_ROOT, or durability 'memory'"`,
    );
  });

  it('is not opened when another option is wrong', () => {
    const spoolRoot = join(temporaryDirectory(), 'spools');
    expect(() => createAuditClient({ url: 'ftp://audit.example', spoolRoot })).toThrow('option url');
    expect(() => createAuditClient({ url: 'http://audit.example', spoolRoot, lingerMs: -1 })).toThrow(
      'option lingerMs',
    );
    expect(() => statSync(spoolRoot)).toThrow('ENOENT');
  });
});

describe('what a dead process left', () => {
  async function orphan(spoolRoot: string, number: string, events: number): Promise<string[]> {
    const directory = join(spoolRoot, number);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const client = createAuditClient({
      transport: { send: async () => ({ status: 503 }) },
      spool: openFileSpool({ directory }),
    });
    const ids = emitMany(client, events);
    await leave(client);
    return ids;
  }

  it('beside a client is delivered by that client, at start and later', async () => {
    const spoolRoot = temporaryDirectory();
    const clock = new ManualClock();
    const transport = createMemoryTransport();
    const client = createAuditClient({ transport, clock, spoolRoot });
    const recovered = async (events: number) => {
      while (client.metrics().recovered < events) await clock.advance(adoptionIntervalMs);
    };
    const first = await orphan(spoolRoot, '7', 3);
    await recovered(3);
    expect(await client.flush()).toMatchObject({ delivered: true, acknowledged: 3 });
    const second = await orphan(spoolRoot, '8', 700);
    const third = await orphan(spoolRoot, '9', 2);
    await recovered(705);
    await client.flush();
    expect(client.metrics()).toMatchObject({ emitted: 705, acknowledged: 705, spooled: 0 });
    expect(new Set(transport.events.map((event) => event.event_id))).toEqual(
      new Set([...first, ...second, ...third]),
    );
    await client.close();
  });
});
