import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { Turns } from '../turns.ts';
import { LogWatch } from './log-watch.ts';
import { readTailBatch } from './read-tail-batch.ts';
import type { TailQuery } from './tail-query.ts';
import { type TailPlace, TailStream } from './tail-stream.ts';

/** How the streams of a server behave; every setting has a default. */
export interface TailSettings {
  /** Readers at a time; default 100. */
  readonly readersMax: number;
  /** Longest silence of a stream, in milliseconds; default 15,000. */
  readonly heartbeatMs: number;
  /** Time between two looks for what other processes wrote, in milliseconds; default 1,000. */
  readonly pollMs: number;
}

/** Options of {@link LogTails}. */
export interface LogTailsOptions extends Partial<TailSettings> {
  readonly database: Database;
  readonly logId: string;
  readonly logger: FastifyBaseLogger;
}

/** Who follows a log. */
export interface TailReader {
  /** Aborted when the reader has gone, which frees its place. */
  readonly gone: AbortSignal;
  /** Told how many records were read for it, each time. */
  readonly onRead: (records: number) => void;
}

/** A stream, or why there is none: too many readers, or a position that the log does not have. */
export type OpenedTail =
  | { readonly outcome: 'opened'; readonly events: AsyncIterable<string> }
  | { readonly outcome: 'too_many'; readonly readersMax: number }
  | { readonly outcome: 'beyond_end'; readonly size: number };

const defaults: TailSettings = { readersMax: 100, heartbeatMs: 15_000, pollMs: 1_000 };
const readLog = readQuery('read-log');

/** The streams of what is added to a log. A reader is its position: what it has not taken stays in the database. */
export class LogTails {
  readonly #options: LogTailsOptions & TailSettings;
  readonly #watch: LogWatch;
  // All readers together use one connection: they must not keep writers from theirs.
  readonly #turns: Turns = new Turns();
  readonly #stopping: AbortController = new AbortController();
  #readers = 0;

  constructor(options: LogTailsOptions) {
    this.#options = { ...defaults, ...options };
    this.#watch = new LogWatch({ ...this.#options, readSize: () => this.#readSize() });
  }

  /** Tells that this process has committed something. */
  wake(): void {
    this.#watch.wake();
  }

  /** Ends every stream with the event `closing`, and opens no other. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Opens a stream. */
  async open(query: TailQuery, { gone, onRead }: TailReader): Promise<OpenedTail> {
    const { readersMax, heartbeatMs } = this.#options;
    if (this.#readers >= readersMax || this.#stopping.signal.aborted) {
      return { outcome: 'too_many', readersMax };
    }
    this.#takePlace(gone);
    const size = await this.#watch.look();
    const position = query.after ?? size - 1;
    if (position >= size) return { outcome: 'beyond_end', size };
    const stream = new TailStream({
      position,
      size,
      heartbeatMs,
      behindMax: query.behindMax,
      watch: this.#watch,
      signal: AbortSignal.any([gone, this.#stopping.signal]),
      read: async (place) => {
        const batch = await this.#read(query, place);
        if (batch.rows.length > 0) onRead(batch.rows.length);
        return batch;
      },
    });
    return { outcome: 'opened', events: stream.events() };
  }

  #takePlace(gone: AbortSignal): void {
    this.#readers += 1;
    gone.addEventListener('abort', () => {
      this.#readers -= 1;
    });
  }

  #read(query: TailQuery, place: TailPlace) {
    const { database, logId } = this.#options;
    return this.#turns.take(() => readTailBatch(database, logId, query, place));
  }

  async #readSize(): Promise<number> {
    const { database, logId } = this.#options;
    const [log] = await database.query<{ size: string }>(readLog, [logId]);
    return Number(log?.size ?? 0);
  }
}
