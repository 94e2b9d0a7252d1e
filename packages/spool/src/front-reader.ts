import type { Acknowledgements } from './acknowledgements.ts';
import type { Chunk, ChunkPool } from './chunk-pool.ts';
import type { DamageSurvey, SegmentRest } from './damage-survey.ts';
import { checkFrame, frameSequence } from './frame.ts';
import { type ReadEntry, readEntry } from './read-entry.ts';
import { framesStart, type Segment } from './segment.ts';
import { chunkBytes, type FrameRun } from './segment-survey.ts';
import { isMissingFile, toSpoolFailure } from './spool-failure.ts';
import type { SpoolFiles } from './spool-files.ts';

/** Options of {@link FrontReader}. */
export interface FrontReaderOptions {
  readonly files: SpoolFiles;
  /** Oldest first; others append at the end and remove at the front. */
  readonly segments: readonly Segment[];
  readonly acknowledgements: Acknowledgements;
  readonly chunks: ChunkPool;
  readonly damage: DamageSurvey;
}

// A disk that gives other bytes each time must not keep a reader busy for ever.
const surveysMax = 3;

/**
 * Walks through the segments and reads each byte about once. It expects frames without a gap; where that fails, it has
 * the rest of the segment surveyed and reads what is left.
 */
export class FrontReader {
  readonly #options: FrontReaderOptions;
  #segment: Segment | undefined;
  #descriptor: number | undefined;
  /** Runs found by a survey, the current one first; nothing as long as the segment is as it should be. */
  #rest: SegmentRest | undefined;
  #runs: FrameRun[] = [];
  #offset = 0;
  /** Sequence that the frame at the offset must have. */
  #sequence = 0;
  /** Lowest sequence not read yet. */
  #wanted: number;
  #bytesAtLeast = 0;

  constructor(options: FrontReaderOptions) {
    this.#options = options;
    this.#wanted = options.acknowledgements.floor;
  }

  /** Reads further entries that wait, perhaps none; nothing at the end of the queue. */
  async read(): Promise<readonly ReadEntry[] | undefined> {
    for (let surveys = 0; surveys <= surveysMax; ) {
      const segment = this.#segment ?? this.#enter();
      if (segment === undefined) return undefined;
      const found = await this.#readOn(segment);
      if (found === 'end') return undefined;
      if (typeof found === 'object') return found;
      surveys = found === 'damaged' ? surveys + 1 : 0;
      if (found === 'damaged') await this.#survey(segment);
    }
    throw toSpoolFailure('the spool cannot be read', 'its bytes change from one reading to the next');
  }

