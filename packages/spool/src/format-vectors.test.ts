import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openFileSpool } from './open-file-spool.ts';
import type { DeadLetter, DeathCause, SpoolInput } from './spool.ts';
import { type DrainedEntry, drain, peekAll } from './spool-drain.test-support.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

/** What `vectors.json` describes: the calls, and what is then read. */
interface FormatVectors {
  readonly clockMs: number;
  readonly segmentBytes: number;
  readonly append: readonly SpoolInput[];
  readonly acknowledge: readonly number[];
  readonly bury: readonly (DeathCause & { readonly sequence: number })[];
  readonly waiting: readonly DrainedEntry[];
  readonly deadLetters: readonly DeadLetter[];
  readonly next: number;
}

const source = fileURLToPath(new URL('../../../specs/vectors/spool/format-1', import.meta.url));
const vectors: FormatVectors = JSON.parse(readFileSync(join(source, 'vectors.json'), 'utf8'));
const options = { segmentBytes: vectors.segmentBytes, now: () => vectors.clockMs };

it('an append writes exactly the bytes of the format', async () => {
  const directory = join(temporaryDirectory(), 'spool');
  mkdirSync(directory);
  cpSync(join(source, 'appended', 'cursor'), join(directory, 'cursor'));
  const spool = openFileSpool({ ...options, directory });
  for (const input of vectors.append) expect(spool.append(input)).toMatchObject({ status: 'appended' });
  expect(filesOf(directory)).toEqual(filesOf(join(source, 'appended')));
  await spool.close();
});

it('acknowledging and burying leave exactly the bytes of the format', async () => {
  const directory = copyOf('appended');
  const spool = openFileSpool({ ...options, directory });
  const entries = await spool.peek({ entriesMax: 100, bytesMax: 100_000 });
  spool.acknowledge(entries.filter(({ sequence }) => vectors.acknowledge.includes(sequence)));
  for (const { sequence, reason, detail } of vectors.bury) {
    const entry = entries.find((candidate) => candidate.sequence === sequence);
    if (entry === undefined) throw new Error(`entry ${sequence} does not wait`);
    await spool.bury(entry, { reason, detail });
  }
  await spool.close();
  expect(filesOf(directory)).toEqual(filesOf(join(source, 'acknowledged')));
  expect(filesOf(join(directory, 'dead-letters'))).toEqual(
    filesOf(join(source, 'acknowledged', 'dead-letters')),
  );
});

it('a spool that was written once is read for ever', async () => {
  const spool = openFileSpool({ ...options, directory: copyOf('acknowledged') });
  expect(spool.statistics()).toMatchObject({ entries: vectors.waiting.length, nextSequence: vectors.next });
  expect(await peekAll(spool)).toEqual(vectors.waiting);
  expect(await spool.deadLetters()).toEqual(vectors.deadLetters);
  expect(await drain(spool)).toHaveLength(vectors.waiting.length);
  expect(spool.statistics()).toMatchObject({ entries: 0, damagedEntries: 0 });
  await spool.close();
});

function copyOf(name: string): string {
  const directory = join(temporaryDirectory(), name);
  cpSync(join(source, name), directory, { recursive: true });
  return directory;
}

function filesOf(directory: string): Record<string, string> {
  const names = readdirSync(directory).filter((name) => /^cursor$|\.(segment|json)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name)).toString('hex')]));
}
