import {
  checkFrame,
  frameHeaderBytes,
  frameMarker,
  frameOffset,
  frameSequence,
  isPlausibleHeader,
} from './frame.ts';

/** Frames that follow each other without a gap, in the file and in their sequences. */
export interface FrameRun {
  /** Sequence of the first frame. */
  readonly sequence: number;
  readonly offset: number;
  /** Sequence after the last frame. */
  nextSequence: number;
  /** Offset after the last frame. */
  endOffset: number;
}

/** Bytes of a file. */
export interface ByteRange {
  readonly offset: number;
  endOffset: number;
}

/** Which sequences a survey looks for. */
export interface SurveyScope {
  /** Offset at which the frames begin; 0 when the header is damaged. */
  readonly offset: number;
  /** Size of the file. */
  readonly size: number;
  /** Sequences of the segment: frames before the first, or from the end on, are no entries here. */
  readonly first: number;
  readonly end: number;
  /** Frames below are known already and left out; default the first. */
  readonly wanted?: number;
  /** Is shown every frame that is found, in the order of the file. */
  readonly onFrame?: (bytes: Buffer, offset: number) => void;
}

/** Bytes read at once. */
export const chunkBytes = 262_144;

/**
 * Finds every intact frame of a segment, whatever lies between them: after bytes that are no frame it goes on at the
 * next marker. It is given the bytes piece by piece, and so serves synchronous and asynchronous readers.
 */
export class SegmentSurvey {
  /** What was found, in the order of the file. */
  readonly runs: FrameRun[] = [];
  /** Bytes that are no frame, or none of this segment. */
  readonly badRanges: ByteRange[] = [];
  readonly #scope: SurveyScope;
  readonly #wanted: number;
  #size: number;
  #offset: number;
  #wantedBytes = chunkBytes;
  #badMarkers = 0;
  #isTorn = false;

  constructor(scope: SurveyScope) {
    this.#scope = scope;
    this.#wanted = scope.wanted ?? scope.first;
    this.#size = scope.size;
    this.#offset = Math.min(scope.offset, scope.size);
  }

  /** Which bytes it needs next; nothing when it is finished. */
  get wanted(): { readonly offset: number; readonly length: number } | undefined {
    if (this.#offset >= this.#size) return undefined;
    return { offset: this.#offset, length: Math.min(this.#wantedBytes, this.#size - this.#offset) };
  }

  /** Frames that have begun in the bad bytes behind the last intact frame; their numbers may have been given away. */
  get hiddenAtEnd(): number {
    return this.#badMarkers;
  }

  /**
   * Sequence of the frame within which the segment ends, when nothing else is wrong there. An append that a dying
   * process did not finish looks like that: nobody was told that the entry is kept.
   */
  get tornSequence(): number | undefined {
    return this.#isTorn ? this.#expected : undefined;
  }

  /** Takes what was wanted, or less when the file has become shorter. */
  give(bytes: Buffer): void {
    if (bytes.length < (this.wanted?.length ?? 0)) this.#size = this.#offset + bytes.length;
    this.#wantedBytes = chunkBytes;
    let at = 0;
    while (at < bytes.length) {
      const checked = checkFrame(bytes, at);
      if (checked < 0 && this.#offset + at - checked <= this.#size) {
        this.#wantedBytes = Math.max(chunkBytes, -checked);
        break;
      }
      at = checked > 0 ? this.#takeFrame(bytes, at, checked) : this.#takeBad(bytes, at);
    }
    this.#offset += at;
  }

  #takeFrame(bytes: Buffer, at: number, length: number): number {
    const sequence = frameSequence(bytes, at);
    const offset = this.#offset + at;
    this.#badMarkers = 0;
    this.#isTorn = false;
    const { end, first } = this.#scope;
    if (sequence < first || sequence >= end) this.#addBad(offset, offset + length);
    else if (sequence >= this.#wanted) {
      this.#addFrame(sequence, offset, length);
      this.#scope.onFrame?.(bytes, at);
    }
    return at + length;
  }

  #addFrame(sequence: number, offset: number, length: number): void {
    const last = this.runs.at(-1);
    if (last !== undefined && last.endOffset === offset && last.nextSequence === sequence) {
      last.endOffset += length;
      last.nextSequence += 1;
    } else {
      this.runs.push({ sequence, offset, nextSequence: sequence + 1, endOffset: offset + length });
    }
  }

  get #expected(): number {
    return this.runs.at(-1)?.nextSequence ?? this.#wanted;
  }

  #takeBad(bytes: Buffer, at: number): number {
    const offset = this.#offset + at;
    const isMarker = startsWithMarker(bytes, at);
    if (isMarker) this.#badMarkers += 1;
    const continues = this.badRanges.at(-1)?.endOffset === offset;
    this.#isTorn = continues ? this.#isTorn && !isMarker : this.#looksTorn(bytes, at);
    const marker = bytes.indexOf(frameMarker, at + 1);
    const end = marker === -1 ? this.#endWithoutMarker(bytes, at) : marker;
    this.#addBad(offset, this.#offset + end);
    return end;
  }

  // A marker may lie across the end of these bytes.
  #endWithoutMarker(bytes: Buffer, at: number): number {
    const isLastPiece = this.#offset + bytes.length >= this.#size;
    return isLastPiece ? bytes.length : Math.max(at + 1, bytes.length - frameMarker.length + 1);
  }

  #looksTorn(bytes: Buffer, at: number): boolean {
    const available = bytes.length - at;
    const knowsSequence = available >= frameOffset.sequence + 8;
    if (knowsSequence && frameSequence(bytes, at) !== this.#expected) return false;
    if (available >= frameHeaderBytes) return isPlausibleHeader(bytes, at) && checkFrame(bytes, at) < 0;
    return frameMarker.subarray(0, available).equals(bytes.subarray(at, at + frameMarker.length));
  }

  #addBad(offset: number, endOffset: number): void {
    const last = this.badRanges.at(-1);
    if (last?.endOffset === offset) last.endOffset = endOffset;
    else this.badRanges.push({ offset, endOffset });
  }
}

function startsWithMarker(bytes: Buffer, at: number): boolean {
  return frameMarker.equals(bytes.subarray(at, at + frameMarker.length));
}
