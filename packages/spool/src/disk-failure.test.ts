import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFailingFiles, type FailingFiles } from './failing-files.test-support.ts';
import type { FileSpool } from './file-spool.ts';
import type { FileSpoolSettings } from './file-spool-options.ts';
import { openFileSpool } from './open-file-spool.ts';
import { drain, peekAll } from './spool-drain.test-support.ts';
import { nodeSpoolFiles, type SpoolFiles } from './spool-files.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

interface Subject extends FailingFiles {
  readonly spool: FileSpool;
  append(text: string): string;
}

function createSpool(settings: FileSpoolSettings = {}, overrides: Partial<SpoolFiles> = {}): Subject {
  const failing = createFailingFiles(overrides);
  const spool = openFileSpool({
    ...settings,
    directory: join(temporaryDirectory(), 'spool'),
    files: failing.files,
  });
  return {
    ...failing,
    spool,
    append(text) {
      const outcome = spool.append({ key: text, text });
      return outcome.status === 'refused' ? outcome.reason : outcome.status;
    },
  };
}

const texts = async (spool: FileSpool): Promise<string[]> => (await drain(spool)).map(({ text }) => text);
const segment = /\.segment$/;

describe('an append', () => {
  it.each([
    ['ENOSPC', 'disk_full'],
    ['EDQUOT', 'disk_full'],
    ['EIO', 'io_error'],
  ])(
    'that fails with %s is refused as %s, leaves nothing behind, and the next succeeds',
    async (code, reason) => {
      const { append, fail, repair, spool } = createSpool();
      expect(append('a')).toBe('appended');
      fail('writeSync', code);
      const outcome = spool.append({ key: 'b', text: 'b' });
      expect(outcome).toMatchObject({
        status: 'refused',
        reason,
        error: { code: 'spool_failed', retryable: true },
      });
      repair();
      expect(append('c')).toBe('appended');
      expect(spool.statistics()).toMatchObject({ entries: 2, nextSequence: 3 });
      expect(await texts(spool)).toEqual(['a', 'c']);
    },
  );

  it('that cannot make its file is refused', async () => {
    const { append, fail, repair, spool } = createSpool();
    fail('openSync', 'ENOSPC', { path: segment });
    expect(append('a')).toBe('disk_full');
    repair();
    expect(append('b')).toBe('appended');
    expect(await texts(spool)).toEqual(['b']);
  });

  it('that is the first of its file leaves no file behind', async () => {
    const { append, fail, repair, spool } = createSpool();
    fail('writeSync', 'ENOSPC', { path: segment });
    expect(append('a')).toBe('disk_full');
    expect(readdirSync(spool.directory).filter((name) => segment.test(name))).toEqual([]);
    repair();
    expect(append('b')).toBe('appended');
    expect(spool.statistics()).toMatchObject({ firstSequence: 1, nextSequence: 2 });
  });

  it('is complete even if the disk takes one byte at a time', async () => {
    const { append, spool } = createSpool(
      {},
      { writeSync: (descriptor, bytes, offset) => nodeSpoolFiles.writeSync(descriptor, bytes, offset, 1) },
    );
    expect(append('slow')).toBe('appended');
    expect(await texts(spool)).toEqual(['slow']);
  });

  it('whose half stays in the file, for it cannot be truncated, is never read, now or later', async () => {
    let room = Number.POSITIVE_INFINITY;
    const { append, fail, repair, spool } = createSpool(
      {},
      {
        writeSync(descriptor, bytes, offset, length) {
          if (room === 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
          const written = nodeSpoolFiles.writeSync(descriptor, bytes, offset, Math.min(room, length));
          room -= written;
          return written;
        },
      },
    );
    expect(append('a')).toBe('appended');
    room = 20;
    fail('ftruncateSync', 'EIO');
    expect(append('b')).toBe('disk_full');
    room = Number.POSITIVE_INFINITY;
    repair();
    expect(append('c')).toBe('appended');
    expect((await peekAll(spool)).map(({ text }) => text)).toEqual(['a', 'c']);
    await spool.close();
    const again = openFileSpool({ directory: spool.directory });
    expect(await texts(again)).toEqual(['a', 'c']);
    expect(again.statistics()).toMatchObject({ entries: 0, damagedEntries: 0 });
    await again.close();
  });

  it('goes on in another file when the first cannot even be removed', async () => {
    const { append, fail, repair, spool } = createSpool();
    for (const call of ['writeSync', 'ftruncateSync', 'unlinkSync'] as const)
      fail(call, 'EIO', { path: segment });
    expect(append('a')).toBe('io_error');
    repair();
    expect(append('b')).toBe('appended');
    expect(await texts(spool)).toEqual(['b']);
  });
});

describe('a full disk', () => {
  it('is freed by acknowledging, although no new file can be written', async () => {
    const { append, fail, spool } = createSpool({ segmentBytes: 100 });
    for (const text of ['a', 'b', 'c']) append(text);
    fail('write', 'ENOSPC', { path: /\.tmp$/ });
    expect(await texts(spool)).toEqual(['a', 'b', 'c']);
    await spool.close();
    expect(readdirSync(spool.directory).filter((name) => segment.test(name))).toEqual([]);
  });

  it('lets a spool be opened and read', async () => {
    const { fail, files, spool, append } = createSpool();
    append('a');
    await spool.close();
    for (const call of ['writeSync', 'write'] as const) fail(call, 'ENOSPC');
    const again = openFileSpool({ directory: spool.directory, files });
    expect((await peekAll(again)).map(({ text }) => text)).toEqual(['a']);
    await again.close();
  });
});

describe('sync', () => {
  it('rejects when the disk does not confirm, as long as such entries wait; later entries go to another file', async () => {
    const { append, fail, repair, spool } = createSpool();
    append('a');
    fail('fdatasync', 'EIO');
    await expect(spool.sync()).rejects.toMatchObject({ code: 'spool_failed', retryable: true });
    repair();
    append('b');
    await expect(spool.sync()).rejects.toMatchObject({ code: 'spool_failed' });
    expect(readdirSync(spool.directory).filter((name) => segment.test(name))).toHaveLength(2);
    spool.acknowledge(await spool.peek({ entriesMax: 1, bytesMax: 1 }));
    await expect(spool.sync()).resolves.toBeUndefined();
    expect(await texts(spool)).toEqual(['b']);
  });

  it('tries again when the directory could not be flushed', async () => {
    const { append, fail, repair, spool } = createSpool();
    append('a');
    fail('fsync', 'EIO');
    await expect(spool.sync()).rejects.toMatchObject({ code: 'spool_failed' });
    repair();
    await expect(spool.sync()).resolves.toBeUndefined();
  });

  it('asks the disk once for all who wait', async () => {
    let flushes = 0;
    const { append, spool } = createSpool(
      {},
      {
        async fdatasync() {
          flushes += 1;
        },
      },
    );
    append('a');
    const first = spool.sync();
    append('b');
    await Promise.all([first, spool.sync(), spool.sync(), spool.sync()]);
    expect(flushes).toBe(2);
  });
});

describe('a disk that fails', () => {
  it('while reading rejects the peek, and loses nothing', async () => {
    const { append, fail, repair, spool } = createSpool();
    append('a');
    fail('read', 'EIO', { path: segment });
    await expect(spool.peek({ entriesMax: 1, bytesMax: 1 })).rejects.toMatchObject({
      code: 'spool_failed',
      retryable: true,
    });
    repair();
    expect(await texts(spool)).toEqual(['a']);
  });

  it.each(['open', 'write', 'fsync', 'rename'] as const)(
    'with %s while an entry is buried leaves the entry waiting',
    async (call) => {
      const { append, fail, repair, spool } = createSpool();
      append('a');
      const [entry] = await spool.peek({ entriesMax: 1, bytesMax: 1 });
      if (!entry) throw new Error('an entry waits');
      fail(call, 'EIO', { path: /dead-letters/ });
      const cause = { reason: 'invalid', detail: '' };
      await expect(spool.bury(entry, cause)).rejects.toMatchObject({ code: 'spool_failed' });
      repair();
      expect(spool.statistics()).toMatchObject({ entries: 1, deadLetters: 0 });
      await spool.bury(entry, cause);
      expect(spool.statistics()).toMatchObject({ entries: 0, deadLetters: 1 });
    },
  );

  it.each(['open', 'write', 'fsync', 'rename'] as const)(
    'with %s while the cursor is written only lets entries come again',
    async (call) => {
      const { append, fail, spool } = createSpool();
      append('a');
      fail(call, 'EIO', { path: /cursor/ });
      expect(await texts(spool)).toEqual(['a']);
      await spool.close();
      const again = openFileSpool({ directory: spool.directory });
      expect(await texts(again)).toEqual(['a']);
      await again.close();
    },
  );

  it('with the quarantine moves the damaged file there instead of a copy', async () => {
    const { append, fail, files, spool } = createSpool();
    for (const text of ['a', 'b', 'c']) append(text);
    await spool.close();
    const name = '0000000000000001.segment';
    const bytes = readFileSync(join(spool.directory, name));
    bytes[80] = 0;
    const descriptor = files.openSync(join(spool.directory, name), 'w');
    files.writeSync(descriptor, bytes, 0, bytes.length);
    files.closeSync(descriptor);
    fail('write', 'ENOSPC', { path: /quarantine/ });
    const again = openFileSpool({ directory: spool.directory, files });
    expect(await texts(again)).toHaveLength(2);
    await again.close();
    expect(readdirSync(join(spool.directory, 'quarantine'))).toContain(`${name}.bytes`);
    expect(readFileSync(join(spool.directory, 'quarantine', `${name}.bytes`)).equals(bytes)).toBe(true);
  });
});

it('a spool that cannot be made says why', () => {
  const { fail, files } = createFailingFiles();
  fail('mkdirSync', 'EROFS');
  const directory = join(temporaryDirectory(), 'spool');
  expect(() => openFileSpool({ directory, files })).toThrow(
    expect.objectContaining({ code: 'spool_failed', message: expect.stringContaining(directory) }),
  );
});
