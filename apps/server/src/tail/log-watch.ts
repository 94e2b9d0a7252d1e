import type { FastifyBaseLogger } from 'fastify';
import { abortableWait } from './abortable-wait.ts';

/** Options of {@link LogWatch}. */
export interface LogWatchOptions {
  /** Number of records of the log. */
  readonly readSize: () => Promise<number>;
  readonly logger: FastifyBaseLogger;
  /** Time between two looks for what other processes wrote, in milliseconds. */
  readonly pollMs: number;
}

/** How long to wait at the longest. */
export interface WaitOptions {
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

// Commits come faster than readers need them: what they wake is one look for all of them.
const restMs = 50;

/**
 * Tells any number of waiting readers that the log has grown. What this process commits wakes it; what others commit it
 * finds by looking. It looks only while somebody waits, and reads the log's size alone.
 */
export class LogWatch {
  readonly #options: LogWatchOptions;
  readonly #waiting: Map<() => void, number> = new Map();
  #size = 0;
  #wasWoken = false;
  #timer: NodeJS.Timeout | undefined;
  #dueMs = 0;

  constructor(options: LogWatchOptions) {
    this.#options = options;
  }

  /** Tells that this process has committed something. */
  wake(): void {
    this.#wasWoken = true;
    this.#plan();
  }

  /** Reads the size of the log. */
  async look(): Promise<number> {
    const size = await this.#options.readSize();
    this.#size = Math.max(this.#size, size);
    return size;
  }

  /** Waits until the log is larger than a size, or the time is over, and tells the size that is known then. */
  async wait(size: number, { milliseconds, signal }: WaitOptions): Promise<number> {
    if (this.#size > size || signal.aborted) return this.#size;
    const { ended, end } = abortableWait(milliseconds, signal);
    this.#waiting.set(end, size);
    this.#plan();
    await ended;
    this.#waiting.delete(end);
    return this.#size;
  }

  #plan(): void {
    if (this.#waiting.size === 0) return;
    const milliseconds = this.#wasWoken ? restMs : this.#options.pollMs;
    const dueMs = performance.now() + milliseconds;
    if (this.#timer !== undefined && this.#dueMs <= dueMs) return;
    clearTimeout(this.#timer);
    this.#dueMs = dueMs;
    this.#timer = setTimeout(() => void this.#lookForAll(), milliseconds);
  }

  async #lookForAll(): Promise<void> {
    this.#timer = undefined;
    this.#wasWoken = false;
    try {
      await this.look();
    } catch (error) {
      this.#options.logger.debug({ err: error }, 'the size of the log cannot be read now');
    }
    for (const [end, size] of this.#waiting) if (size < this.#size) end();
    this.#plan();
  }
}
