import type { Database, Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

/** Options of {@link Partitions}. */
export interface PartitionsOptions {
  readonly database: Database;
  /** Records of the smallest partition; default 1,048,576. */
  readonly smallest?: number;
  /** Records of the largest partition; default 4,294,967,296. */
  readonly largest?: number;
  /** Told why no partition could be made ahead; the write that needs it tries again and fails with the reason. */
  readonly onLag?: (error: unknown) => void;
}

interface PartitionsRow extends Record<string, unknown> {
  readonly last_end: string;
  readonly next_due: string;
}

const ensurePartitions = readQuery('ensure-partitions');

/**
 * Keeps empty partitions ahead of the logs' ends, for ever. The next one is made while others are still empty, beside the
 * writes; only a write that would pass the last one waits. Any number of servers may do so at once.
 */
export class Partitions {
  readonly #options: PartitionsOptions;
  /** End of the last partition known; another server may have made more. */
  #lastEnd = -1;
  /** End of a log beyond which another partition is due. */
  #nextDue = -1;
  /** Largest end that was asked for. */
  #wanted = -1;
  #underway: Promise<void> | undefined;

  constructor(options: PartitionsOptions) {
    this.#options = options;
  }

  /** Sees to it that there is a partition for every record before `end`. */
  async cover(end: number): Promise<void> {
    if (end <= this.#nextDue) return;
    while (end > this.#lastEnd) await this.#ensure(end);
    if (end > this.#nextDue) this.#ensure(end).catch((error: unknown) => this.#options.onLag?.(error));
  }

  /** Does so in a transaction that writes; what it made is gone when that is rolled back, so it is not remembered. */
  async coverWithin(transaction: Queryable, end: number): Promise<void> {
    if (end > this.#lastEnd) await this.#call(transaction, end);
  }

  /** Ends when what is under way has ended. */
  async stop(): Promise<void> {
    // Whoever asked for it has been told.
    await this.#underway?.catch(() => {});
  }

  #ensure(end: number): Promise<void> {
    this.#wanted = Math.max(this.#wanted, end);
    this.#underway ??= this.#makeWanted().finally(() => {
      this.#underway = undefined;
    });
    return this.#underway;
  }

  async #makeWanted(): Promise<void> {
    let asked: number;
    do {
      asked = this.#wanted;
      const row = await this.#call(this.#options.database, asked);
      this.#lastEnd = Number(row?.last_end);
      this.#nextDue = Number(row?.next_due);
      // What was asked for meanwhile may need another one.
    } while (this.#wanted > asked && this.#wanted > this.#nextDue);
  }

  async #call(source: Queryable, end: number): Promise<PartitionsRow | undefined> {
    const { smallest = 1_048_576, largest = 4_294_967_296 } = this.#options;
    const [row] = await source.query<PartitionsRow>(ensurePartitions, [end, smallest, largest]);
    return row;
  }
}
