import { isPassingError } from '../store/store-errors.ts';
import { abortableWait } from './abortable-wait.ts';
import { heartbeat, recordEvents, skippedEvent, streamClosing, streamOpening } from './event-stream.ts';
import type { LogWatch } from './log-watch.ts';
import type { TailBatch } from './read-tail-batch.ts';

/** Where a stream stands. */
export interface TailPlace {
  /** Position behind which to read. */
  readonly after: number;
  /** Size of the log up to which to read. */
  readonly size: number;
}

/** Options of {@link TailStream}. */
export interface TailStreamOptions {
  /** Position to begin behind. */
  readonly position: number;
  /** Number of records of the log. */
  readonly size: number;
  /** Longest silence, in milliseconds. */
  readonly heartbeatMs: number;
  /** Positions it may be behind before it skips some; undefined skips none. */
  readonly behindMax: number | undefined;
  readonly watch: LogWatch;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  readonly read: (place: TailPlace) => Promise<TailBatch>;
}

const retryMs = 1_000;

/** The stream of one reader. It reads the next batch when the last one was taken, and holds no more than one. */
export class TailStream {
  readonly #options: TailStreamOptions;
  #position: number;
  #size: number;

  constructor(options: TailStreamOptions) {
    this.#options = options;
    this.#position = options.position;
    this.#size = options.size;
  }

  /** The text of the stream, piece by piece. */
  async *events(): AsyncGenerator<string> {
    yield streamOpening;
    while (!this.#options.signal.aborted) {
      yield* this.#isAtEnd ? this.#awaitGrowth() : this.#readOn();
    }
    yield streamClosing;
  }

  get #isAtEnd(): boolean {
    return this.#position >= this.#size - 1;
  }

  async *#awaitGrowth(): AsyncGenerator<string> {
    const { watch, signal, heartbeatMs: milliseconds } = this.#options;
    this.#size = await watch.wait(this.#size, { milliseconds, signal });
    if (this.#isAtEnd && !signal.aborted) yield heartbeat(this.#position);
  }

  async *#readOn(): AsyncGenerator<string> {
    yield* this.#skipAhead();
    const batch = await this.#tryRead();
    if (batch === undefined) {
      yield heartbeat(this.#position);
      await abortableWait(retryMs, this.#options.signal).ended;
      return;
    }
    this.#position = batch.searched;
    const isNamed = Number(batch.rows.at(-1)?.sequence ?? -1) === batch.searched;
    yield recordEvents(batch.rows) + (isNamed ? '' : heartbeat(batch.searched));
  }

  *#skipAhead(): Generator<string> {
    const { behindMax } = this.#options;
    const to_sequence = this.#size - 1 - (behindMax ?? this.#size);
    const count = to_sequence - this.#position;
    if (count <= 0) return;
    const from_sequence = this.#position + 1;
    this.#position = to_sequence;
    yield skippedEvent({ reason: 'behind', from_sequence, to_sequence, count });
  }

  // A database that is away is no reason to end a stream: most readers could only come back and find it away.
  async #tryRead(): Promise<TailBatch | undefined> {
    try {
      return await this.#options.read({ after: this.#position, size: this.#size });
    } catch (error) {
      if (isPassingError(error)) return undefined;
      throw error;
    }
  }
}
