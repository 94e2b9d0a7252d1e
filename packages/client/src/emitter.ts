import { AuditError, isAuditError, isEventSkip } from '@audit/schema';
import type { AppendOutcome, AppendRefusal, Spool, SpoolInput } from '@audit/spool';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import { describeThrown } from './describe-thrown.ts';
import type { EmissionOutcome, RejectionReason } from './emission.ts';
import { type EmissionIdentity, identifyEvent } from './emission-identity.ts';
import type { EventBuilder } from './event-builder.ts';
import { createEventSerialiser, type EventSerialiser, type StampableEvent } from './serialise-event.ts';
import type { TraceSpan } from './trace-stamps.ts';

/** What an emitter needs. */
export interface EmitterOptions {
  readonly spool: Spool;
  readonly clock: Clock;
  readonly counters: Counters;
  /** Gives the span in which an event happens; default none. */
  readonly activeSpan?: (() => TraceSpan | undefined) | undefined;
  /** Called when the spool has got an event. */
  readonly onAccepted: () => void;
}

/** Turns events into spool entries. Synchronous, and never throws: whatever happens is an outcome, and is counted. */
export class Emitter {
  readonly #options: EmitterOptions;
  readonly #serialise: EventSerialiser;
  #isClosed = false;

  constructor(options: EmitterOptions) {
    this.#options = options;
    this.#serialise = createEventSerialiser(options.clock, options.activeSpan);
  }

  emit(event: StampableEvent): EmissionOutcome {
    const outcome = this.#isClosed ? rejected('closed') : this.#spool(event);
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

  #spool(event: StampableEvent): EmissionOutcome {
    const input = this.#serialise(event);
    if (isAuditError(input)) return rejected('not_serialisable', { error: input });
    const eventId = input.key;
    const appended = this.#append(input);
    if (appended.status === 'appended') return { status: 'accepted', eventId };
    const { reason, error } = appended;
    return rejected(refusalReasons[reason], error === undefined ? { eventId } : { eventId, error });
  }

  #append(input: SpoolInput): AppendOutcome {
    try {
      return this.#options.spool.append(input);
    } catch (cause) {
      // A spool of the user may throw although it must not; `emit` never does.
      return { status: 'refused', reason: 'io_error', error: appendThrew(cause) };
    }
  }

  // Counted when the outcome is known: a toJSON method of the event may read the metrics in between.
  #count(outcome: EmissionOutcome): void {
    if (outcome.status === 'rejected') {
      this.#options.counters.reject();
      return;
    }
    this.#options.counters.accept();
    this.#options.onAccepted();
  }
}

const refusalReasons: Readonly<Record<AppendRefusal, RejectionReason>> = {
  quota: 'queue_full',
  too_large: 'too_large',
  disk_full: 'disk_full',
  io_error: 'spool_failed',
  closed: 'closed',
};

function rejected(
  reason: RejectionReason,
  details: { readonly eventId?: string; readonly error?: AuditError } = {},
): EmissionOutcome {
  return { status: 'rejected', reason, ...details };
}

function appendThrew(cause: unknown): AuditError {
  return new AuditError(`the spool threw on append: ${describeThrown(cause)}`, {
    code: 'spool_failed',
    cause,
  });
}

function builderFailed(name: string, cause: unknown): AuditError {
  return new AuditError(`builder ${name} failed on its input: ${describeThrown(cause)}`, {
    code: 'builder_failed',
    cause,
  });
}
