import { DamageSurvey } from './damage-survey.ts';
import type { DirectoryQueue } from './directory-layout.ts';
import { ReadAhead } from './read-ahead.ts';
import type { SpoolEntry } from './spool.ts';
import type { SpoolDamage } from './spool-damage.ts';
import { nodeSpoolFiles } from './spool-files.ts';

/** Who is told what {@link readUnowned} comes by. */
export interface UnownedReader {
  onEntries(entries: readonly SpoolEntry[]): void | Promise<void>;
  onDamage(damage: SpoolDamage): void;
}

/** What the entries that wait amount to. */
export interface WaitingTotals {
  readonly entries: number;
  /** Bytes of their frames. */
  readonly bytes: number;
  /** When the oldest was appended, milliseconds since 1970; nothing when none waits. */
  readonly oldestAtMs: number | undefined;
}

const batch = { entriesMax: 500, bytesMax: 1_048_576 };

/** Reads what waits as its owner would, and every byte on the way, but changes nothing on the disk. */
export async function readUnowned(queue: DirectoryQueue, reader: UnownedReader): Promise<WaitingTotals> {
  const ahead = createReadAhead(queue, reader);
  let totals: WaitingTotals = { entries: 0, bytes: 0, oldestAtMs: undefined };
  try {
    for (;;) {
      const entries = await ahead.peek(batch);
      if (entries.length === 0) return totals;
      await reader.onEntries(entries);
      totals = add(totals, entries, ahead);
    }
  } finally {
    await ahead.close();
  }
}

function createReadAhead({ acknowledgements, segments }: DirectoryQueue, reader: UnownedReader): ReadAhead {
  const files = nodeSpoolFiles;
  const damage = new DamageSurvey({
    files,
    quarantine: undefined,
    acknowledgements,
    onDamage: (found) => reader.onDamage(found),
    onMissing() {},
  });
  return new ReadAhead({ files, segments, acknowledgements, damage });
}

function add(totals: WaitingTotals, entries: readonly SpoolEntry[], ahead: ReadAhead): WaitingTotals {
  let { bytes, oldestAtMs = Number.POSITIVE_INFINITY } = totals;
  for (const { sequence, appendedAtMs } of entries) {
    bytes += ahead.take(sequence)?.frameBytes ?? 0;
    oldestAtMs = Math.min(oldestAtMs, appendedAtMs);
  }
  return { entries: totals.entries + entries.length, bytes, oldestAtMs };
}
