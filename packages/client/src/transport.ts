/** One request's worth of events. */
export interface TransportBatch {
  /** The events as one JSON array in UTF-8. */
  readonly body: Uint8Array<ArrayBuffer>;
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

/** What the server says it takes; the client keeps to the lower of this and its own options. */
export interface ServerLimits {
  /** Most events in one request. */
  readonly batchEventsMax?: number;
  /** Most bytes of the body of one request. */
  readonly bodyBytesMax?: number;
}

/** How a batch reaches the server. The client retries; a transport makes exactly one attempt. */
export interface AuditTransport {
  /**
   * Sends a batch. Rejects when there is no readable answer: no connection, a timeout, half a body.
   * @param signal aborts the attempt when it takes too long or the client closes
   */
  send(batch: TransportBatch, signal: AbortSignal): Promise<TransportAnswer>;
  /**
   * Asks for the server's limits; resolves with nothing when the server does not say. Rejects when there is no answer.
   * Default: the client's own options and what refusals teach are the limits.
   */
  limits?(signal: AbortSignal): Promise<ServerLimits | undefined>;
  /**
   * Whether the next attempt after a refused token (401, 403) carries a new one. The client then makes that attempt at
   * once, and backs off only when the new token is refused too. Default false.
   */
  readonly refreshesToken?: boolean;
}
