import type { DeadLetter } from '@audit/spool';
import type { ClientMetrics, FlushReport } from './client-metrics.ts';
import type { DurableOutcome, EmissionOutcome } from './emission.ts';
import type { EmissionIdentity } from './emission-identity.ts';
import type { EmittableEvent } from './emittable-event.ts';
import type { EventBuilder } from './event-builder.ts';

/** Options of {@link AuditClient.close}. */
export interface CloseOptions {
  /** Milliseconds to deliver before the report; default as given to the client. */
  readonly closeTimeoutMs?: number;
}

/** Delivers events to the server without ever making the caller wait. */
export interface AuditClient extends AsyncDisposable {
  /**
   * Spools an event for delivery; adds id and time where they are missing. Synchronous, never throws, never changes
   * the event. The content is not validated: types guarantee it, and what the server refuses becomes a dead letter.
   */
  emit<Type extends string>(event: EmittableEvent<Type>): EmissionOutcome;
  /**
   * Emits what a builder returns; when the builder throws, the outcome is `builder_failed`. See `bindBuilders`.
   * @param identity makes repeated calls one event; default an id of its own for every call, and the time of the call
   */
  emitFrom<Input>(builder: EventBuilder<Input>, input: Input, identity?: EmissionIdentity): EmissionOutcome;
  /** Emits an event and waits until it survives a loss of power. Never rejects. */
  emitDurable<Type extends string>(event: EmittableEvent<Type>): Promise<DurableOutcome>;
  /**
   * Waits until an event that was emitted just now survives a loss of power, whichever way it was emitted: with the
   * outcome of a manager it makes that emission durable. Never rejects.
   *
   * @example
   * const outcome = await client.confirm(audit.approvalDecided(input));
   */
  confirm(outcome: EmissionOutcome): Promise<DurableOutcome>;
  /**
   * Sends everything spooled now. Resolves when all of it is acknowledged or dead, or at the first failed attempt;
   * while the server's `Retry-After` runs it reports at once and sends nothing. Never rejects.
   */
  flush(): Promise<FlushReport>;
  /**
   * Takes no more events, delivers what waits, retries included, until nothing waits or the time is over, and closes
   * the spool. What is left on disk is delivered by a later process, what is left in memory is lost. Keeps the process
   * alive meanwhile. Never rejects; a second call returns the first one's promise.
   */
  close(options?: CloseOptions): Promise<FlushReport>;
  /** Counts what has happened so far. */
  metrics(): ClientMetrics;
  /**
   * Lists the events that the server refused for good, oldest first, those of earlier processes included.
   * @throws {AuditError} `spool_failed` when the disk cannot be read
   */
  deadLetters(): Promise<readonly DeadLetter[]>;
}
