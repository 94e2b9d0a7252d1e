import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openFileSpool } from './open-file-spool.ts';
import type { SpoolDamage } from './spool-damage.ts';
import { drain } from './spool-drain.test-support.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

// Each entry takes 32 bytes, 1 of key and 3 of text, after a header of 40.
const entryBytes = 36;
const headerBytes = 40;

interface Read {
  readonly keys: string[];
  readonly damage: SpoolDamage[];
  readonly damagedEntries: number;
  /** Content of the files in quarantine, by name. */
  readonly quarantine: Record<string, Buffer>;
  /** Sequence of an entry appended afterwards. */
  readonly appended: number;
}

/** Makes a spool with a segment for each list of keys. */
async function createSpool(...segments: string[][]): Promise<string> {
  const directory = join(temporaryDirectory(), 'spool');
  for (const keys of segments) {
    const spool = openFileSpool({ directory });
    for (const key of keys) spool.append({ key, text: 'abc' });
    await spool.close();
  }
  return directory;
}

async function read(directory: string): Promise<Read> {
  const damage: SpoolDamage[] = [];
  const spool = openFileSpool({ directory, onDamage: (found) => damage.push(found) });
  const keys = (await drain(spool)).map(({ key }) => key);
  const { damagedEntries, entries } = spool.statistics();
  expect(entries).toBe(0);
  const outcome = spool.append({ key: 'new', text: '' });
  const quarantine = join(directory, 'quarantine');
  const names = damage.some(({ quarantined }) => quarantined.length > 0) ? readdirSync(quarantine) : [];
  await spool.close();
  return {
    keys,
    damage,
    damagedEntries,
    quarantine: Object.fromEntries(names.map((name) => [name, readFileSync(join(quarantine, name))])),
    appended: outcome.status === 'appended' ? outcome.sequence : 0,
  };
}

const segmentOf = (directory: string, first: number): string =>
  join(directory, `${String(first).padStart(16, '0')}.segment`);

function edit(path: string, change: (bytes: Buffer) => Buffer | undefined): Buffer {
  const before = readFileSync(path);
  writeFileSync(path, change(Buffer.from(before)) ?? before);
  return before;
}

describe('a damaged entry', () => {
  it('is skipped, reported, counted, and kept in quarantine', async () => {
    const directory = await createSpool(['a', 'b', 'c']);
    const path = segmentOf(directory, 1);
    const start = headerBytes + entryBytes;
    const bytes = Buffer.from(readFileSync(path));
    bytes[start + 34] = 0;
    writeFileSync(path, bytes);
    const bad = bytes.subarray(start, start + entryBytes);
    const name = `0000000000000001-${start}-${crc32(bad).toString(16).padStart(8, '0')}.bytes`;
    expect(await read(directory)).toEqual({
      keys: ['a', 'c'],
      damage: [
        {
          kind: 'entries',
          path,
          entries: 1,
          bytes: entryBytes,
          ranges: [{ offset: start, bytes: entryBytes }],
          quarantined: [join(directory, 'quarantine', name)],
        },
      ],
      damagedEntries: 1,
      quarantine: { [name]: bad },
      appended: 4,
    });
  });

  it('has the same name in quarantine however often it is found', async () => {
    const directory = await createSpool(['a', 'b', 'c']);
    edit(segmentOf(directory, 1), (bytes) => bytes.fill(0, 80, 90));
    for (let time = 0; time < 2; time += 1) {
      const spool = openFileSpool({ directory });
      await spool.peek({ entriesMax: 10, bytesMax: 1_000 });
      await spool.close();
    }
    expect(readdirSync(join(directory, 'quarantine'))).toHaveLength(1);
  });
});

describe('the end of a spool', () => {
  it('within an entry is an append that did not finish, and its number is not used again', async () => {
    const directory = await createSpool(['a', 'b']);
    rmSync(join(directory, 'cursor'));
    truncateSync(segmentOf(directory, 1), headerBytes + entryBytes + 30);
    expect(await read(directory)).toMatchObject({
      keys: ['a'],
      damage: [{ kind: 'torn_append', entries: 0, bytes: 30 }],
      damagedEntries: 0,
      appended: 3,
    });
  });

  it('within an entry that the cursor knows is a loss', async () => {
    const directory = await createSpool(['a', 'b']);
    truncateSync(segmentOf(directory, 1), headerBytes + entryBytes + 30);
    expect(await read(directory)).toMatchObject({
      keys: ['a'],
      damage: [{ kind: 'entries', entries: 1, bytes: 30 }],
      damagedEntries: 1,
      appended: 3,
    });
  });

  it('filled with zeros, as after a loss of power, is put aside', async () => {
    const directory = await createSpool(['a', 'b', 'c']);
    edit(segmentOf(directory, 1), (bytes) => bytes.fill(0, headerBytes + entryBytes));
    expect(await read(directory)).toMatchObject({
      keys: ['a'],
      damage: [{ kind: 'entries', entries: 2, bytes: 2 * entryBytes }],
      appended: 4,
    });
  });

  it('with entries nobody can read counts them by their markers, and uses none of their numbers', async () => {
    const directory = await createSpool(['a', 'b', 'c']);
    rmSync(join(directory, 'cursor'));
    edit(segmentOf(directory, 1), (bytes) => {
      for (const entry of [1, 2]) bytes[headerBytes + entry * entryBytes + 33] = 0;
      return bytes;
    });
    expect(await read(directory)).toMatchObject({ keys: ['a'], damagedEntries: 2, appended: 4 });
  });
});

