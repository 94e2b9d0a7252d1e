import { ApiFailure } from '../../api/api-failure.ts';
import { openTail, type TailOptions } from './open-tail.ts';
import type { TailMessage } from './tail-messages.ts';

/** How the page is connected to the stream. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** Lost; tried again at this time, in milliseconds since 1970. */
  | { readonly kind: 'waiting'; readonly retryAtMs: number }
  /** Refused in a way that trying again does not change. */
  | { readonly kind: 'refused'; readonly failure: ApiFailure };

/** Who is told what comes. */
export interface LogFollower {
  readonly onMessages: (messages: readonly TailMessage[]) => void;
  readonly onConnection: (connection: Connection) => void;
}

/** Delay of each further try, in milliseconds; the last one stays. */
const delaysMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/**
 * Follows the log from a position on, over as many connections as it takes: each goes on where the one before ended. Ends when the
 * signal is aborted or the server refuses; never rejects.
 */
export async function followLog(options: TailOptions, follower: LogFollower): Promise<void> {
  let { position } = options;
  let failures = 0;
  while (!options.signal.aborted) {
    follower.onConnection({ kind: 'connecting' });
    try {
      for await (const messages of openTail({ ...options, position })) {
        if (options.signal.aborted) return;
        failures = 0;
        position = positionAfter(messages, position);
        follower.onMessages(messages);
        follower.onConnection({ kind: 'live' });
      }
    } catch (error) {
      if (options.signal.aborted) return;
      if (error instanceof ApiFailure && !error.isPassing) {
        return follower.onConnection({ kind: 'refused', failure: error });
      }
    }
    const delayMs = delayOf(failures);
    failures += 1;
    follower.onConnection({ kind: 'waiting', retryAtMs: Date.now() + delayMs });
    await pause(delayMs, options.signal);
  }
}

/** Where the log was searched to, after some messages. */
export function positionAfter(messages: readonly TailMessage[], before: string): string {
  return messages.findLast((message) => message.kind === 'position')?.position ?? before;
}

function delayOf(failures: number): number {
  const delayMs = delaysMs[Math.min(failures, delaysMs.length - 1)] ?? 0;
  // Pages that lost the same server do not come back at the same instant.
  return delayMs * (0.75 + Math.random() / 4);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
