import { join } from 'node:path';
import { FrameEncoder } from './frame-encoder.ts';
import type { Segment } from './segment.ts';
import { segmentHeaderBytes } from './segment-header.ts';
import type { SpoolInput } from './spool.ts';
import { errorCode } from './spool-failure.ts';
import type { SpoolFiles } from './spool-files.ts';
import { toSixteenDigits } from './whole-number.ts';

/** Options of {@link SegmentWriter}. */
export interface SegmentWriterOptions {
  readonly files: SpoolFiles;
  readonly directory: string;
  readonly spoolId: string;
  /** A segment becomes no larger, unless a single entry is. */
  readonly segmentBytes: number;
  readonly entryBytesMax: number;
}

/** Appends entries to the newest segment, which it makes when the first entry comes. */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions;
  readonly #encoder: FrameEncoder;
  #active: Segment | undefined;
  #descriptor = -1;
  #sequenceMin = 1;

  constructor(options: SegmentWriterOptions) {
    this.#options = options;
    this.#encoder = new FrameEncoder(options.entryBytesMax);
  }

  /** The segment that is written to, when there is one. */
  get active(): Segment | undefined {
    return this.#active;
  }

  /** Lowest sequence an entry can get; a file that cannot be removed may have the name of a lower one. */
  get sequenceMin(): number {
    return this.#sequenceMin;
  }

  /** Prepares an entry; returns the length of its frame, or 0 when it is too long. */
  prepare(input: SpoolInput, sequence: number, nowMs: number): number {
    return this.#encoder.encode(input, sequence, nowMs);
  }

  /** Bytes that the prepared entry adds to the disk. */
  bytesToAdd(frameBytes: number): number {
    return this.#startsSegment(frameBytes) ? segmentHeaderBytes + frameBytes : frameBytes;
  }

  /**
   * Writes the prepared entry and returns the segment it is in. When that fails, nothing of it is kept.
   * @throws {Error} what the operating system said
   */
  write(frameBytes: number, sequence: number, nowMs: number): Segment {
    if (this.#startsSegment(frameBytes)) this.seal();
    const segment = this.#active ?? this.#begin(sequence, nowMs);
    const headerBytes = segment.size === 0 ? segmentHeaderBytes : 0;
    const length = headerBytes + frameBytes;
    try {
      this.#writeAll(segmentHeaderBytes - headerBytes, length);
    } catch (error) {
      this.#undo(segment);
      throw error;
    }
    segment.size += length;
    segment.waitingBytes += frameBytes;
    segment.end = sequence + 1;
    segment.isUnsynced = true;
    return segment;
  }

  /** Ends the segment: the next entry begins a new one. */
  seal(): void {
    if (this.#active === undefined) return;
    this.#active.isActive = false;
    this.#active = undefined;
    const descriptor = this.#descriptor;
    this.#descriptor = -1;
    try {
      this.#options.files.closeSync(descriptor);
    } catch {
      // What was written is in the file whether closing works or not; `sync` asks the disk on its own.
    }
  }

  #startsSegment(frameBytes: number): boolean {
    const size = this.#active?.size ?? 0;
    return size === 0 || size + frameBytes > this.#options.segmentBytes;
  }

  #begin(first: number, nowMs: number): Segment {
    const { directory, spoolId } = this.#options;
    const path = join(directory, `${toSixteenDigits(first)}.segment`);
    this.#descriptor = this.#create(path, first);
    this.#encoder.encodeHeader({ first, createdAtMs: nowMs, spoolId });
    this.#active = {
      path,
      first,
      end: first,
      size: 0,
      waitingBytes: 0,
      hasHeader: true,
      mayEndTorn: false,
      isActive: true,
      isUnsynced: false,
      isQuarantineDue: false,
    };
    return this.#active;
  }

  #create(path: string, first: number): number {
    try {
      return this.#options.files.openSync(path, 'ax', 0o600);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') this.#sequenceMin = first + 1;
      throw error;
    }
  }

  // The disk may take less than it was given; what it says about the rest tells a full disk from a slow one.
  #writeAll(offset: number, length: number): void {
    const { bytes } = this.#encoder;
    for (let written = 0; written < length; ) {
      const more = this.#options.files.writeSync(this.#descriptor, bytes, offset + written, length - written);
      if (more === 0) throw new Error('the disk took no bytes');
      written += more;
    }
  }

  #undo(segment: Segment): void {
    try {
      if (segment.size === 0) this.#discard(segment);
      else this.#options.files.ftruncateSync(this.#descriptor, segment.size);
    } catch {
      // What is behind the good end stays in the file, and is never read as long as nothing follows it there.
      this.seal();
      // An abandoned file keeps its name.
      this.#sequenceMin = segment.first + 1;
    }
  }

  #discard(segment: Segment): void {
    this.seal();
    this.#options.files.unlinkSync(segment.path);
  }
}
