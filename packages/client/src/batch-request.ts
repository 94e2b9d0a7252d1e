import { AuditError } from '@audit/schema';
import type { Clock } from './clock.ts';
import type { AuditTransport, TransportAnswer, TransportBatch } from './transport.ts';

/** What a request needs. */
export interface BatchRequestOptions {
  readonly transport: AuditTransport;
  readonly batch: TransportBatch;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Aborted when the time is over; the caller aborts it to give up earlier. */
  readonly controller: AbortController;
}

/** Makes one attempt to send a batch; rejects when no answer comes in time, even if the transport ignores the signal. */
export async function requestBatch(options: BatchRequestOptions): Promise<TransportAnswer> {
  const { transport, batch, clock, timeoutMs, controller } = options;
  const timer = clock.setTimeout(() => controller.abort(timeoutError(timeoutMs)), timeoutMs);
  timer.unref();
  try {
    return await Promise.race([transport.send(batch, controller.signal), rejectOnAbort(controller.signal)]);
  } finally {
    clock.clearTimeout(timer);
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function timeoutError(timeoutMs: number): AuditError {
  return new AuditError(`the server did not answer within ${timeoutMs} ms`, {
    code: 'delivery_failed',
    retryable: true,
  });
}
