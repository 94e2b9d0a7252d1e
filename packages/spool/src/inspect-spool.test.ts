import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDeadLetters, removeDeadLetter } from './dead-letter-tools.ts';
import type { FileSpool } from './file-spool.ts';
import { inspectSpool } from './inspect-spool.ts';
import { openFileSpool } from './open-file-spool.ts';
import { drain } from './spool-drain.test-support.ts';
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
      cursor: 'intact',
      firstSequence: 1,
      nextSequence: 5,
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
    expect(damage.map(({ bytes: count, entries, kind, ranges }) => [kind, entries, count, ranges])).toEqual([
      ['foreign_segment', 0, 0, []],
      [
        'entries',
        1,
        39,
        [
          { offset: 40 + 37, bytes: 37 },
          { offset: 40 + 4 * 37, bytes: 2 },
        ],
      ],
      ['dead_letter', 0, 0, []],
    ]);
    expect(snapshot(spool.directory)).toEqual(before);
  });

  it('gives what waits, in order and piece by piece, while the owner goes on', async () => {
    const spool = openFileSpool({ directory: join(temporaryDirectory(), 'spool'), segmentBytes: 10_000 });
    const keys = Array.from({ length: 2_000 }, (_, index) => `key-${index}`);
    for (const key of keys) spool.append({ key, text: `text of ${key}` });
    const found: string[] = [];
    const lengths: number[] = [];
    const inspection = await inspectSpool(spool.directory, {
      onEntries(entries) {
        lengths.push(entries.length);
        for (const { key, payload } of entries) {
          expect(Buffer.from(payload).toString()).toBe(`text of ${key}`);
          found.push(key);
        }
      },
    });
    expect(found).toEqual(keys);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(500);
    expect(inspection).toMatchObject({ entries: 2_000, firstSequence: 1, nextSequence: 2_001, damage: [] });
    expect(spool.append({ key: 'next', text: '' }).status).toBe('appended');
    expect(await drain(spool)).toHaveLength(2_001);
    await spool.close();
  });

  it('takes nothing for damage that the owner removes or appends meanwhile', async () => {
    const spool = openFileSpool({ directory: join(temporaryDirectory(), 'spool'), segmentBytes: 10_000 });
    for (let index = 0; index < 2_000; index += 1) spool.append({ key: 'key', text: `text ${index}` });
    let seen = 0;
    const { damage } = await inspectSpool(spool.directory, {
      async onEntries(entries) {
        seen += entries.length;
        await drain(spool);
        spool.append({ key: 'new', text: 'text' });
        while (segmentsIn(spool.directory) > 1) await new Promise(setImmediate);
      },
    });
    expect(seen).toBeLessThan(2_000);
    expect(damage).toEqual([]);
    await spool.close();
  });

  it('passes on what the receiver of entries throws', async () => {
    const spool = createSpool();
    const failure = new Error('a full pipe');
    const refuse = () => {
      throw failure;
    };
    await expect(inspectSpool(spool.directory, { onEntries: refuse })).rejects.toBe(failure);
    await spool.close();
  });

  it('says when there is no cursor, and when it is damaged', async () => {
    const spool = createSpool();
    await spool.close();
    const cursor = join(spool.directory, 'cursor');
    expect(await inspectSpool(spool.directory)).toMatchObject({ cursor: 'intact', damage: [] });
    writeFileSync(cursor, 'no cursor');
    expect(await inspectSpool(spool.directory)).toMatchObject({
      cursor: 'damaged',
      damage: [{ kind: 'cursor', path: cursor }],
    });
    rmSync(cursor);
    expect(await inspectSpool(spool.directory)).toMatchObject({ cursor: 'missing', damage: [] });
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

  it('are removed without a look at the others', async () => {
    const spool = createSpool();
    await bury(spool, 'a');
    await bury(spool, 'b');
    await spool.close();
    // Whoever reads it fails.
    const unreadable = join(spool.directory, 'dead-letters', '0000000000000003-c.json');
    mkdirSync(unreadable);
    await expect(readDeadLetters(spool.directory)).rejects.toThrow('EISDIR');
    const removal = { outcome: 'dropped', reason: 'a test event' } as const;
    expect(await removeDeadLetter(spool.directory, '0000000000000001-a', removal)).toBe(true);
    rmdirSync(unreadable);
    expect((await readDeadLetters(spool.directory)).map(({ key }) => key)).toEqual(['b']);
  });

  it.each([
    ['', 'no id'],
    ['0000000000000001-b', 'another key'],
    ['0000000000000002-a', 'another sequence'],
    ['../dead-letters/0000000000000001-a', 'a way to the file'],
    ['0000000000000001-../0000000000000001-a', 'a way within the key'],
    ['-0000000000000001-a', 'no sequence'],
    ['dropped.jsonl', 'another file'],
  ])('are not removed by %j: %s', async (id) => {
    const spool = createSpool();
    await bury(spool, 'a');
    expect(await removeDeadLetter(spool.directory, id, { outcome: 'dropped', reason: '' })).toBe(false);
    expect(await readDeadLetters(spool.directory)).toHaveLength(1);
    expect(readdirSync(join(spool.directory, 'dead-letters'))).toHaveLength(1);
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

function segmentsIn(directory: string): number {
  return readdirSync(directory).filter((name) => name.endsWith('.segment')).length;
}

function snapshot(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name)).toString('hex')]),
  );
}
