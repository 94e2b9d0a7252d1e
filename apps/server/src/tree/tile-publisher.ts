import type { FastifyBaseLogger } from 'fastify';
import { type Stages, untimed } from '../ingest/stages.ts';
import type { Database } from '../store/database.ts';
import { Turns } from '../turns.ts';
import { storeTiles } from './store-tiles.ts';

/** Options of {@link TilePublisher}. */
export interface TilePublisherOptions {
  readonly database: Database;
  readonly logId: string;
  readonly logger: FastifyBaseLogger;
  /** Longest time from a commit to the tiles of its records, in milliseconds; default one second. */
  readonly intervalMs?: number;
  /** Told how long it takes; default nobody. */
  readonly stages?: Stages;
}

/**
 * Stores the tiles that a log has grown by, soon after it has. Until then readers compute them from the records; any
 * number of servers may publish the same log.
 */
export class TilePublisher {
  readonly #options: TilePublisherOptions;
  readonly #turns = new Turns();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: TilePublisherOptions) {
    this.#options = options;
  }

  /** Says that the log has grown. */
  wake(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.publish().catch((error: unknown) => {
        this.#options.logger.error({ err: error }, 'tiles could not be published');
      });
    }, this.#options.intervalMs ?? 1_000).unref();
  }

  /**
   * Stores the tiles that are full and not stored yet.
   * @throws {EvidenceError} when the records do not make up the signed tree; nothing is stored then
   */
  publish(): Promise<void> {
    const { database, logId, stages = untimed } = this.#options;
    return this.#turns.take(() => stages.wait('tiles', () => storeTiles(database, logId)));
  }

  /** Ends when what is under way has ended. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#turns.take(async () => {});
  }
}
