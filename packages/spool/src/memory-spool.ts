import { AuditError } from '@audit/schema';
import { toDeadLetter } from './dead-letter.ts';
import { keyBytesMax } from './frame.ts';
import type {
  AppendOutcome,
  DeadLetter,
  DeathCause,
  PeekLimits,
  Spool,
  SpoolEntry,
  SpoolInput,
  SpoolStatistics,
} from './spool.ts';

/** Options of {@link createMemorySpool}. */
export interface MemorySpoolOptions {
  /** Most entries that wait; default 30,000. */
  readonly entriesMax?: number;
  /** Most bytes of payload that wait; default 67,108,864 (64 MiB). */
  readonly bytesMax?: number;
  /** Most bytes of one entry; default 262,144. */
  readonly entryBytesMax?: number;
  /** Dead letters kept, the newest; default 1,000. */
  readonly deadLettersMax?: number;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}

/** Creates a spool in the memory of the process: fast, and gone with the process. */
export function createMemorySpool(options: MemorySpoolOptions = {}): Spool {
  return new MemorySpool(options);
}

// Below this many empty slots, moving the rest costs more than it frees.
const compactionSlotsMin = 1_024;

class MemorySpool implements Spool {
  readonly #options: Required<MemorySpoolOptions>;
  /** Entries by sequence, counted from `#baseSequence`; a removed one leaves its slot empty. */
  #slots: (SpoolEntry | undefined)[] = [];
  #baseSequence = 1;
  /** Slot of the oldest waiting entry; every slot before it is empty. */
  #head = 0;
  #entries = 0;
  #bytes = 0;
  #isClosed = false;
  readonly #deadLetters: DeadLetter[] = [];

  constructor(options: MemorySpoolOptions) {
    this.#options = {
      entriesMax: 30_000,
      bytesMax: 67_108_864,
      entryBytesMax: 262_144,
      deadLettersMax: 1_000,
      now: Date.now,
      ...options,
    };
  }

  append({ key, text }: SpoolInput): AppendOutcome {
    const { bytesMax, entriesMax, entryBytesMax, now } = this.#options;
    if (this.#isClosed) return { status: 'refused', reason: 'closed' };
    const payload = Buffer.from(text);
    if (payload.length > entryBytesMax || Buffer.byteLength(key) > keyBytesMax)
      return { status: 'refused', reason: 'too_large' };
    if (this.#entries >= entriesMax || this.#bytes + payload.length > bytesMax)
      return { status: 'refused', reason: 'quota' };
    const sequence = this.#baseSequence + this.#slots.length;
    this.#slots.push({ sequence, key, payload, appendedAtMs: now() });
    this.#entries += 1;
    this.#bytes += payload.length;
    return { status: 'appended', sequence };
  }

  async peek({ entriesMax, bytesMax }: PeekLimits): Promise<readonly SpoolEntry[]> {
    const entries: SpoolEntry[] = [];
    let bytes = 0;
    for (let slot = this.#head; slot < this.#slots.length && entries.length < entriesMax; slot += 1) {
      const entry = this.#slots[slot];
      if (entry === undefined) continue;
      bytes += entry.payload.length;
      if (bytes > bytesMax && entries.length > 0) break;
      entries.push(entry);
    }
    return entries;
  }

  acknowledge(entries: readonly SpoolEntry[]): void {
    for (const { sequence } of entries) this.#remove(sequence - this.#baseSequence);
    while (this.#head < this.#slots.length && this.#slots[this.#head] === undefined) this.#head += 1;
    this.#compact();
  }

  async bury(entry: SpoolEntry, cause: DeathCause): Promise<void> {
    this.#deadLetters.push(toDeadLetter(entry, cause, this.#options.now()));
    if (this.#deadLetters.length > this.#options.deadLettersMax) this.#deadLetters.shift();
    this.acknowledge([entry]);
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#deadLetters.toSorted((a, b) => a.sequence - b.sequence);
  }

  async sync(): Promise<void> {
    throw new AuditError('a spool in memory survives nothing: choose a directory', { code: 'spool_failed' });
  }

  statistics(): SpoolStatistics {
    return {
      entries: this.#entries,
      bytes: this.#bytes,
      occupiedBytes: this.#bytes,
      firstSequence: this.#baseSequence + this.#head,
      nextSequence: this.#baseSequence + this.#slots.length,
      deadLetters: this.#deadLetters.length,
      damagedEntries: 0,
      tornAppends: 0,
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #remove(slot: number): void {
    const entry = this.#slots[slot];
    if (entry === undefined) return;
    this.#slots[slot] = undefined;
    this.#entries -= 1;
    this.#bytes -= entry.payload.length;
  }

  // Moves the entries only when at least as many slots are freed as moved: constant cost per entry.
  #compact(): void {
    if (this.#head < compactionSlotsMin || this.#head * 2 < this.#slots.length) return;
    this.#slots = this.#slots.slice(this.#head);
    this.#baseSequence += this.#head;
    this.#head = 0;
  }
}
