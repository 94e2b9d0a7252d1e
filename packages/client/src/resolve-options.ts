import { AuditError, describeReceived } from '@audit/schema';
import type { DeliveryOptions } from './client-options.ts';
import { delayMsMax } from './clock.ts';

/** The numbers among the options, none missing. */
export type DeliveryNumbers = Readonly<Record<NumberOption, number>>;

type NumberOption = Extract<keyof DeliveryOptions, `${string}Max` | `${string}Ms`>;

interface NumberRule {
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

const rules = {
  queueEventsMax: { initial: 30_000, min: 1, max: Number.MAX_SAFE_INTEGER },
  queueBytesMax: { initial: 67_108_864, min: 1, max: Number.MAX_SAFE_INTEGER },
  batchEventsMax: { initial: 500, min: 1, max: Number.MAX_SAFE_INTEGER },
  batchBytesMax: { initial: 1_048_576, min: 1, max: Number.MAX_SAFE_INTEGER },
  lingerMs: { initial: 200, min: 0, max: delayMsMax },
  requestTimeoutMs: { initial: 10_000, min: 1, max: delayMsMax },
  backoffMinMs: { initial: 500, min: 1, max: delayMsMax },
  backoffMaxMs: { initial: 60_000, min: 1, max: delayMsMax },
  closeTimeoutMs: { initial: 10_000, min: 0, max: delayMsMax },
  deadEventsMax: { initial: 1_000, min: 0, max: Number.MAX_SAFE_INTEGER },
} satisfies Record<NumberOption, NumberRule>;

/**
 * Fills in the defaults of the numeric options.
 * @throws {AuditError} `invalid_configuration` when a value cannot work
 */
export function resolveNumbers(options: DeliveryOptions): DeliveryNumbers {
  const numbers = {
    queueEventsMax: resolveNumber(options, 'queueEventsMax'),
    queueBytesMax: resolveNumber(options, 'queueBytesMax'),
    batchEventsMax: resolveNumber(options, 'batchEventsMax'),
    batchBytesMax: resolveNumber(options, 'batchBytesMax'),
    lingerMs: resolveNumber(options, 'lingerMs'),
    requestTimeoutMs: resolveNumber(options, 'requestTimeoutMs'),
    backoffMinMs: resolveNumber(options, 'backoffMinMs'),
    backoffMaxMs: resolveNumber(options, 'backoffMaxMs'),
    closeTimeoutMs: resolveNumber(options, 'closeTimeoutMs'),
    deadEventsMax: resolveNumber(options, 'deadEventsMax'),
  };
  if (numbers.backoffMaxMs < numbers.backoffMinMs) {
    throw invalidOption(
      'backoffMaxMs',
      `at least backoffMinMs, ${numbers.backoffMinMs}`,
      numbers.backoffMaxMs,
    );
  }
  return numbers;
}

function resolveNumber(options: DeliveryOptions, name: NumberOption): number {
  const { initial, min, max }: NumberRule = rules[name];
  const value = options[name] ?? initial;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw invalidOption(name, `an integer from ${min} to ${max}`, value);
}

function invalidOption(name: NumberOption, expected: string, received: unknown): AuditError {
  return new AuditError(
    `audit client: option ${name}: expected ${expected}, received ${describeReceived(received)}`,
    { code: 'invalid_configuration' },
  );
}
