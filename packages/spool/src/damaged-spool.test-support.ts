import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { anyDamage, applyDamage, type Damage } from './damage.test-support.ts';
import { inspectSpool } from './inspect-spool.ts';
import { openFileSpool } from './open-file-spool.ts';
import type { SpoolDamage } from './spool-damage.ts';
import { type DrainedEntry, drain, toDrainedEntry } from './spool-drain.test-support.ts';
import { nodeSpoolFiles, type SpoolFiles } from './spool-files.ts';

/** A spool that is filled, and then damaged. */
export interface DamagedSpoolCase {
  /** Lengths of the texts, one list for each process that appended. */
  readonly processes: readonly (readonly number[])[];
  readonly segmentBytes: number;
  /** How many entries at the front are acknowledged, and which of the next. */
  readonly acknowledged: number;
  readonly acknowledgedBeyond: readonly boolean[];
  readonly damages: readonly Damage[];
}

const textLength = fc.oneof(
  { weight: 100, arbitrary: fc.nat(300) },
  { weight: 10, arbitrary: fc.nat(3_000) },
  { weight: 1, arbitrary: fc.integer({ min: 260_000, max: 270_000 }) },
);

/** Any such case. */
export const anyDamagedSpool: fc.Arbitrary<DamagedSpoolCase> = fc.record({
  processes: fc.array(fc.array(textLength, { maxLength: 25 }), { minLength: 1, maxLength: 3 }),
  segmentBytes: fc.constantFrom(500, 2_000, 10_000, 1_000_000),
  acknowledged: fc.nat(20),
  acknowledgedBeyond: fc.array(fc.boolean(), { maxLength: 6 }),
  damages: fc.array(anyDamage, { minLength: 1, maxLength: 4 }),
});

// The disk need not be asked: nothing here loses its power.
const files: SpoolFiles = { ...nodeSpoolFiles, fsync: async () => {}, fdatasync: async () => {} };

