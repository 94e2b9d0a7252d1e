import { isHash } from './hex.ts';
import { isTreeSize } from './subtrees.ts';

/** What stands in the place of a record that was purged under policy. */
export interface PurgedRecord {
  readonly sequence: number;
  /** Hash of the record, which stays a leaf of the log. */
  readonly event_hash: string;
  /** Sequence of the record of the purge. */
  readonly by_sequence: number;
}

/** Reads a value as a {@link PurgedRecord}; undefined for anything else. */
export function safeParsePurged(value: unknown): PurgedRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { sequence, event_hash, by_sequence } = value as Partial<Record<keyof PurgedRecord, unknown>>;
  if (!isTreeSize(sequence) || !isTreeSize(by_sequence) || !isHash(event_hash)) return undefined;
  return { sequence, event_hash, by_sequence };
}
