import { constants, copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type FileSpool, openFileSpool } from '@audit/spool';

/** An entry that waits, as text. */
export interface WaitingEntry {
  readonly sequence: number;
  readonly key: string;
  readonly text: string;
  /** UTC. */
  readonly appendedAt: string;
}

/** What waits in a spool. */
export interface Waiting {
  /** The oldest entries, as many as asked for. */
  readonly entries: readonly WaitingEntry[];
  readonly first: WaitingEntry | undefined;
  readonly last: WaitingEntry | undefined;
  /** Everything below this sequence is acknowledged. */
  readonly acknowledgedBelow: number;
  /** Places that are no entries. */
  readonly badRanges: readonly BadRange[];
}

/** Bytes of a file that are no entry. */
export interface BadRange {
  /** Name of the file. */
  readonly file: string;
  readonly offset: number;
}

/**
 * Reads the entries of a spool without changing it, held or not: it opens a copy, which the spool's own reader may
 * repair, and removes the copy afterwards.
 */
export async function readWaiting(directory: string, entriesMax: number): Promise<Waiting> {
  const copy = mkdtempSync(join(tmpdir(), 'audit-spool-copy-'));
  try {
    copyQueue(directory, copy);
    const badRanges: BadRange[] = [];
    const spool = openFileSpool({
      directory: copy,
      onDamage: ({ path, quarantined }) => badRanges.push(...quarantined.map((name) => toRange(path, name))),
    });
    try {
      return { ...(await readEntries(spool, entriesMax)), badRanges };
    } finally {
      await spool.close();
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

// Segments before the cursor: a cursor that is newer than the segments only knows more as acknowledged.
function copyQueue(directory: string, copy: string): void {
  const segments = readdirSync(directory).filter((name) => name.endsWith('.segment'));
  for (const name of [...segments, 'cursor']) {
    try {
      copyFileSync(join(directory, name), join(copy, name), constants.COPYFILE_FICLONE);
    } catch (error) {
      // The owner removes what is acknowledged; a spool that was never read from has no cursor.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}

async function readEntries(spool: FileSpool, entriesMax: number): Promise<Omit<Waiting, 'badRanges'>> {
  const acknowledgedBelow = spool.statistics().firstSequence;
  const entries: WaitingEntry[] = [];
  let first: WaitingEntry | undefined;
  let last: WaitingEntry | undefined;
  for (;;) {
    const batch = await spool.peek({ entriesMax: 1_000, bytesMax: 16_777_216 });
    const newest = batch.at(-1);
    if (newest === undefined) return { entries, first, last, acknowledgedBelow };
    entries.push(...batch.slice(0, entriesMax - entries.length).map(toWaitingEntry));
    first ??= batch.slice(0, 1).map(toWaitingEntry)[0];
    last = toWaitingEntry(newest);
    spool.acknowledge(batch);
  }
}

function toWaitingEntry({ sequence, key, payload, appendedAtMs }: PeekedEntry): WaitingEntry {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload);
  return { sequence, key, text, appendedAt: new Date(appendedAtMs).toISOString() };
}

type PeekedEntry = Awaited<ReturnType<FileSpool['peek']>>[number];

// The name of a file in quarantine tells where its bytes were.
function toRange(path: string, quarantined: string): BadRange {
  const [, offset = '0'] = /-(\d+)-[0-9a-f]+\.bytes$/.exec(quarantined) ?? [];
  return { file: basename(path), offset: Number(offset) };
}
