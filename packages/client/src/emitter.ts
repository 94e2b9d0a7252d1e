import { AuditError, eventBytesMax, isAuditError, isEventSkip } from '@audit/schema';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import { describeThrown } from './describe-thrown.ts';
import type { EmissionOutcome, RejectionReason } from './emission.ts';
import { type EmissionIdentity, identifyEvent } from './emission-identity.ts';
import type { EventBuilder } from './event-builder.ts';
import type { EventQueue } from './event-queue.ts';
import { createEventSerialiser, type EventSerialiser, type StampableEvent } from './serialise-event.ts';

/** What an emitter needs. */
export interface EmitterOptions {
  readonly queue: EventQueue;
  readonly clock: Clock;
  readonly counters: Counters;
  /** Called when the queue has got an event. */
  readonly onAccepted: () => void;
}

/** Turns events into queue entries. Synchronous, and never throws: whatever happens is an outcome, and is counted. */
export class Emitter {
  readonly #options: EmitterOptions;
  readonly #serialise: EventSerialiser;
  #isClosed = false;

  constructor(options: EmitterOptions) {
    this.#options = options;
    this.#serialise = createEventSerialiser(options.clock);
  }

  emit(event: StampableEvent): EmissionOutcome {
    const outcome = this.#isClosed ? rejected('closed') : this.#enqueue(event);
    this.#count(outcome);
    return outcome;
  }

  emitFrom<Input>(builder: EventBuilder<Input>, input: Input, identity?: EmissionIdentity): EmissionOutcome {
    try {
      const built = builder(input);
      if (isEventSkip(built)) return { status: 'skipped', reason: built.skipped };
      return this.emit(identity === undefined ? built : identifyEvent(built, identity));
    } catch (cause) {
      const outcome = rejected('builder_failed', { error: builderFailed(builder.name, cause) });
      this.#count(outcome);
      return outcome;
    }
  }

  /** From now on every event is rejected. */
  close(): void {
    this.#isClosed = true;
  }

  #enqueue(event: StampableEvent): EmissionOutcome {
    const serialised = this.#serialise(event);
    if (isAuditError(serialised)) return rejected('not_serialisable', { error: serialised });
    const { eventId, bytes } = serialised;
    if (bytes > eventBytesMax) return rejected('too_large', { eventId });
    if (!this.#options.queue.append(serialised)) return rejected('queue_full', { eventId });
    return { status: 'accepted', eventId };
  }

  // Counted when the outcome is known: a toJSON method of the event may read the metrics in between.
  #count(outcome: EmissionOutcome): void {
    this.#options.counters.emitted += 1;
    if (outcome.status === 'rejected') this.#options.counters.rejected += 1;
    else this.#options.onAccepted();
  }
}

function rejected(
  reason: RejectionReason,
  details: { readonly eventId?: string; readonly error?: AuditError } = {},
): EmissionOutcome {
  return { status: 'rejected', reason, ...details };
}

function builderFailed(name: string, cause: unknown): AuditError {
  return new AuditError(`builder ${name} failed on its input: ${describeThrown(cause)}`, {
    code: 'builder_failed',
    cause,
  });
}
