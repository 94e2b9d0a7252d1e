import type { AuditError } from '@audit/schema';
import type { Spool } from '@audit/spool';
import { syncFailure } from './sync-failure.ts';

/**
 * Has the disk confirm what was appended without anybody waiting: one flush at a time, and one more when something was
 * appended meanwhile.
 */
export class BackgroundSync {
  readonly #spool: Spool;
  readonly #onFailure: (error: AuditError) => void;
  #running: Promise<void> | undefined;
  #isAsked = false;
  #isFailing = false;

  /** @param onFailure called when the disk stops confirming; not again before it has confirmed in between */
  constructor(spool: Spool, onFailure: (error: AuditError) => void) {
    this.#spool = spool;
    this.#onFailure = onFailure;
  }

  /** Asks for a flush of everything appended so far. */
  start(): void {
    this.#isAsked = true;
    this.#running ??= this.#run();
  }

  /** Resolves when no flush is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isAsked) {
      this.#isAsked = false;
      await this.#sync();
    }
    this.#running = undefined;
  }

  async #sync(): Promise<void> {
    try {
      await this.#spool.sync();
      this.#isFailing = false;
    } catch (cause) {
      if (!this.#isFailing) this.#onFailure(syncFailure(cause));
      this.#isFailing = true;
    }
  }
}
