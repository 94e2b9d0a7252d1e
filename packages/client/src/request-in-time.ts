import { AuditError } from '@audit/schema';
import type { Clock } from './clock.ts';

/** How long a request may take. */
export interface RequestTime {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Aborted when the time is over; the caller aborts it to give up earlier. */
  readonly controller: AbortController;
}

/** Makes one request; rejects when no answer comes in time, even if the transport ignores the signal. */
export async function requestInTime<Answer>(
  time: RequestTime,
  request: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const { clock, timeoutMs, controller } = time;
  const timer = clock.setTimeout(() => controller.abort(timeoutError(timeoutMs)), timeoutMs);
  timer.unref();
  try {
    return await Promise.race([request(controller.signal), rejectOnAbort(controller.signal)]);
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