describe('a segment', () => {
  it('without its header is read by its markers', async () => {
    const directory = await createSpool(['a', 'b']);
    edit(segmentOf(directory, 1), (bytes) => bytes.fill(0xff, 0, headerBytes));
    expect(await read(directory)).toMatchObject({
      keys: ['a', 'b'],
      damage: [{ kind: 'entries', entries: 0, bytes: headerBytes }],
      damagedEntries: 0,
    });
  });

  it('that is missing is noticed, wherever it was', async () => {
    for (const [missing, keys] of [
      [1, ['b', 'c']],
      [2, ['a', 'c']],
      [3, ['a', 'b']],
    ] as const) {
      const directory = await createSpool(['a'], ['b'], ['c']);
      rmSync(segmentOf(directory, missing));
      expect(await read(directory)).toMatchObject({ keys, damagedEntries: 1, appended: 4 });
    }
  });

  it('of another format is put aside whole, with its header of another length', async () => {
    const directory = await createSpool(['a'], ['b']);
    const foreign = Buffer.alloc(100, 7);
    foreign.write('AUDSPOOL');
    foreign.writeUInt16LE(2, 8);
    foreign.writeUInt16LE(60, 10);
    foreign.writeUInt32LE(crc32(foreign.subarray(0, 56)), 56);
    writeFileSync(segmentOf(directory, 1), foreign);
    expect(await read(directory)).toMatchObject({
      keys: ['b'],
      damage: [
        { kind: 'foreign_segment', bytes: 100 },
        { kind: 'missing_entries', entries: 1 },
      ],
      quarantine: { '0000000000000001.segment.bytes': foreign },
    });
  });

  it('of another spool is put aside whole', async () => {
    const [directory, other] = [await createSpool(['a']), await createSpool([], ['x', 'y'], ['z'])];
    const foreign = readFileSync(segmentOf(other, 3));
    writeFileSync(segmentOf(directory, 3), foreign);
    expect(await read(directory)).toMatchObject({
      keys: ['a'],
      damage: [{ kind: 'foreign_segment', entries: 0 }],
      quarantine: { '0000000000000003.segment.bytes': foreign },
      appended: 2,
    });
  });
});

describe('a cursor', () => {
  async function createHalfRead(): Promise<string> {
    const directory = await createSpool(['a', 'b', 'c']);
    const spool = openFileSpool({ directory });
    spool.acknowledge(await spool.peek({ entriesMax: 1, bytesMax: 1 }));
    await spool.close();
    return directory;
  }

  it('that is whole spares what was acknowledged', async () => {
    expect(await read(await createHalfRead())).toMatchObject({ keys: ['b', 'c'], damage: [] });
  });

  it('that is missing or damaged lets everything come again', async () => {
    const missing = await createHalfRead();
    rmSync(join(missing, 'cursor'));
    expect(await read(missing)).toMatchObject({ keys: ['a', 'b', 'c'], damage: [], appended: 4 });

    const damaged = await createHalfRead();
    const bytes = edit(join(damaged, 'cursor'), (cursor) => cursor.fill(1, 20, 21));
    bytes[20] = 1;
    expect(await read(damaged)).toMatchObject({
      keys: ['a', 'b', 'c'],
      damage: [{ kind: 'cursor', path: join(damaged, 'cursor') }],
      quarantine: { 'cursor.bytes': bytes },
      damagedEntries: 0,
    });
  });

  it('of another spool is not believed', async () => {
    const directory = await createSpool(['a', 'b', 'c']);
    const other = await createSpool(['x', 'y', 'z']);
    const spool = openFileSpool({ directory: other });
    await drain(spool);
    await spool.close();
    writeFileSync(join(directory, 'cursor'), readFileSync(join(other, 'cursor')));
    expect(await read(directory)).toMatchObject({ keys: ['a', 'b', 'c'], damage: [{ kind: 'cursor' }] });
  });
});
