import type { DeadLetterStore } from './dead-letter-store.ts';
import type { OpenedDirectory } from './open-directory.ts';
import type { Quarantine } from './quarantine.ts';
import type { SpoolStatistics } from './spool.ts';

/** Options of {@link SpoolAccount}. */
export interface SpoolAccountOptions {
  readonly opened: OpenedDirectory;
  readonly deadLetters: DeadLetterStore;
  readonly quarantine: Quarantine;
  readonly quotaBytes: number;
  /** The part of the quota that every entry may use. */
  readonly commonQuotaBytes: number;
}

/** Counts what a spool holds and what it occupies, and says whether there is room. */
export class SpoolAccount {
  readonly #options: SpoolAccountOptions;
  #next: number;
  #entries: number;
  #damagedEntries: number;
  #tornAppends = 0;
  #segmentsBytes = 0;
  /** What dead letters and quarantine occupy. */
  #besidesBytes = 0;

  constructor(options: SpoolAccountOptions) {
    const { opened } = options;
    this.#options = options;
    this.#next = opened.next;
    this.#entries = opened.entries;
    this.#damagedEntries = opened.missingEntries;
    for (const { size } of opened.segments) this.#segmentsBytes += size;
    this.measureBesides();
  }

  /** Sequence that the next entry gets. */
  get next(): number {
    return this.#next;
  }

  /** Entries that wait. */
  get entries(): number {
    return this.#entries;
  }

  /** Whether so many more bytes fit into the quota. */
  hasRoom(bytes: number, isCritical: boolean): boolean {
    const { commonQuotaBytes, quotaBytes } = this.#options;
    return this.#occupiedBytes + bytes <= (isCritical ? quotaBytes : commonQuotaBytes);
  }

  /** Notes an entry that was appended. */
  append(sequence: number, bytes: number): void {
    this.#next = sequence + 1;
    this.#entries += 1;
    this.#segmentsBytes += bytes;
  }

  /** Notes that no entry has a sequence. */
  burn(sequence: number): void {
    this.#next = sequence + 1;
  }

  /** Notes that an entry has left. */
  acknowledge(): void {
    this.#entries -= 1;
  }

  /** Notes entries that damage has taken, and how many of them had been kept. */
  miss(waiting: number, kept: number): void {
    this.#entries -= waiting;
    this.#damagedEntries += kept;
    this.#tornAppends += waiting - kept;
    this.measureBesides();
  }

  /** Notes that a segment was removed. */
  removeSegment(size: number): void {
    this.#segmentsBytes -= size;
  }

  /** Adds up what dead letters and quarantine occupy now. */
  measureBesides(): void {
    const { deadLetters, quarantine } = this.#options;
    this.#besidesBytes = deadLetters.occupiedBytes + quarantine.occupiedBytes;
  }

  statistics(): SpoolStatistics {
    const { deadLetters, opened } = this.#options;
    const bytes = opened.segments.reduce((sum, segment) => sum + Math.max(0, segment.waitingBytes), 0);
    return {
      entries: this.#entries,
      bytes: this.#entries === 0 ? 0 : bytes,
      occupiedBytes: this.#occupiedBytes,
      firstSequence: this.#entries === 0 ? this.#next : opened.acknowledgements.floor,
      nextSequence: this.#next,
      deadLetters: deadLetters.count,
      damagedEntries: this.#damagedEntries,
      tornAppends: this.#tornAppends,
    };
  }

  get #occupiedBytes(): number {
    return this.#segmentsBytes + this.#besidesBytes;
  }
}
