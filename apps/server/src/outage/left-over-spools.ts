import type { Spool } from '@audit/spool';
import type { FastifyBaseLogger } from 'fastify';
import type { Drain } from './create-drain.ts';
import type { SpoolObserver } from './spool-observer.ts';

/** Options of {@link LeftOverSpools}. */
export interface LeftOverSpoolsOptions {
  /** Opens the spools that dead processes left and that hold something. */
  readonly open: () => Promise<readonly Spool[]>;
  /** Whether the database takes events now. */
  readonly mayStore: () => boolean;
  readonly drain: Drain;
  readonly logger: FastifyBaseLogger;
  /** Told which spools are used; default nobody. */
  readonly observer?: SpoolObserver | undefined;
  /** How often to look, in milliseconds. */
  readonly everyMs: number;
}

/**
 * Stores what processes that died have left on this host and will not come back for. It looks now and then, since any
 * process may die at any time; those that come back take their directory themselves.
 */
export class LeftOverSpools {
  readonly #options: LeftOverSpoolsOptions;
  readonly #timer: NodeJS.Timeout;
  #isClosing = false;
  #look: Promise<void> | undefined;

  constructor(options: LeftOverSpoolsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#lookAgain(), options.everyMs).unref();
    this.#lookAgain();
  }

  /** Stops between two transactions; what is not stored stays where it is. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#timer);
    await this.#look;
  }

  #lookAgain(): void {
    if (!this.#options.mayStore()) return;
    this.#look ??= this.#storeAll().finally(() => {
      this.#look = undefined;
    });
  }

  async #storeAll(): Promise<void> {
    try {
      for (const spool of await this.#options.open()) await this.#store(spool);
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'the spools of other processes cannot be looked through');
    }
  }

  async #store(spool: Spool): Promise<void> {
    const { drain, logger, mayStore, observer } = this.#options;
    observer?.opened(spool);
    const before = spool.statistics().entries;
    try {
      await drain({ spool, isAlone: false, mayGoOn: () => !this.#isClosing && mayStore() });
      const about = { storedRequests: before - spool.statistics().entries };
      logger.info(about, 'stored what another process left in its spool');
    } catch (error) {
      logger.warn({ err: error }, 'what another process left in its spool is not stored yet');
    } finally {
      observer?.closed(spool);
      await spool.close();
    }
  }
}
