import type { RecordFilter } from '../query/record-query.ts';

/** What to follow. */
export interface TailQuery extends RecordFilter {
  /** Position to begin behind; left out, that of the last record. */
  readonly after?: number;
  /** Positions that the stream may be behind before it skips some; left out, it skips none. */
  readonly behindMax?: number;
}
