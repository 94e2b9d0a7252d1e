import { type AuditLimits, eventBytesMax, eventDataDepthMax } from '@audit/schema';

/** What an operator may decide about the requests that the server takes. */
export interface IngestLimits {
  /** Events of one batch; default 500. */
  readonly batchEventsMax: number;
  /** Largest request body in bytes; default 5 MiB. */
  readonly bodyBytesMax: number;
  /** How far an event's time may be ahead of the server's clock, in seconds; default one hour. */
  readonly eventFutureSecondsMax: number;
  /** How far an event's time may be behind the server's clock, in seconds; default no bound: a spool may be days old. */
  readonly eventPastSecondsMax?: number;
}

/** The limits of a server that was told nothing else. */
export const defaultIngestLimits: IngestLimits = {
  batchEventsMax: 500,
  bodyBytesMax: 5 * 1_048_576,
  eventFutureSecondsMax: 3_600,
};

/** Writes the limits as the contract names them. */
export function toAuditLimits(limits: IngestLimits): AuditLimits {
  return {
    batch_events_max: limits.batchEventsMax,
    body_bytes_max: limits.bodyBytesMax,
    event_bytes_max: eventBytesMax,
    event_data_depth_max: eventDataDepthMax,
    event_timestamp_future_max_seconds: limits.eventFutureSecondsMax,
    event_timestamp_past_max_seconds: limits.eventPastSecondsMax ?? null,
  };
}
