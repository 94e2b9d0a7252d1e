import { inspectSpool, type SpoolEntry, type SpoolInspection } from '@audit/spool';

/** An entry that waits, as text. */
export interface WaitingEntry {
  readonly sequence: number;
  readonly key: string;
  readonly text: string;
  /** UTC. */
  readonly appendedAt: string;
}

/** What was found out about a spool. */
export interface SpoolFindings {
  readonly inspection: SpoolInspection;
  /** The oldest entries that wait, as many as asked for. */
  readonly entries: readonly WaitingEntry[];
  readonly first: WaitingEntry | undefined;
  readonly last: WaitingEntry | undefined;
}

/**
 * Finds out what a spool holds and what is wrong with it, held or not, and changes nothing.
 * @param entriesMax how many entries to keep; whatever waits, no more are in memory
 */
export async function findOut(directory: string, entriesMax: number): Promise<SpoolFindings> {
  const entries: WaitingEntry[] = [];
  let first: WaitingEntry | undefined;
  let last: WaitingEntry | undefined;
  const inspection = await inspectSpool(directory, {
    onEntries(given) {
      entries.push(...given.slice(0, entriesMax - entries.length).map(toWaitingEntry));
      first ??= given.slice(0, 1).map(toWaitingEntry)[0];
      last = given.slice(-1).map(toWaitingEntry)[0];
    },
  });
  return { inspection, entries, first, last };
}

function toWaitingEntry({ sequence, key, payload, appendedAtMs }: SpoolEntry): WaitingEntry {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload);
  return { sequence, key, text, appendedAt: new Date(appendedAtMs).toISOString() };
}
