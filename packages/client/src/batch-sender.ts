import type { AuditError } from '@audit/schema';
import type { Spool, SpoolEntry } from '@audit/spool';
import { toBatch } from './batch-body.ts';
import type { BatchLimits } from './batch-limits.ts';
import { BatchPlan } from './batch-plan.ts';
import type { Burials } from './burials.ts';
import type { FailureState } from './client-state.ts';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import { deliveryFailure, spoolFailure } from './delivery-failure.ts';
import { type Refusal, type ResponseAction, responseAction } from './response-action.ts';
import { retryAfterMs } from './retry-after.ts';
import type { ServerRequests } from './server-requests.ts';
import type { TransportBatch } from './transport.ts';

/** What a sender needs. */
export interface BatchSenderOptions {
  readonly spool: Spool;
  readonly requests: ServerRequests;
  readonly burials: Burials;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly limits: BatchLimits;
}

/** Why nothing was delivered, and how long the server asks to be left alone. */
export interface AttemptFailure {
  readonly state: FailureState;
  readonly pauseMs: number;
  readonly error: AuditError;
}

/** Sends the front of the spool and carries out what the answer means. Decides nothing about time. */
export class BatchSender {
  readonly #options: BatchSenderOptions;
  readonly #plan: BatchPlan;

  constructor(options: BatchSenderOptions) {
    this.#options = options;
    this.#plan = new BatchPlan(options.limits);
  }

  /** Whether the next batch would gain nothing by waiting: it is full, or a part of a refused one. */
  get isReady(): boolean {
    const { counters, limits, spool } = this.#options;
    const { entriesMax, bytesMax } = limits.current;
    return this.#plan.isDivided || counters.spooled >= entriesMax || spool.statistics().bytes >= bytesMax;
  }

  /** Sends one batch; returns why it has to be sent again, or undefined when its answer moved the queue on. */
  async sendNext(): Promise<AttemptFailure | undefined> {
    try {
      await this.#refreshLimits();
      const { entries, failure } = await this.#look();
      return entries.length === 0 ? failure : await this.#send(entries);
    } catch (cause) {
      return diskFailure(spoolFailure(cause));
    }
  }

  /** Gives up the request under way; its events stay in the spool. */
  abort(): void {
    this.#options.requests.abort();
  }

  async #refreshLimits(): Promise<void> {
    const { clock, limits, requests } = this.#options;
    if (!limits.isAskDue(clock.monotonicMs())) return;
    const said = await requests.limits();
    if (said === 'unanswered') limits.miss(clock.monotonicMs());
    else limits.advertise(said, clock.monotonicMs());
  }

  /** Reads the next batch past the entries whose dead letters the disk does not take, and tries those again. */
  async #look(): Promise<Look> {
    const { burials, counters, spool } = this.#options;
    const { entriesMax, bytesMax } = this.#plan.next();
    const { unburied } = burials;
    const { nextSequence } = spool.statistics();
    const found = await spool.peek({
      entriesMax: entriesMax + unburied.entries,
      bytesMax: bytesMax + unburied.bytes,
    });
    const statistics = spool.statistics();
    counters.settle(statistics);
    // Damage can take all that waited; what still waits and is not returned would be asked for without end.
    if (found.length === 0 && statistics.firstSequence < nextSequence)
      throw new Error('it returns no entry that waits');
    const [refused, entries] = partition(found, (entry) => burials.isUnburied(entry));
    const error = await burials.retry(refused);
    const failure = error && diskFailure(error);
    return { entries: entries.slice(0, entriesMax), failure };
  }

  async #send(entries: readonly SpoolEntry[]): Promise<AttemptFailure | undefined> {
    const batch = toBatch(entries);
    const reply = await this.#options.requests.send(batch);
    const action = responseAction(reply.answer, batch.eventIds);
    if (action.kind !== 'retry') return this.#carryOut(action, entries, batch);
    return {
      state: action.state,
      pauseMs: retryAfterMs(reply.answer?.retryAfter, this.#options.clock.now()),
      error: deliveryFailure(action.state, reply),
    };
  }

  async #carryOut(
    action: Exclude<ResponseAction, { kind: 'retry' }>,
    entries: readonly SpoolEntry[],
    { body }: TransportBatch,
  ): Promise<AttemptFailure | undefined> {
    const { clock, counters, limits, spool } = this.#options;
    switch (action.kind) {
      case 'acknowledge':
        spool.acknowledge(entries);
        counters.acknowledge(entries.length);
        this.#plan.settle(entries.length);
        return undefined;
      case 'bury':
        return this.#bury(action.refusals, entries);
      case 'bisect':
        this.#plan.divide(entries.length);
        return undefined;
      case 'shrink':
        limits.learn(
          { limit: action.limit, events: entries.length, bytes: body.length },
          clock.monotonicMs(),
        );
        this.#plan.divide(entries.length);
        return undefined;
    }
  }

  async #bury(
    refusals: readonly Refusal[],
    entries: readonly SpoolEntry[],
  ): Promise<AttemptFailure | undefined> {
    const { burials } = this.#options;
    let failure: AttemptFailure | undefined;
    for (const { index, ...cause } of refusals) {
      const entry = entries[index];
      if (entry === undefined) continue;
      const error = await burials.bury(entry, cause);
      if (error !== undefined) failure = diskFailure(error);
      if (error === undefined || burials.isUnburied(entry)) this.#plan.settle(1);
    }
    return failure;
  }
}

interface Look {
  /** What can be sent. */
  readonly entries: readonly SpoolEntry[];
  /** Why something else could not be buried. */
  readonly failure: AttemptFailure | undefined;
}

function diskFailure(error: AuditError): AttemptFailure {
  return { state: 'backing_off', pauseMs: 0, error };
}

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
