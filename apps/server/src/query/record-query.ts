/** Direction of the log's order. */
export type QueryOrder = 'asc' | 'desc';

/** Members of a record that must be equal to a value. */
export type EqualityFilter =
  | 'correlation_id'
  | 'event_type'
  | 'event_category'
  | 'event_action'
  | 'event_outcome'
  | 'severity'
  | 'actor_type'
  | 'actor_id'
  | 'resource_type'
  | 'resource_id'
  | 'namespace'
  | 'cluster_name'
  | 'parent_event_id'
  | 'event_id';

/** A member of the outermost object of `event_data`, and the text of its value. */
export interface DetailFilter {
  readonly key: string;
  readonly value: string;
}

/** Which records. */
export interface RecordFilter {
  readonly equals: Partial<Record<EqualityFilter, string>>;
  readonly detail?: DetailFilter;
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
  /** Sequence where the page before ended. */
  readonly after?: number;
  /** Whether the matches of all pages are counted; default true. */
  readonly isCounted?: boolean;
}
