import type { PeekLimits, Spool, SpoolEntry } from './spool.ts';

/** What an entry is, without the bytes that are valid for a moment only. */
export interface DrainedEntry {
  readonly sequence: number;
  readonly key: string;
  readonly text: string;
  readonly appendedAtMs: number;
}

/** Reads entries without removing them. */
export async function peekAll(spool: Spool, limits?: Partial<PeekLimits>): Promise<DrainedEntry[]> {
  const entries = await spool.peek({ entriesMax: 1_000_000, bytesMax: 1_000_000_000, ...limits });
  return entries.map(toDrainedEntry);
}

/** Reads and acknowledges everything. */
export async function drain(spool: Spool, limits?: Partial<PeekLimits>): Promise<DrainedEntry[]> {
  const drained: DrainedEntry[] = [];
  for (;;) {
    const entries = await spool.peek({ entriesMax: 7, bytesMax: 100_000, ...limits });
    if (entries.length === 0) return drained;
    drained.push(...entries.map(toDrainedEntry));
    spool.acknowledge(entries);
  }
}

/** Copies what is valid for a moment only. */
export function toDrainedEntry({ payload, ...entry }: SpoolEntry): DrainedEntry {
  return { ...entry, text: Buffer.from(payload).toString() };
}
