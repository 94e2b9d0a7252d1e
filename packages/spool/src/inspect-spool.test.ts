import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDeadLetters, removeDeadLetter } from './dead-letter-tools.ts';
import type { FileSpool } from './file-spool.ts';
import { inspectSpool } from './inspect-spool.ts';
import { openFileSpool } from './open-file-spool.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

function createSpool(): FileSpool {
  const spool = openFileSpool({
    directory: join(temporaryDirectory(), 'spool'),
    now: () => Date.UTC(2026, 0, 2),
  });
  for (const key of ['a', 'b', 'c', 'd']) spool.append({ key, text: 'text' });
  return spool;
}

async function bury(spool: FileSpool, key: string): Promise<void> {
  const entries = await spool.peek({ entriesMax: 10, bytesMax: 1_000 });
  const entry = entries.find((candidate) => candidate.key === key);
  if (entry) await spool.bury(entry, { reason: 'invalid', detail: 'refused' });
}

describe('inspectSpool', () => {
  it('tells what a running process has spooled', async () => {
    const spool = createSpool();
    await bury(spool, 'b');
    expect(await inspectSpool(spool.directory)).toEqual({
      directory: spool.directory,
      isHeld: true,
      ownerPid: process.pid,
      segments: 1,
      // What is acknowledged is noted a little later.
      entries: 4,
      bytes: 4 * (32 + 1 + 4),
      oldestAppendedAt: '2026-01-02T00:00:00.000Z',
      deadLetters: 1,
      damage: [],
      quarantineBytes: 0,
    });
    await spool.close();
  });

  it('counts what waits and what is damaged, and changes nothing', async () => {
    const spool = createSpool();
    await bury(spool, 'd');
    await spool.close();
    const path = join(spool.directory, '0000000000000001.segment');
    const bytes = readFileSync(path);
    bytes[40 + 37 + 10] = 0xee;
    writeFileSync(path, bytes);
    appendFileSync(path, Buffer.from([0xff, 0xa5]));
    writeFileSync(join(spool.directory, 'cursor.segment'), 'no segment');
    writeFileSync(join(spool.directory, 'dead-letters', '0000000000000002-b.json'), '{');
    const before = snapshot(spool.directory);
    const { damage, ...found } = await inspectSpool(spool.directory);
    expect(found).toMatchObject({ isHeld: false, ownerPid: undefined, entries: 2, deadLetters: 2 });
    expect(damage.map(({ bytes: count, entries, kind }) => [kind, entries, count])).toEqual([
      ['foreign_segment', 0, 0],
      ['entries', 1, 39],
      ['dead_letter', 0, 0],
    ]);
    expect(snapshot(spool.directory)).toEqual(before);
  });

  it('finds nothing in a directory that is no spool', async () => {
    expect(await inspectSpool(temporaryDirectory())).toMatchObject({ segments: 0, entries: 0, damage: [] });
  });
});

describe('the dead letters of a spool', () => {
  it('are read and removed by others while the process runs, and the reason is kept', async () => {
    const spool = createSpool();
    await bury(spool, 'a');
    await bury(spool, 'c');
    const [first, second] = await readDeadLetters(spool.directory);
    expect([first?.key, second?.key]).toEqual(['a', 'c']);
    const removal = { outcome: 'dropped', reason: 'a test event' } as const;
    expect(await removeDeadLetter(spool.directory, first?.id ?? '', removal)).toBe(true);
    expect(await removeDeadLetter(spool.directory, first?.id ?? '', removal)).toBe(false);
    expect(await spool.deadLetters()).toEqual([second]);
    expect(spool.statistics().deadLetters).toBe(1);
    const log = readFileSync(join(spool.directory, 'dead-letters', 'dropped.jsonl'), 'utf8');
    expect(JSON.parse(log)).toEqual({
      id: '0000000000000001-a',
      sequence: 1,
      key: 'a',
      reason: 'invalid',
      detail: 'refused',
      appendedAt: '2026-01-02T00:00:00.000Z',
      diedAt: '2026-01-02T00:00:00.000Z',
      outcome: 'dropped',
      removedBecause: 'a test event',
      removedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    await spool.close();
  });

  it('are files with safe names, whatever the key', async () => {
    const spool = openFileSpool({ directory: join(temporaryDirectory(), 'spool') });
    const keys = [
      '../../etc/passwd',
      'a/b',
      '\0',
      'é'.repeat(127),
      'x'.repeat(255),
      `${'x'.repeat(254)}y`,
      '',
    ];
    for (const key of keys) spool.append({ key, text: key });
    for (const key of keys) await bury(spool, key);
    expect((await readDeadLetters(spool.directory)).map(({ key }) => key)).toEqual(keys);
    const names = readdirSync(join(spool.directory, 'dead-letters'));
    expect(names.every((name) => /^\d{16}-[A-Za-z0-9._%-]{0,120}\.json$/.test(name))).toBe(true);
    for (const { id } of await readDeadLetters(spool.directory)) {
      expect(await removeDeadLetter(spool.directory, id, { outcome: 'replayed', reason: '' })).toBe(true);
    }
    await spool.close();
  });

  it('that are damaged are put aside and reported', async () => {
    const spool = createSpool();
    await bury(spool, 'a');
    writeFileSync(join(spool.directory, 'dead-letters', '0000000000000001-a.json'), '{"id":1}');
    expect(await spool.deadLetters()).toEqual([]);
    expect(spool.statistics().deadLetters).toBe(0);
    expect(readdirSync(join(spool.directory, 'quarantine'))).toEqual(['0000000000000001-a.json.bytes']);
    await spool.close();
  });
});

function snapshot(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name)).toString('hex')]),
  );
}
