import type { AuditError } from '@audit/schema';
import type { DeadLetter, Spool, SpoolDamage } from '@audit/spool';
import type { BearerToken } from './bearer-token.ts';
import type { ClientState } from './client-state.ts';
import type { Clock } from './clock.ts';
import type { TraceSpan } from './trace-stamps.ts';
import type { AuditTransport } from './transport.ts';

/** Options of `createAuditClient`. Either `url` or `transport` is needed, the others have defaults. */
export type AuditClientOptions = (ServerOptions | TransportOptions) &
  (SpoolOptions | OwnSpoolOptions) &
  TraceOptions &
  DeliveryOptions;

interface ServerOptions {
  /** Address of the server, `http:` or `https:`; a path is kept as prefix. */
  readonly url: string | URL;
  /** Bearer token, or a function called before every request; default none. */
  readonly token?: BearerToken;
  readonly transport?: never;
}

interface TransportOptions {
  /** How batches reach the server; default HTTP to `url`. */
  readonly transport: AuditTransport;
  readonly url?: never;
  readonly token?: never;
}

/**
 * What an accepted event survives while it waits.
 *
 * - `process`: the end of the process, `kill -9` included; a loss of power may take the last seconds
 * - `disk`: a loss of power as well, once the disk has confirmed, which follows every event in the background
 * - `memory`: nothing
 */
export type Durability = 'process' | 'disk' | 'memory';

/** Where events wait. */
export interface SpoolOptions {
  /** What an accepted event survives; default `process`. */
  readonly durability?: Durability;
  /**
   * Directory in which the clients of one server keep their spools, each its own; default a directory of the server
   * below `AUDIT_SPOOL_ROOT`, else below the user's directory for state.
   */
  readonly spoolRoot?: string;
  /**
   * Bytes that the spool may occupy; the last tenth on disk is kept for events of severity `critical`. Default
   * 536,870,912 (512 MiB) on disk and 67,108,864 (64 MiB) in memory.
   */
  readonly spoolQuotaBytes?: number;
  readonly spool?: never;
}

/** A spool that the caller opened. */
export interface OwnSpoolOptions {
  /** Where events wait. The client closes it. */
  readonly spool: Spool;
  /** `disk` has the spool flushed after every event; default `process`. */
  readonly durability?: Exclude<Durability, 'memory'>;
  readonly spoolRoot?: never;
  readonly spoolQuotaBytes?: never;
}

/** What joins events to traces. */
export interface TraceOptions {
  /**
   * Gives the span in which an event happens: `trace.getActiveSpan` of `@opentelemetry/api`. Events that name no trace get the
   * ids of it. The server must know these members (contract of 21 November 2026 or later). Default none.
   */
  readonly activeSpan?: () => TraceSpan | undefined;
}

/** When events are sent, and who is told. */
export interface DeliveryOptions {
  /** Most events in one request, if the server takes as many; default 500. */
  readonly batchEventsMax?: number;
  /** Most UTF-8 bytes of event text in one request, if the server takes as many; default 1,048,576 (1 MiB). */
  readonly batchBytesMax?: number;
  /** Milliseconds a batch waits to fill; default 200. */
  readonly lingerMs?: number;
  /** Milliseconds until an attempt without an answer has failed; default 10,000. */
  readonly requestTimeoutMs?: number;
  /** Bound of the first retry's random wait in milliseconds, doubled with every failure; default 500. */
  readonly backoffMinMs?: number;
  /** Highest bound of a retry's random wait in milliseconds; default 60,000. */
  readonly backoffMaxMs?: number;
  /** Milliseconds that `close` delivers before it reports what is left; default 10,000. */
  readonly closeTimeoutMs?: number;
  /** Called for every event the server refuses for good; what it throws becomes a process warning. */
  readonly onDeadLetter?: (deadLetter: DeadLetter) => void;
  /** Called when the state changes, with the error if an attempt failed; what it throws becomes a process warning. */
  readonly onStateChange?: (state: ClientState, failure?: AuditError) => void;
  /**
   * Called for damage of the disk that the spool found and passed; what it throws becomes a process warning. The events
   * it took count as dead. Default: a process warning when it took any.
   */
  readonly onDamage?: (damage: SpoolDamage) => void;
  /**
   * Called when the disk stops confirming in `disk` durability, and when what a dead process left cannot be taken over;
   * what it throws becomes a process warning. Default: the failure becomes one itself.
   */
  readonly onSpoolFailure?: (failure: AuditError) => void;
  /** Source of time and timers, for tests; default those of the process. */
  readonly clock?: Clock;
  /** Source of random numbers from 0 up to 1 for the backoff, for tests; default `Math.random`. */
  readonly random?: () => number;
}
