import type { AuditError } from '@audit/schema';
import type { BearerToken } from './bearer-token.ts';
import type { ClientState } from './client-state.ts';
import type { Clock } from './clock.ts';
import type { DeadEvent } from './dead-events.ts';
import type { EventQueue } from './event-queue.ts';
import type { AuditTransport } from './transport.ts';

/** Options of `createAuditClient`. Either `url` or `transport` is needed, the others have defaults. */
export type AuditClientOptions = (ServerOptions | TransportOptions) & DeliveryOptions;

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

/** How events wait and when they are sent. */
export interface DeliveryOptions {
  /** Where events wait; default a queue in memory of `queueEventsMax` and `queueBytesMax`. */
  readonly queue?: EventQueue;
  /** Most events waiting in memory; default 30,000. */
  readonly queueEventsMax?: number;
  /** Most UTF-8 bytes of event text waiting in memory; default 67,108,864 (64 MiB). */
  readonly queueBytesMax?: number;
  /** Most events in one request; default 500. */
  readonly batchEventsMax?: number;
  /** Most UTF-8 bytes of event text in one request; default 1,048,576 (1 MiB). */
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
  /** Dead events kept for `deadEvents()`, the newest; counting goes on beyond; default 1,000. */
  readonly deadEventsMax?: number;
  /** Called for every event the server refuses for good; what it throws becomes a process warning. */
  readonly onDead?: (event: DeadEvent) => void;
  /** Called when the state changes, with the error if an attempt failed; what it throws becomes a process warning. */
  readonly onStateChange?: (state: ClientState, failure?: AuditError) => void;
  /** Source of time and timers, for tests; default those of the process. */
  readonly clock?: Clock;
  /** Source of random numbers from 0 up to 1 for the backoff, for tests; default `Math.random`. */
  readonly random?: () => number;
}
