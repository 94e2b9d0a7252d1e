import type { AuditError } from '@audit/schema';
import type { Spool } from '@audit/spool';
import { backoffMs } from './backoff.ts';
import type { AttemptFailure, BatchSender } from './batch-sender.ts';
import type { ClientState } from './client-state.ts';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import { DeliveryWaits } from './delivery-waits.ts';
import { WakeTimer } from './wake-timer.ts';

/** What the loop needs. */
export interface DeliveryLoopOptions {
  readonly spool: Spool;
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
  #running: Promise<void> = Promise.resolve();
  /** Failed attempts in a row. */
  #failures = 0;
  /** Until then, by the monotonic clock, the server asked to be left alone. */
  #pausedUntilMs = Number.NEGATIVE_INFINITY;

  constructor(options: DeliveryLoopOptions) {
    this.#options = options;
    this.#timer = new WakeTimer(options.clock, () => this.#start());
  }

  get state(): ClientState {
    return this.#state;
  }

  /** Plans the next batch; call it when the spool has got an event. Never sends at once: `emit` must not wait. */
  schedule(): void {
    if (this.#isSending || this.#failures > 0 || this.#state === 'closed') return;
    if (this.#options.sender.isReady) this.#timer.start(0);
    else if (!this.#timer.isStarted) this.#timer.start(this.#options.lingerMs);
  }

  /** Sends what waits now; resolves with false when an attempt fails before all of it has left the spool. */
  flush(): Promise<boolean> {
    return this.#send({ endsOnFailure: true });
  }

  /**
   * Delivers, retries included, until the spool is empty or the time is over; then stops for good. When it resolves,
   * nothing uses the spool any more.
   */
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
    await this.#running;
  }

  #send({ endsOnFailure }: { readonly endsOnFailure: boolean }): Promise<boolean> {
    const { clock, spool } = this.#options;
    const { entries, nextSequence } = spool.statistics();
    if (entries === 0) return Promise.resolve(true);
    const wait = this.#waits.add({ untilSequence: nextSequence, endsOnFailure });
    if (this.#state === 'closed') this.#waits.endAll();
    else if (clock.monotonicMs() < this.#pausedUntilMs) this.#waits.endFailed();
    else if (!this.#isSending) this.#start();
    return wait;
  }

  #start(): void {
    this.#running = this.#run();
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
    const { counters, spool, sender } = this.#options;
    if (this.#failures > 0) counters.retries += 1;
    else this.#setState('delivering');
    const failure = await sender.sendNext();
    this.#waits.endDelivered(spool.statistics().firstSequence);
    if (failure === undefined) this.#failures = 0;
    return failure;
  }

  #isDue(): boolean {
    const { spool, sender } = this.#options;
    if (this.#state === 'closed' || spool.statistics().entries === 0) return false;
    return sender.isReady || !this.#waits.isEmpty;
  }

  #rest(): void {
    this.#setState('idle');
    if (this.#options.spool.statistics().entries > 0) this.schedule();
  }

  #backOff({ state, pauseMs, error }: AttemptFailure): void {
    if (this.#state === 'closed') return;
    const { backoffMinMs, backoffMaxMs, clock, random } = this.#options;
    this.#failures += 1;
    this.#pausedUntilMs = clock.monotonicMs() + pauseMs;
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
