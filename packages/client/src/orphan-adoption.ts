import { AuditError } from '@audit/schema';
import type { AppendOutcome, Spool, SpoolInput, SpoolReceiver } from '@audit/spool';
import type { Clock, ClockTimer } from './clock.ts';
import type { Counters } from './counters.ts';
import { describeThrown } from './describe-thrown.ts';

/** What the adoption of orphans needs. */
export interface OrphanAdoptionOptions {
  readonly spool: Spool;
  readonly counters: Counters;
  readonly clock: Clock;
  /** Bytes the spool may occupy by adoption: what this process emits must find room as well. */
  readonly occupiedBytesMax: number;
  /** Moves what directories without an owner hold into a spool. */
  readonly adopt: (into: SpoolReceiver) => Promise<number>;
  /** Whether nothing of this process waits for delivery. */
  readonly isIdle: () => boolean;
  /** Called when the spool has got an entry. */
  readonly onAccepted: () => void;
  readonly onFailure: (failure: AuditError) => void;
}

/** How long the client does not look for orphans again. */
export const adoptionIntervalMs = 30_000;

/** Takes over what dead processes left in spools beside this one: at start, and then whenever delivery rests. */
export class OrphanAdoption {
  readonly #options: OrphanAdoptionOptions;
  #timer: ClockTimer | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: OrphanAdoptionOptions) {
    this.#options = options;
  }

  /** Begins soon, without keeping the process alive for it. */
  start(): void {
    this.#plan(0);
  }

  /** Takes over nothing more; resolves when the spool is not used any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== undefined) this.#options.clock.clearTimeout(this.#timer);
    await this.#running;
  }

  #plan(delayMs: number): void {
    this.#timer = this.#options.clock.setTimeout(() => {
      this.#running = this.#look();
    }, delayMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    if (this.#options.isIdle()) await this.#adopt();
    if (!this.#isStopped) this.#plan(adoptionIntervalMs);
  }

  async #adopt(): Promise<void> {
    try {
      await this.#options.adopt(this.#receiver());
    } catch (cause) {
      if (!this.#isStopped) this.#options.onFailure(adoptionFailure(cause));
    }
  }

  // Counts every entry in the step that appends it: delivery may acknowledge it before the next one is read.
  #receiver(): SpoolReceiver {
    return { append: (input) => this.#append(input), sync: () => this.#options.spool.sync() };
  }

  #append(input: SpoolInput): AppendOutcome {
    const { counters, occupiedBytesMax, onAccepted, spool } = this.#options;
    if (this.#isStopped) return { status: 'refused', reason: 'closed' };
    if (spool.statistics().occupiedBytes > occupiedBytesMax) return { status: 'refused', reason: 'quota' };
    const outcome = spool.append(input);
    if (outcome.status === 'refused') return outcome;
    counters.recover(1);
    onAccepted();
    return outcome;
  }
}

function adoptionFailure(cause: unknown): AuditError {
  return new AuditError(
    `audit events of a dead process could not be taken over, and are tried again later: ${describeThrown(cause)}`,
    { code: 'spool_failed', retryable: true, cause },
  );
}
