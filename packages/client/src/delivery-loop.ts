import type { AuditError } from '@audit/schema';
import { backoffMs } from './backoff.ts';
import type { AttemptFailure, BatchSender } from './batch-sender.ts';
import type { ClientState } from './client-state.ts';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import { DeliveryWaits } from './delivery-waits.ts';
import type { EventQueue } from './event-queue.ts';
import { WakeTimer } from './wake-timer.ts';

/** What the loop needs. */
export interface DeliveryLoopOptions {
  readonly queue: EventQueue;
  readonly sender: BatchSender;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly random: () => number;
  readonly lingerMs: number;
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
  readonly onStateChange: (state: ClientState, failure?: AuditError) => void;
}

/** Decides when a batch is sent. The only owner of retries: at most one request is under way or planned. */
export class DeliveryLoop {
  readonly #options: DeliveryLoopOptions;
  readonly #timer: WakeTimer;
  readonly #waits = new DeliveryWaits();
  #state: ClientState = 'idle';
  #isSending = false;
  /** Failed attempts in a row. */
  #failures = 0;
  /** Until then the server asked to be left alone. */
  #pausedUntilMs = 0;

  constructor(options: DeliveryLoopOptions) {
    this.#options = options;
    this.#timer = new WakeTimer(options.clock, () => void this.#run());
  }

  get state(): ClientState {
    return this.#state;
  }

  /** Plans the next batch; call it when the queue has got an event. Never sends at once: `emit` must not wait. */
  schedule(): void {
    if (this.#isSending || this.#failures > 0 || this.#state === 'closed') return;
    this.#timer.start(this.#options.sender.isReady ? 0 : this.#options.lingerMs);
  }

  /** Sends what waits now; resolves with false when an attempt fails before all of it has left the queue. */
  flush(): Promise<boolean> {
    return this.#send({ endsOnFailure: true });
  }

  /** Delivers, retries included, until the queue is empty or the time is over; then stops for good. */
  async drain(timeoutMs: number): Promise<void> {
    const { clock } = this.#options;
    await new Promise<void>((resolve) => {
      // Not unref'd: somebody awaits the end, and Node would exit with that wait unsettled.
      const deadline = clock.setTimeout(resolve, timeoutMs);
      this.#send({ endsOnFailure: false }).then(() => {
        clock.clearTimeout(deadline);
        resolve();
      });
    });
    this.#stop();
  }

  #send({ endsOnFailure }: { readonly endsOnFailure: boolean }): Promise<boolean> {
    const { clock, queue } = this.#options;
    const { events, nextSequence } = queue.statistics();
    if (events === 0) return Promise.resolve(true);
    const wait = this.#waits.add({ untilSequence: nextSequence, endsOnFailure });
    if (this.#state === 'closed') this.#waits.endAll();
    else if (clock.now() < this.#pausedUntilMs) this.#waits.endFailed();
    else if (!this.#isSending) void this.#run();
    return wait;
  }

  async #run(): Promise<void> {
    this.#timer.clear();
    this.#isSending = true;
    let failure: AttemptFailure | undefined;
    do failure = await this.#attempt();
    while (failure === undefined && this.#isDue());
    this.#isSending = false;
    if (failure === undefined) this.#rest();
    else this.#backOff(failure);
  }

  async #attempt(): Promise<AttemptFailure | undefined> {
    const { counters, queue, sender } = this.#options;
    if (this.#failures > 0) counters.retries += 1;
    else this.#setState('delivering');
    const failure = await sender.sendNext();
    if (failure !== undefined) return failure;
    this.#failures = 0;
    this.#waits.endDelivered(queue.statistics().firstSequence);
    return undefined;
  }

  #isDue(): boolean {
    const { queue, sender } = this.#options;
    if (this.#state === 'closed' || queue.statistics().events === 0) return false;
    return sender.isReady || !this.#waits.isEmpty;
  }

  #rest(): void {
    this.#setState('idle');
    if (this.#options.queue.statistics().events > 0) this.schedule();
  }

  #backOff({ state, pauseMs, error }: AttemptFailure): void {
    if (this.#state === 'closed') return;
    const { backoffMinMs, backoffMaxMs, clock, random } = this.#options;
    this.#failures += 1;
    this.#pausedUntilMs = clock.now() + pauseMs;
    const waitMs = backoffMs({ failures: this.#failures, minMs: backoffMinMs, maxMs: backoffMaxMs, random });
    this.#timer.start(Math.max(waitMs, pauseMs));
    this.#setState(state, error);
    this.#waits.endFailed();
  }

  #stop(): void {
    this.#timer.clear();
    this.#setState('closed');
    this.#options.sender.abort();
    this.#waits.endAll();
  }

  #setState(state: ClientState, failure?: AuditError): void {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    this.#options.onStateChange(state, failure);
  }
}