/** Fills a spool, damages it, opens it, and checks that nothing is lost but what the damage has hit. */
export async function checkDamagedSpool(directory: string, given: DamagedSpoolCase): Promise<void> {
  mkdirSync(directory);
  const before = await fill(directory, given);
  for (const damage of given.damages) applyDamage(directory, damage);
  const found = contents(directory);

  const inspected = await inspect(directory);
  expect(contents(directory)).toEqual(found);

  const reports: SpoolDamage[] = [];
  const spool = open(directory, given, reports);
  const read = await drain(spool, { bytesMax: 20_000 });
  checkRead(read, before, found);
  // Whoever only looks is told the same as the owner.
  expect(inspected).toEqual({ read, damage: reports.map((damage) => ({ ...damage, quarantined: [] })) });
  expect(spool.statistics()).toMatchObject({ entries: 0, bytes: 0 });
  if (!isTouched(before, found, 'cursor'))
    checkCount(read, before, spool.statistics().damagedEntries, reports);

  const appended = ['one', 'two', 'three'].map((text) => spool.append({ key: 'new', text }));
  expect(appended).toMatchObject(Array.from({ length: 3 }, () => ({ status: 'appended' })));
  expect((await drain(spool)).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  spool.append({ key: 'last', text: 'four' });
  await spool.close();
  checkQuarantine(directory, read, before, found);

  const later: SpoolDamage[] = [];
  const again = open(directory, given, later);
  expect(again.statistics()).toMatchObject({ entries: 1, damagedEntries: 0 });
  const rest = await drain(again);
  expect(rest.map(({ text }) => text)).toEqual(['four']);
  expect(rest[0]?.sequence).toBeGreaterThan(read.at(-1)?.sequence ?? 0);
  await again.close();
  expect(later).toEqual([]);
}

async function inspect(directory: string): Promise<{ read: DrainedEntry[]; damage: readonly SpoolDamage[] }> {
  const read: DrainedEntry[] = [];
  const { damage, entries } = await inspectSpool(directory, {
    onEntries: (given) => void read.push(...given.map(toDrainedEntry)),
  });
  expect(entries).toBe(read.length);
  return { read, damage };
}

interface Filled {
  /** Entries by sequence, acknowledged ones included. */
  readonly entries: ReadonlyMap<number, DrainedEntry>;
  readonly acknowledged: ReadonlySet<number>;
  readonly files: ReadonlyMap<string, Buffer>;
}

async function fill(directory: string, given: DamagedSpoolCase): Promise<Filled> {
  const entries = new Map<number, DrainedEntry>();
  const acknowledged = new Set<number>();
  for (const lengths of given.processes) {
    const spool = open(directory, given, []);
    lengths.forEach((length, index) => {
      const key = `key-${entries.size}`;
      const text = `${index}:`.padEnd(length, `é${entries.size}`);
      const outcome = spool.append({ key, text });
      if (outcome.status !== 'appended') throw new Error(`not appended: ${outcome.reason}`);
      entries.set(outcome.sequence, {
        sequence: outcome.sequence,
        key,
        text,
        appendedAtMs: 1_700_000_000_000,
      });
    });
    if (lengths === given.processes.at(-1)) await acknowledge(spool, given, acknowledged);
    await spool.close();
  }
  return { entries, acknowledged, files: contents(directory) };
}

async function acknowledge(
  spool: ReturnType<typeof openFileSpool>,
  given: DamagedSpoolCase,
  acknowledged: Set<number>,
): Promise<void> {
  const count = given.acknowledged + given.acknowledgedBeyond.length;
  const front = await spool.peek({ entriesMax: count, bytesMax: 10_000_000 });
  const chosen = front.filter(
    (_, index) => index < given.acknowledged || given.acknowledgedBeyond[index - given.acknowledged] === true,
  );
  spool.acknowledge(chosen);
  for (const { sequence } of chosen) acknowledged.add(sequence);
}

function open(
  directory: string,
  { segmentBytes }: DamagedSpoolCase,
  reports: SpoolDamage[],
): ReturnType<typeof openFileSpool> {
  return openFileSpool({
    directory,
    segmentBytes,
    files,
    entryBytesMax: 600_000,
    now: () => 1_700_000_000_000,
    onDamage: (damage) => reports.push(damage),
  });
}

function contents(directory: string): Map<string, Buffer> {
  const names = readdirSync(directory).filter((name) => name.endsWith('.segment') || name === 'cursor');
  return new Map(names.sort().map((name) => [name, readFileSync(join(directory, name))]));
}

function isTouched(before: Filled, found: ReadonlyMap<string, Buffer>, name: string): boolean {
  const bytes = before.files.get(name);
  return bytes === undefined || found.get(name)?.equals(bytes) !== true;
}

function checkRead(read: readonly DrainedEntry[], before: Filled, found: ReadonlyMap<string, Buffer>): void {
  const sequences = read.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
  for (const entry of read) expect(entry).toEqual(before.entries.get(entry.sequence));
  const wasRead = new Set(sequences);
  for (const [name, bytes] of before.files) {
    const now = found.get(name);
    if (now === undefined || name === 'cursor') continue;
    for (const { sequence, start, end } of framesOf(bytes)) {
      const isIntact = now.subarray(start, end).equals(bytes.subarray(start, end));
      if (isIntact && !before.acknowledged.has(sequence)) expect(wasRead).toContain(sequence);
    }
  }
}

function checkCount(
  read: readonly DrainedEntry[],
  before: Filled,
  damagedEntries: number,
  reports: readonly SpoolDamage[],
): void {
  const wasRead = new Set(read.map(({ sequence }) => sequence));
  const lost = [...before.entries.keys()].filter(
    (sequence) => !wasRead.has(sequence) && !before.acknowledged.has(sequence),
  );
  const torn = reports.filter(
    ({ bytes, kind }) => kind === 'torn_append' || (kind === 'entries' && bytes > 0),
  );
  expect(damagedEntries + torn.length).toBeGreaterThanOrEqual(lost.length);
}

// Whatever is neither the header, nor an entry that was read or acknowledged, must be in quarantine.
function checkQuarantine(
  directory: string,
  read: readonly DrainedEntry[],
  before: Filled,
  found: ReadonlyMap<string, Buffer>,
): void {
  const quarantine = join(directory, 'quarantine');
  const kept = exists(quarantine)
    ? readdirSync(quarantine).map((name) => readFileSync(join(quarantine, name)))
    : [];
  const wasRead = new Set(read.map(({ sequence }) => sequence));
  const frames = [...before.files]
    .filter(([name]) => name !== 'cursor')
    .flatMap(([, bytes]) =>
      framesOf(bytes).map((frame) => ({ ...frame, bytes: bytes.subarray(frame.start, frame.end) })),
    )
    .filter(({ sequence }) => wasRead.has(sequence) || before.acknowledged.has(sequence));
  for (const [name, bytes] of found) {
    if (name === 'cursor') continue;
    for (const rest of uncovered(
      bytes,
      frames.map((frame) => frame.bytes),
    )) {
      expect(kept.some((file) => file.includes(rest))).toBe(true);
    }
  }
}

function uncovered(bytes: Buffer, frames: readonly Buffer[]): Buffer[] {
  const isCovered = new Uint8Array(bytes.length);
  if (bytes.subarray(0, 8).toString() === 'AUDSPOOL') isCovered.fill(1, 0, 40);
  for (const frame of frames) {
    for (let at = bytes.indexOf(frame); at !== -1; at = bytes.indexOf(frame, at + 1)) {
      isCovered.fill(1, at, at + frame.length);
    }
  }
  const rest: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const covered = isCovered[at];
    let end = at;
    while (end < bytes.length && isCovered[end] === covered) end += 1;
    if (covered === 0) rest.push(bytes.subarray(at, end));
    at = end;
  }
  return rest;
}

// Reads an undamaged segment by the lengths alone.
function framesOf(bytes: Buffer): { sequence: number; start: number; end: number }[] {
  const frames = [];
  for (let start = 40; start < bytes.length; ) {
    const end = start + bytes.readUInt32LE(start + 8);
    frames.push({ sequence: Number(bytes.readBigUInt64LE(start + 12)), start, end });
    start = end;
  }
  return frames;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
