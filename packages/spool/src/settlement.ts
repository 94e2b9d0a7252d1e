import type { Acknowledgements } from './acknowledgements.ts';
import { coalesce } from './coalesce.ts';
import type { Cursor } from './cursor.ts';
import { writeCursor } from './cursor-file.ts';
import type { Quarantine } from './quarantine.ts';
import type { ReadAhead } from './read-ahead.ts';
import type { Segment } from './segment.ts';
import { isMissingFile } from './spool-failure.ts';
import type { SpoolFiles } from './spool-files.ts';

/** Options of {@link Settlement}. */
export interface SettlementOptions {
  readonly files: SpoolFiles;
  readonly directory: string;
  /** Oldest first; removed ones are taken out. */
  readonly segments: Segment[];
  readonly acknowledgements: Acknowledgements;
  readonly ahead: ReadAhead;
  readonly quarantine: Quarantine;
  /** What the cursor says now. */
  cursor(): Cursor;
  /** Is told of every segment that was removed. */
  onRemoved(segment: Segment): void;
  /** Is called whenever everything was noted. */
  onSettled(): void;
}

const delayMs = 1_000;
// What is acknowledged is noted after so many bytes, however little time has passed.
const bytesMax = 8_388_608;

/** Notes what was acknowledged, and then removes the segments in which nothing waits. */
export class Settlement {
  readonly #options: SettlementOptions;
  #unsettledBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Settles now. Never rejects. */
  readonly run: () => Promise<void>;

  constructor(options: SettlementOptions) {
    this.#options = options;
    this.run = coalesce(() => this.#settle());
  }

  /**
   * Settles in time, but not for every batch: what is not noted when the process dies is only delivered twice.
   * @param bytes how much was acknowledged
   */
  schedule(bytes: number): void {
    this.#unsettledBytes += bytes;
    if (this.#unsettledBytes >= bytesMax || this.#firstRemovable() !== undefined) void this.run();
    else this.#timer ??= setTimeout(() => this.run(), delayMs).unref();
  }

  async #settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unsettledBytes = 0;
    const { cursor, directory, files, onSettled } = this.#options;
    const noted = cursor();
    try {
      await writeCursor(files, directory, noted);
      await this.#removeSegments(noted.floor);
      onSettled();
    } catch {
      // Nothing is lost: without the cursor entries come again, and the next acknowledgement tries anew.
    }
  }

  #firstRemovable(): Segment | undefined {
    const { acknowledgements, ahead, segments } = this.#options;
    const segment = segments[0];
    if (segment === undefined || segment.isActive || segment.end > acknowledgements.floor) return undefined;
    return ahead.isFinishedWith(segment) ? segment : undefined;
  }

  // Only below what the cursor says: without it, the next process would take the numbers of removed entries again.
  async #removeSegments(floor: number): Promise<void> {
    const { ahead, onRemoved, quarantine, segments } = this.#options;
    for (;;) {
      const segment = this.#firstRemovable();
      if (segment === undefined || segment.end > floor) return;
      await ahead.release(segment);
      if (segment.isQuarantineDue) quarantine.moveSync(segment.path);
      else await this.#unlink(segment.path);
      segments.shift();
      onRemoved(segment);
    }
  }

  async #unlink(path: string): Promise<void> {
    try {
      await this.#options.files.unlink(path);
    } catch (error) {
      if (!isMissingFile(error)) throw error;
    }
  }
}
