import { segmentHeaderBytes } from './segment-header.ts';

/** A file of entries, as the running spool knows it. */
export interface Segment {
  readonly path: string;
  /** Sequence of its first entry. */
  readonly first: number;
  /** Sequence after its last entry, entries included that damage has destroyed. */
  end: number;
  /** Bytes that count; what follows in the file belongs to a write that failed. */
  size: number;
  /** Bytes of the frames that wait. Those acknowledged by an earlier process are subtracted when they are read. */
  waitingBytes: number;
  /** Whether the header can be trusted, and so what follows directly after it. */
  readonly hasHeader: boolean;
  /** Whether the end counts an entry in which the file ends, if it does: an older process may have died there. */
  readonly mayEndTorn: boolean;
  /** Whether entries are still appended to it. */
  isActive: boolean;
  /** Whether entries were appended since the disk last confirmed. */
  isUnsynced: boolean;
  /** Whether bytes of it could not be copied to quarantine, so that the file itself has to go there. */
  isQuarantineDue: boolean;
}

/** Where the frames of a segment begin, as long as its header is intact. */
export const framesStart: number = segmentHeaderBytes;

/** The name of a segment's file: its first sequence. */
export const segmentFileName = /^(\d{16})\.segment$/;
