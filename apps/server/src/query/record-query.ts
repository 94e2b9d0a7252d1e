/** Direction of the log's order. */
export type QueryOrder = 'asc' | 'desc';

/** Members of a record that must be equal to a value. */
export type EqualityFilter =
  | 'correlation_id'
  | 'event_type'
  | 'event_category'
  | 'event_outcome'
  | 'severity';

/** Which records. */
export interface RecordFilter {
  readonly equals: Partial<Record<EqualityFilter, string>>;
  /** Earliest `event_timestamp`, RFC 3339, inclusive. */
  readonly since?: string;
  /** Latest `event_timestamp`, RFC 3339, inclusive. */
  readonly until?: string;
}

/** What to read. */
export interface RecordQuery extends RecordFilter {
  readonly order: QueryOrder;
  readonly limit: number;
  readonly offset: number;
  /** Sequence of the last record of the page before. */
  readonly after?: number;
}
