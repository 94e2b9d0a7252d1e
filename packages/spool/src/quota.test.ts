import { readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFileSpool } from './open-file-spool.ts';
import { drain } from './spool-drain.test-support.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

const headerBytes = 40;
const entryBytes = 100;
const entry = { key: 'key', text: 'x'.repeat(entryBytes - 32 - 3) };

function createSpool(quotaBytes: number, segmentBytes = 1_000_000) {
  return openFileSpool({ directory: join(temporaryDirectory(), 'spool'), quotaBytes, segmentBytes });
}

function bytesOnDisk(directory: string): number {
  const segments = readdirSync(directory).filter((name) => name.endsWith('.segment'));
  return segments.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

it('an entry is refused with its first byte beyond nine tenths of the quota, a critical one beyond the quota', () => {
  // One segment holds an eighth of the quota: eight entries and a header.
  const segmentsBytes = headerBytes + 8 * entryBytes;
  for (const [missing, expected] of [
    [0, 'appended'],
    [1, 'refused'],
  ] as const) {
    // Nine segments of eight entries are nine tenths, one more the rest.
    const spool = createSpool(10 * segmentsBytes - missing, segmentsBytes);
    let common = 0;
    while (spool.append(entry).status === 'appended') common += 1;
    expect(spool.append(entry)).toEqual({ status: 'refused', reason: 'quota' });
    expect(common).toBe(expected === 'appended' ? 72 : 71);
    let critical = 0;
    while (spool.append({ ...entry, critical: true }).status === 'appended') critical += 1;
    expect(common + critical).toBe(expected === 'appended' ? 80 : 79);
    expect(spool.append({ ...entry, critical: true })).toEqual({ status: 'refused', reason: 'quota' });
    expect(spool.statistics().occupiedBytes).toBe(bytesOnDisk(spool.directory));
  }
});

it('a segment holds no more than an eighth of the quota, but any entry fits into one', () => {
  const spool = createSpool(8_000);
  const big = { key: 'key', text: 'x'.repeat(3_000) };
  for (let index = 0; index < 9; index += 1) spool.append(entry);
  expect(spool.append(big).status).toBe('appended');
  const sizes = readdirSync(spool.directory)
    .filter((name) => name.endsWith('.segment'))
    .map((name) => statSync(join(spool.directory, name)).size);
  expect(sizes).toEqual([headerBytes + 9 * entryBytes, headerBytes + 32 + 3 + 3_000]);
});

it('acknowledged entries give their room back, the newest file included', async () => {
  const spool = createSpool(20_000);
  while (spool.append(entry).status === 'appended');
  const held = spool.statistics().entries;
  await drain(spool);
  await spool.close();
  expect(bytesOnDisk(spool.directory)).toBe(0);
  expect(held).toBeGreaterThan(150);
});

it('a dead letter occupies a block of the disk, until a person removes it', async () => {
  const spool = createSpool(8_192);
  spool.append(entry);
  const before = spool.statistics().occupiedBytes;
  const [first] = await spool.peek({ entriesMax: 1, bytesMax: 1 });
  if (!first) throw new Error('an entry waits');
  await spool.bury(first, { reason: 'invalid', detail: '' });
  expect(spool.statistics()).toMatchObject({ occupiedBytes: before + 4_096, deadLetters: 1 });
  const directory = join(spool.directory, 'dead-letters');
  for (const name of readdirSync(directory)) unlinkSync(join(directory, name));
  expect(await spool.deadLetters()).toEqual([]);
  expect(spool.statistics()).toMatchObject({ occupiedBytes: before, deadLetters: 0 });
});

it.each(['quotaBytes', 'segmentBytes', 'entryBytesMax'])('%s must be a positive whole number', (name) => {
  for (const value of [0, -1, 1.5, Number.NaN]) {
    expect(() => openFileSpool({ directory: temporaryDirectory(), [name]: value })).toThrow(
      expect.objectContaining({
        code: 'invalid_configuration',
        message: `${name}: expected a positive whole number, received ${value}`,
      }),
    );
  }
});
