import { describeReceived, onlyKnown, type PayloadOf, shortenText } from '@audit/schema';

/** Why one attempt to deliver failed. */
export interface DeliveryFailure {
  /** What was thrown, as it is; null or undefined when nothing was. */
  readonly error: unknown;
  /** Whether another attempt can succeed, which the channel knows: a busy server is one, a deleted channel is not. */
  readonly retryPossible: boolean;
}

/** What a payload says about a failed attempt. */
export type FailureMembers = Pick<PayloadOf<'notification.message.failed'>, 'error_type' | 'error'>;

/** Tells how an attempt failed: for now or for good, and in words. */
export function failureMembers({ error, retryPossible }: DeliveryFailure): FailureMembers {
  return {
    error_type: retryPossible ? 'transient' : 'permanent',
    ...onlyKnown({ error: errorText(error) }),
  };
}

const errorCharsMax = 16_384;
// Causes can form a circle.
const layersMax = 8;

function errorText(error: unknown): string | undefined {
  if (error === undefined || error === null) return undefined;
  const text = [...new Set(textsOf(error, layersMax))].join(': ');
  return shortenText(text || describeReceived(error), errorCharsMax);
}

// The reason is often in the cause: fetch says no more than that it failed.
function textsOf(thrown: unknown, layersLeft: number): string[] {
  if (isText(thrown)) return [thrown];
  if (typeof thrown !== 'object' || thrown === null || layersLeft === 0) return [];
  const { message, name, cause }: { message?: unknown; name?: unknown; cause?: unknown } = thrown;
  const text = [message, name].find(isText);
  return [...(text === undefined ? [] : [text]), ...textsOf(cause, layersLeft - 1)];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
