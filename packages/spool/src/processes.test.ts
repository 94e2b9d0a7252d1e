import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { directoryOwner, isDirectoryHeld, lockDirectory } from './lock-directory.ts';
import { openFileSpool } from './open-file-spool.ts';
import { drain, peekAll } from './spool-drain.test-support.ts';
import { type RunningProgram, startProgram } from './spool-process.test-support.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

const appendUntilKilled = new URL('./append-until-killed.test-support.ts', import.meta.url);
const exitWithoutClose = new URL('./exit-without-close.test-support.ts', import.meta.url);
const measureHeap = new URL('./measure-heap.test-support.ts', import.meta.url);
const holdDirectory = new URL('./hold-directory.test-support.ts', import.meta.url);

function start(path: URL, ...parameters: string[]): RunningProgram {
  const program = startProgram(path, ...parameters);
  onTestFinished(() => void program.child.kill('SIGKILL'));
  return program;
}

describe('a process that is killed with SIGKILL', () => {
  it('leaves every entry it was told is appended to the next process, once and in order', async () => {
    const directory = join(temporaryDirectory(), 'spool');
    const appended = new Map<number, string>();
    for (const [run, lines] of [1, 40, 7, 333, 90].entries()) {
      const program = start(appendUntilKilled, directory, String(run));
      await program.linesWritten(lines);
      program.child.kill('SIGKILL');
      const { signal, lines: said } = await program.end;
      expect(signal).toBe('SIGKILL');
      for (const line of said) {
        const [sequence = '', key = ''] = line.split(' ');
        expect(appended.has(Number(sequence))).toBe(false);
        appended.set(Number(sequence), key);
      }
    }
    const spool = openFileSpool({ directory });
    const read = await drain(spool);
    expect(spool.statistics()).toMatchObject({ entries: 0, damagedEntries: 0 });
    await spool.close();
    const sequences = read.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
    const keys = new Map(read.map(({ sequence, key }) => [sequence, key]));
    // Every run acknowledges three; a kill may undo that, and may come between an append and its report.
    const missing = [...appended].filter(([sequence, key]) => keys.get(sequence) !== key);
    expect(missing.every(([sequence]) => sequence < (sequences[0] ?? 0))).toBe(true);
    expect(missing.length).toBeLessThanOrEqual(3 * 5);
  });
});

describe('a process that forgets to close its spool', () => {
  it('ends by itself, and its entries wait for the next', async () => {
    const directory = join(temporaryDirectory(), 'spool');
    expect(await start(exitWithoutClose, directory).end).toMatchObject({ code: 0, signal: null });
    const spool = openFileSpool({ directory });
    const keys = (await peekAll(spool)).map(({ key }) => key);
    expect(keys.slice(-8)).toEqual(['2', '3', '4', '5', '6', '7', '8', '9']);
    await spool.close();
  });
});

describe('a spool of 100,000 entries', () => {
  it('adds less than 1 MiB to the heap of the process that appends them', async () => {
    const { lines } = await start(measureHeap, join(temporaryDirectory(), 'spool')).end;
    expect(Number(lines[0])).toBeLessThan(1_048_576);
  });
});

describe('two spools on one directory', () => {
  it('are refused across processes, with the name of the holder, until it dies, although nothing refers to the spool', async () => {
    const directory = join(temporaryDirectory(), 'spool');
    const holder = start(holdDirectory, directory);
    await holder.linesWritten(1);
    expect(isDirectoryHeld(directory)).toBe(true);
    expect(directoryOwner(directory)).toBe(holder.child.pid);
    expect(() => openFileSpool({ directory })).toThrow(
      expect.objectContaining({
        code: 'spool_in_use',
        message: `${directory} is in use by process ${holder.child.pid}: stop it or choose another directory`,
      }),
    );
    holder.child.kill('SIGKILL');
    await holder.end;
    expect(isDirectoryHeld(directory)).toBe(false);
    const spool = openFileSpool({ directory });
    expect((await peekAll(spool)).map(({ key }) => key)).toEqual(['key']);
    await spool.close();
  });

  it('are refused within one process, and the first is not disturbed', async () => {
    const directory = join(temporaryDirectory(), 'spool');
    const spool = openFileSpool({ directory });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(() => openFileSpool({ directory })).toThrow(
        expect.objectContaining({
          code: 'spool_in_use',
          message: `${directory} is in use by this process: stop it or choose another directory`,
        }),
      );
      expect(isDirectoryHeld(directory)).toBe(true);
    }
    expect(spool.append({ key: 'a', text: 'a' }).status).toBe('appended');
    await spool.close();
    expect(isDirectoryHeld(directory)).toBe(false);
  });
});

describe('a lock', () => {
  it('is taken again after it was released, and with a damaged file', () => {
    const directory = temporaryDirectory();
    lockDirectory(directory).release();
    for (const length of [0, 10, 5_000]) {
      writeFileSync(join(directory, 'lock'), 'damaged'.padEnd(length, '!'));
      expect(isDirectoryHeld(directory)).toBe(false);
      const lock = lockDirectory(directory);
      expect(isDirectoryHeld(directory)).toBe(true);
      lock.release();
      lock.release();
      expect(isDirectoryHeld(directory)).toBe(false);
    }
  });

  it('cannot be taken where no file can be', () => {
    const directory = join(temporaryDirectory(), 'missing');
    expect(isDirectoryHeld(directory)).toBe(false);
    expect(() => lockDirectory(directory)).toThrow(expect.objectContaining({ code: 'spool_failed' }));
    mkdirSync(join(directory, 'lock'), { recursive: true });
    expect(() => lockDirectory(directory)).toThrow(expect.objectContaining({ code: 'spool_failed' }));
  });
});

describe('the files of a spool', () => {
  it('belong to their owner alone', async () => {
    const directory = join(temporaryDirectory(), 'spool');
    const spool = openFileSpool({ directory });
    for (const key of ['a', 'b']) spool.append({ key, text: key });
    const [entry] = await spool.peek({ entriesMax: 1, bytesMax: 1 });
    if (entry) await spool.bury(entry, { reason: 'invalid', detail: '' });
    const modes = Object.fromEntries(
      readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => [
        name,
        (statSync(join(directory, name)).mode & 0o777).toString(8),
      ]),
    );
    await spool.close();
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(modes).toEqual({
      '0000000000000001.segment': '600',
      cursor: '600',
      'dead-letters': '700',
      'dead-letters/0000000000000001-a.json': '600',
      lock: '600',
      owner: '600',
    });
  });
});
