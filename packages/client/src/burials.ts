import type { AuditError } from '@audit/schema';
import { type DeadLetter, type DeathCause, type Spool, type SpoolEntry, toDeadLetter } from '@audit/spool';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import { spoolFailure } from './delivery-failure.ts';

/** What burials need. */
export interface BurialsOptions {
  readonly spool: Spool;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly onDeadLetter: (deadLetter: DeadLetter) => void;
}

// The entries behind are looked at together with these, and all of them are in memory then.
const unburiedMax = 100;

/**
 * Makes refused entries dead letters. One that the disk does not take stays in the queue and is remembered, so that the
 * entries behind it can be delivered meanwhile.
 */
export class Burials {
  readonly #options: BurialsOptions;
  readonly #unburied = new Map<number, { readonly cause: DeathCause; readonly bytes: number }>();
  #bytes = 0;

  constructor(options: BurialsOptions) {
    this.#options = options;
  }

  /** Entries that are refused and still in the queue. */
  get unburied(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#unburied.size, bytes: this.#bytes };
  }

  /** Whether an entry is refused and still in the queue. */
  isUnburied({ sequence }: SpoolEntry): boolean {
    return this.#unburied.has(sequence);
  }

  /** Tries once more to bury what the disk did not take; returns the error when it fails again. */
  async retry(entries: readonly SpoolEntry[]): Promise<AuditError | undefined> {
    this.#forgetVanished();
    for (const entry of entries) {
      const known = this.#unburied.get(entry.sequence);
      const failure = known === undefined ? undefined : await this.bury(entry, known.cause);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  /** Buries an entry, or remembers that it has to be, as far as there is room; returns the error then. */
  async bury(entry: SpoolEntry, cause: DeathCause): Promise<AuditError | undefined> {
    const { spool, clock, counters, onDeadLetter } = this.#options;
    try {
      await spool.bury(entry, cause);
    } catch (error) {
      this.#remember(entry, cause);
      return spoolFailure(error);
    }
    this.#forget(entry.sequence);
    counters.bury();
    onDeadLetter(toDeadLetter(entry, cause, clock.now()));
    return undefined;
  }

  // What is not remembered is sent again, refused again and tried again: nothing is lost, but what is behind waits.
  #remember({ sequence, payload }: SpoolEntry, cause: DeathCause): void {
    if (this.#unburied.has(sequence) || this.#unburied.size >= unburiedMax) return;
    this.#unburied.set(sequence, { cause, bytes: payload.length });
    this.#bytes += payload.length;
  }

  #forget(sequence: number): void {
    this.#bytes -= this.#unburied.get(sequence)?.bytes ?? 0;
    this.#unburied.delete(sequence);
  }

  // Damage of the disk can take an entry that waits for its burial.
  #forgetVanished(): void {
    const { firstSequence } = this.#options.spool.statistics();
    for (const sequence of this.#unburied.keys()) if (sequence < firstSequence) this.#forget(sequence);
  }
}
