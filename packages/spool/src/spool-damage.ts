/**
 * What was found damaged.
 *
 * - `entries`: bytes of a segment that are no entry, or entries that are missing in it
 * - `torn_append`: a segment ends within an entry, as when a process dies while it appends; no kept entry is lost
 * - `missing_entries`: entries below the first segment that the cursor knows as waiting
 * - `cursor`: the cursor is no cursor of this spool; entries may come again
 * - `foreign_segment`: a segment of another format, another spool or without a name; nothing of it is read
 * - `dead_letter`: a dead letter that cannot be read
 */
export type SpoolDamageKind =
  | 'entries'
  | 'torn_append'
  | 'missing_entries'
  | 'cursor'
  | 'foreign_segment'
  | 'dead_letter';

/** Bytes of a file. */
export interface DamagedRange {
  readonly offset: number;
  readonly bytes: number;
}

/** A damage that was found and passed. */
export interface SpoolDamage {
  readonly kind: SpoolDamageKind;
  /** The damaged file. */
  readonly path: string;
  /** Entries that are lost to the queue. */
  readonly entries: number;
  /** Bytes that were no part of the queue. */
  readonly bytes: number;
  /** Where in the file those bytes were; empty when all of it is damaged, or nothing but entries is missing. */
  readonly ranges: readonly DamagedRange[];
  /** Files in quarantine that hold those bytes. */
  readonly quarantined: readonly string[];
}

/** Is told what was found damaged, soon after it was found. */
export type DamageListener = (damage: SpoolDamage) => void;

/** Makes a listener safe to be called from anywhere: what it throws belongs to its owner, not to the spool. */
export function deferListener(listener: DamageListener | undefined): DamageListener {
  return (damage) => {
    if (listener !== undefined) queueMicrotask(() => listener(damage));
  };
}
