import { isTokenRefusal } from './bearer-token.ts';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import { requestInTime } from './request-in-time.ts';
import type { AuditTransport, ServerLimits, TransportAnswer, TransportBatch } from './transport.ts';

/** What the requests of a client need. */
export interface ServerRequestsOptions {
  readonly transport: AuditTransport;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly timeoutMs: number;
}

/** What came of sending a batch: an answer, or why there is none. */
export type Reply =
  | { readonly answer: TransportAnswer; readonly cause?: undefined }
  | { readonly answer?: undefined; readonly cause: unknown };

// Delivery waits for the limits, which are worth little: the options and the refusals limit as well.
const limitsTimeoutMsMax = 2_000;

/** Makes the requests of a client, one at a time. Never rejects. */
export class ServerRequests {
  readonly #options: ServerRequestsOptions;
  #controller: AbortController | undefined;
  #isAborted = false;
  #isTokenRefused = false;

  constructor(options: ServerRequestsOptions) {
    this.#options = options;
  }

  /** Sends a batch; at once a second time when its token is refused and the transport gets a new one. */
  async send(batch: TransportBatch): Promise<Reply> {
    const reply = await this.#attempt(batch);
    const isFirstRefusal = this.#noteToken(reply);
    if (!isFirstRefusal || this.#options.transport.refreshesToken !== true) return reply;
    this.#options.counters.retries += 1;
    const second = await this.#attempt(batch);
    this.#noteToken(second);
    return second;
  }

  /** Asks for the server's limits: undefined when it does not say, `unanswered` when no answer came. */
  async limits(): Promise<ServerLimits | 'unanswered' | undefined> {
    const { transport, timeoutMs } = this.#options;
    if (transport.limits === undefined) return undefined;
    try {
      return await this.#request(Math.min(timeoutMs, limitsTimeoutMsMax), async (signal) =>
        transport.limits?.(signal),
      );
    } catch {
      // The batch that follows meets the same fault, and reports it.
      return 'unanswered';
    }
  }

  /** Gives up the request under way and makes no other; what it carried stays in the spool. */
  abort(): void {
    this.#isAborted = true;
    this.#controller?.abort();
  }

  async #attempt(batch: TransportBatch): Promise<Reply> {
    const { transport, counters, timeoutMs } = this.#options;
    try {
      const answer = await this.#request(timeoutMs, (signal) => {
        counters.requests += 1;
        return transport.send(batch, signal);
      });
      return { answer };
    } catch (cause) {
      return { cause };
    }
  }

  async #request<Answer>(
    timeoutMs: number,
    request: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const controller = new AbortController();
    if (this.#isAborted) controller.abort();
    controller.signal.throwIfAborted();
    this.#controller = controller;
    return requestInTime({ clock: this.#options.clock, timeoutMs, controller }, request);
  }

  // The first refusal in a row may be an expired token; the second one says that the new token is no better.
  #noteToken({ answer }: Reply): boolean {
    if (answer === undefined) return false;
    const wasRefused = this.#isTokenRefused;
    this.#isTokenRefused = isTokenRefusal(answer.status);
    return this.#isTokenRefused && !wasRefused;
  }
}