  /** Whether everything in a segment was read, so that it can be removed. */
  isFinishedWith(segment: Segment): boolean {
    const { segments } = this.#options;
    if (this.#segment === undefined) return false;
    if (segment !== this.#segment) return segments.indexOf(segment) < segments.indexOf(this.#segment);
    return this.#rest === undefined && this.#offset >= segment.size && this.#wanted >= segment.end;
  }

  /** Lets go of a segment that is about to be removed; an open file would keep its room on the disk. */
  async release(segment: Segment): Promise<void> {
    if (segment === this.#segment) await this.close();
  }

  async close(): Promise<void> {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    if (descriptor !== undefined) await this.#options.files.close(descriptor);
  }

  #enter(): Segment | undefined {
    const segment = this.#options.segments[0];
    if (segment !== undefined) this.#begin(segment);
    return segment;
  }

  async #readOn(segment: Segment): Promise<readonly ReadEntry[] | 'passed' | 'damaged' | 'end'> {
    if (this.#offset < this.#spanEnd(segment)) return (await this.#readFrames(segment)) ?? 'damaged';
    if (this.#nextRun()) return 'passed';
    if (this.#wanted < segment.end) return 'damaged';
    return !segment.isActive && (await this.#leave(segment)) ? 'passed' : 'end';
  }

  async #leave(segment: Segment): Promise<boolean> {
    await this.close();
    // One that was removed meanwhile was the first.
    const next = this.#options.segments[this.#options.segments.indexOf(segment) + 1];
    if (next === undefined) return false;
    this.#begin(next);
    return true;
  }

  #begin(segment: Segment): void {
    this.#segment = segment;
    this.#offset = segment.hasHeader ? framesStart : 0;
    this.#sequence = segment.first;
    if (segment.first > this.#wanted) {
      this.#options.acknowledgements.skip({ from: this.#wanted, to: segment.first });
      this.#wanted = segment.first;
    }
  }

  #spanEnd(segment: Segment): number {
    return this.#rest === undefined ? segment.size : (this.#runs[0]?.endOffset ?? 0);
  }

  // After the last run, an active segment goes on where the survey ended.
  #nextRun(): boolean {
    if (this.#rest === undefined) return false;
    this.#runs.shift();
    const run = this.#runs[0];
    if (run === undefined) {
      this.#offset = this.#rest.size;
      this.#sequence = this.#rest.end;
      this.#wanted = Math.max(this.#wanted, this.#rest.end);
      this.#rest = undefined;
    } else {
      this.#offset = run.offset;
      this.#sequence = run.sequence;
    }
    return true;
  }

  async #survey(segment: Segment): Promise<void> {
    const known =
      this.#rest === undefined
        ? [
            {
              sequence: this.#wanted,
              nextSequence: segment.end,
              offset: this.#offset,
              endOffset: segment.size,
            },
          ]
        : this.#runs;
    this.#rest = await this.#options.damage.survey(segment, this.#wanted, known);
    // The first one is shifted out.
    this.#runs = [nowhere, ...this.#rest.runs];
    this.#nextRun();
  }

  async #readFrames(segment: Segment): Promise<readonly ReadEntry[] | undefined> {
    const end = this.#spanEnd(segment);
    const length = Math.min(Math.max(chunkBytes, this.#bytesAtLeast), end - this.#offset);
    const chunk = this.#options.chunks.take(length);
    const bytes = await this.#readBytes(segment, chunk.buffer, length);
    this.#bytesAtLeast = 0;
    const entries: ReadEntry[] = [];
    let at = 0;
    while (at < bytes.length) {
      const checked = checkFrame(bytes, at);
      if (checked <= 0 || frameSequence(bytes, at) !== this.#sequence) {
        const isCutOff = checked < 0 && bytes.length === length && this.#offset - checked <= end;
        if (isCutOff) this.#bytesAtLeast = -checked;
        break;
      }
      this.#takeFrame(segment, chunk, at, checked, entries);
      at += checked;
      this.#offset += checked;
    }
    if (chunk.users === 0) this.#options.chunks.giveBack(chunk);
    return at > 0 || this.#bytesAtLeast > 0 ? entries : undefined;
  }

  async #readBytes(segment: Segment, buffer: Buffer, length: number): Promise<Buffer> {
    const { files } = this.#options;
    try {
      this.#descriptor ??= await files.open(segment.path, 'r');
      return buffer.subarray(0, await files.read(this.#descriptor, buffer, 0, length, this.#offset));
    } catch (error) {
      // The survey finds out what is missing.
      if (isMissingFile(error)) return buffer.subarray(0, 0);
      throw toSpoolFailure(`${segment.path} cannot be read`, error);
    }
  }

  #takeFrame(segment: Segment, chunk: Chunk, at: number, frameBytes: number, entries: ReadEntry[]): void {
    const sequence = this.#sequence;
    this.#sequence += 1;
    if (sequence < this.#wanted || this.#options.acknowledgements.has(sequence)) {
      segment.waitingBytes -= frameBytes;
    } else {
      entries.push(readEntry(segment, chunk, at, frameBytes));
    }
    this.#wanted = Math.max(this.#wanted, this.#sequence);
  }
}

const nowhere: FrameRun = { sequence: 0, offset: 0, nextSequence: 0, endOffset: 0 };
