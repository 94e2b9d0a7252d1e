import type { AuditError } from '@audit/schema';
import { BatchPlan } from './batch-plan.ts';
import { requestBatch } from './batch-request.ts';
import type { FailureState } from './client-state.ts';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import type { DeadEvent } from './dead-events.ts';
import { deliveryFailure } from './delivery-failure.ts';
import type { EventQueue, QueueEntry, QueueLimits } from './event-queue.ts';
import { type Refusal, type ResponseAction, responseAction } from './response-action.ts';
import { retryAfterMs } from './retry-after.ts';
import type { AuditTransport, TransportAnswer } from './transport.ts';

/** What a sender needs. */
export interface BatchSenderOptions {
  readonly queue: EventQueue;
  readonly transport: AuditTransport;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly limits: QueueLimits;
  readonly requestTimeoutMs: number;
  readonly onDead: (event: DeadEvent) => void;
}

/** Why nothing was delivered, and how long the server asks to be left alone. */
export interface AttemptFailure {
  readonly state: FailureState;
  readonly pauseMs: number;
  readonly error: AuditError;
}

/** Sends the front of the queue and carries out what the answer means. Decides nothing about time. */
export class BatchSender {
  readonly #options: BatchSenderOptions;
  readonly #plan: BatchPlan;
  #controller: AbortController | undefined;

  constructor(options: BatchSenderOptions) {
    this.#options = options;
    this.#plan = new BatchPlan(options.limits);
  }

  /** Whether the next batch would gain nothing by waiting: it is full, or a part of a refused one. */
  get isReady(): boolean {
    const { events, bytes } = this.#options.queue.statistics();
    const { eventsMax, bytesMax } = this.#plan.limits;
    return this.#plan.isDivided || events >= eventsMax || bytes >= bytesMax;
  }

  /** Sends one batch; returns why it has to be sent again, or undefined when its answer moved the queue on. */
  async sendNext(): Promise<AttemptFailure | undefined> {
    const entries = this.#options.queue.peek(this.#plan.next());
    const eventIds = entries.map((entry) => entry.eventId);
    const { answer, cause } = await this.#request(entries, eventIds);
    const action = responseAction(answer, eventIds);
    if (action.kind !== 'retry') {
      this.#carryOut(action, entries);
      return undefined;
    }
    return {
      state: action.state,
      pauseMs: retryAfterMs(answer?.retryAfter, this.#options.clock.now()),
      error: deliveryFailure(action.state, answer, cause),
    };
  }

  /** Gives up the request under way; its events stay queued. */
  abort(): void {
    this.#controller?.abort();
  }

  async #request(entries: readonly QueueEntry[], eventIds: readonly string[]): Promise<Reply> {
    const { transport, clock, counters, requestTimeoutMs } = this.#options;
    const batch = { body: `[${entries.map((entry) => entry.text).join(',')}]`, eventIds };
    const controller = new AbortController();
    this.#controller = controller;
    counters.requests += 1;
    try {
      const answer = await requestBatch({ transport, batch, clock, timeoutMs: requestTimeoutMs, controller });
      return { answer, cause: undefined };
    } catch (cause) {
      return { answer: undefined, cause };
    }
  }

  #carryOut(action: Exclude<ResponseAction, { kind: 'retry' }>, entries: readonly QueueEntry[]): void {
    switch (action.kind) {
      case 'acknowledge':
        this.#options.counters.acknowledged += entries.length;
        this.#remove(entries);
        break;
      case 'bury':
        this.#bury(action.refusals, entries);
        break;
      case 'bisect':
        this.#plan.divide(entries.length);
        break;
      case 'shrink':
        this.#plan.lower(action.limit, { events: entries.length, bytes: bytesOf(entries) });
        this.#plan.divide(entries.length);
        break;
    }
  }

  #bury(refusals: readonly Refusal[], entries: readonly QueueEntry[]): void {
    const { clock, counters, onDead } = this.#options;
    const at = new Date(clock.now()).toISOString();
    for (const { index, reason, detail } of refusals) {
      const entry = entries[index];
      if (entry === undefined) continue;
      this.#remove([entry]);
      counters.dead += 1;
      onDead({ eventId: entry.eventId, text: entry.text, reason, detail, at });
    }
  }

  #remove(entries: readonly QueueEntry[]): void {
    this.#options.queue.acknowledge(entries);
    this.#plan.settle(entries.length);
  }
}

interface Reply {
  readonly answer: TransportAnswer | undefined;
  readonly cause: unknown;
}

function bytesOf(entries: readonly QueueEntry[]): number {
  return entries.reduce((bytes, entry) => bytes + entry.bytes, 0);
}
