import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adoptSpools } from './adopt-spools.ts';
import { openFreeSpool } from './free-spool.ts';
import { inspectSpool } from './inspect-spool.ts';
import { listSpools } from './list-spools.ts';
import { createMemorySpool } from './memory-spool.ts';
import { openFileSpool } from './open-file-spool.ts';
import { peekAll } from './spool-drain.test-support.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

async function leave(directory: string, ...keys: string[]): Promise<void> {
  const spool = openFileSpool({ directory });
  for (const key of keys) spool.append({ key, text: `text of ${key}` });
  await spool.close();
}

describe('openFreeSpool', () => {
  it('gives every spool of a root a directory of its own, and a free one again', async () => {
    const root = join(temporaryDirectory(), 'root');
    const spools = [0, 1, 2].map(() => openFreeSpool({ root }));
    expect(spools.map(({ directory }) => directory)).toEqual(['0', '1', '2'].map((name) => join(root, name)));
    await spools[1]?.close();
    const again = openFreeSpool({ root });
    expect(again.directory).toBe(join(root, '1'));
    for (const spool of [again, ...spools]) await spool.close();
  });

  it('prefers a directory in which entries wait', async () => {
    const root = temporaryDirectory();
    await leave(join(root, '0'));
    await leave(join(root, '3'), 'orphan');
    mkdirSync(join(root, 'another'));
    const spool = openFreeSpool({ root });
    expect(spool.directory).toBe(join(root, '3'));
    expect((await peekAll(spool)).map(({ key }) => key)).toEqual(['orphan']);
    await spool.close();
  });
});

describe('adoptSpools', () => {
  it('moves what unheld directories hold, in order, and removes those directories', async () => {
    const root = temporaryDirectory();
    await leave(join(root, '1'), 'a', 'b');
    await leave(join(root, '2'), 'c');
    await leave(join(root, '3'), 'except');
    const held = openFileSpool({ directory: join(root, '4') });
    held.append({ key: 'held', text: 'held' });
    const into = openFileSpool({ directory: join(root, '0') });
    const adopted = await adoptSpools({ root, into, except: [into.directory, join(root, '3')] });
    expect(adopted).toBe(3);
    expect((await peekAll(into)).map(({ key, text }) => ({ key, text }))).toEqual(
      ['a', 'b', 'c'].map((key) => ({ key, text: `text of ${key}` })),
    );
    expect(readdirSync(root).sort()).toEqual(['0', '3', '4']);
    await into.close();
    await held.close();
  });

  it('leaves entries where they are when the receiver has no room, and moves them later', async () => {
    const root = temporaryDirectory();
    await leave(join(root, '1'), 'a', 'b');
    const into = openFileSpool({ directory: join(temporaryDirectory(), 'into'), quotaBytes: 90 });
    expect(await adoptSpools({ root, into })).toBe(1);
    expect(await adoptSpools({ root, into })).toBe(0);
    await into.close();
    const larger = openFileSpool({ directory: into.directory });
    expect(await adoptSpools({ root, into: larger })).toBe(1);
    expect((await peekAll(larger)).map(({ key }) => key)).toEqual(['a', 'b']);
    await larger.close();
  });

  it('buries what is too large for the receiver where it is', async () => {
    const root = temporaryDirectory();
    await leave(join(root, '1'), 'a', 'a longer key');
    const into = openFileSpool({ directory: join(temporaryDirectory(), 'into'), entryBytesMax: 10 });
    expect(await adoptSpools({ root, into })).toBe(1);
    expect(await inspectSpool(join(root, '1'))).toMatchObject({ entries: 0, deadLetters: 1 });
    await into.close();
  });

  it('removes nothing when the receiver does not confirm', async () => {
    const root = temporaryDirectory();
    await leave(join(root, '1'), 'a');
    await expect(adoptSpools({ root, into: createMemorySpool() })).rejects.toMatchObject({
      code: 'spool_failed',
    });
    expect(await inspectSpool(join(root, '1'))).toMatchObject({ entries: 1, isHeld: false });
  });

  it('finds nothing where there is nothing', async () => {
    const root = join(temporaryDirectory(), 'missing');
    expect(await adoptSpools({ root, into: createMemorySpool() })).toBe(0);
    expect(existsSync(root)).toBe(false);
  });
});

describe('listSpools', () => {
  it('lists the spools of a root in the order of their numbers, and a root that is one', async () => {
    const root = temporaryDirectory();
    for (const name of ['10', '9', 'server']) await leave(join(root, name), 'a');
    mkdirSync(join(root, 'no spool'));
    expect(await listSpools(root)).toEqual(['9', '10', 'server'].map((name) => join(root, name)));
    expect(await listSpools(join(root, '9'))).toEqual([join(root, '9')]);
    expect(await listSpools(join(root, 'missing'))).toEqual([]);
  });
});
