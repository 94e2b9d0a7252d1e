/** One request's worth of events. */
export interface TransportBatch {
  /** The events as one JSON array. */
  readonly body: string;
  /** Ids of the events, in the order of the body. */
  readonly eventIds: readonly string[];
}

/** An event that the server named as bad. */
export interface NamedFault {
  /** Position of the event in the batch. */
  readonly index: number;
  readonly event_id?: string;
  /** The fault in one sentence. */
  readonly message: string;
}

/** The parts of an RFC 9457 problem document that decide what happens next. */
export interface AnswerProblem {
  readonly type?: string;
  readonly detail?: string;
  readonly errors: readonly NamedFault[];
}

/** What the server said. */
export interface TransportAnswer {
  /** HTTP status. */
  readonly status: number;
  /** The `Retry-After` header as it came. */
  readonly retryAfter?: string;
  readonly problem?: AnswerProblem;
}

/** How a batch reaches the server. The client retries; a transport makes exactly one attempt. */
export interface AuditTransport {
  /**
   * Sends a batch. Rejects when there is no readable answer: no connection, a timeout, half a body.
   * @param signal aborts the attempt when it takes too long or the client closes
   */
  send(batch: TransportBatch, signal: AbortSignal): Promise<TransportAnswer>;
}
