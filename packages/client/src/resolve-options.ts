import { AuditError, describeReceived } from '@audit/schema';
import type { DeliveryOptions, Durability, SpoolOptions } from './client-options.ts';
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
  batchEventsMax: { initial: 500, min: 1, max: Number.MAX_SAFE_INTEGER },
  batchBytesMax: { initial: 1_048_576, min: 1, max: Number.MAX_SAFE_INTEGER },
  lingerMs: { initial: 200, min: 0, max: delayMsMax },
  requestTimeoutMs: { initial: 10_000, min: 1, max: delayMsMax },
  backoffMinMs: { initial: 500, min: 1, max: delayMsMax },
  backoffMaxMs: { initial: 60_000, min: 1, max: delayMsMax },
  closeTimeoutMs: { initial: 10_000, min: 0, max: delayMsMax },
} satisfies Record<NumberOption, NumberRule>;

/**
 * Fills in the defaults of the numeric options.
 * @throws {AuditError} `invalid_configuration` when a value cannot work
 */
export function resolveNumbers(options: DeliveryOptions): DeliveryNumbers {
  const numbers = {
    batchEventsMax: resolveNumber(options, 'batchEventsMax'),
    batchBytesMax: resolveNumber(options, 'batchBytesMax'),
    lingerMs: resolveNumber(options, 'lingerMs'),
    requestTimeoutMs: resolveNumber(options, 'requestTimeoutMs'),
    backoffMinMs: resolveNumber(options, 'backoffMinMs'),
    backoffMaxMs: resolveNumber(options, 'backoffMaxMs'),
    closeTimeoutMs: resolveNumber(options, 'closeTimeoutMs'),
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

const durabilities: ReadonlySet<unknown> = new Set<Durability>(['process', 'disk', 'memory']);
const quotaBytesOnDisk = 536_870_912;
const quotaBytesInMemory = 67_108_864;

/** The options of the spool, with their defaults; the default root depends on the server. */
export interface SpoolChoice {
  readonly durability: Durability;
  readonly quotaBytes: number;
}

/**
 * Fills in the defaults of the options of the spool.
 * @throws {AuditError} `invalid_configuration` when a value cannot work
 */
export function resolveSpoolChoice(options: Omit<SpoolOptions, 'spool'>): SpoolChoice {
  const { durability = 'process', spoolQuotaBytes, spoolRoot } = options;
  if (!durabilities.has(durability))
    throw invalidOption('durability', "'process', 'disk' or 'memory'", durability);
  if (spoolRoot !== undefined && (typeof spoolRoot !== 'string' || spoolRoot === ''))
    throw invalidOption('spoolRoot', 'the path of a directory', spoolRoot);
  const initial = durability === 'memory' ? quotaBytesInMemory : quotaBytesOnDisk;
  const rule = { initial, min: 1, max: Number.MAX_SAFE_INTEGER };
  return { durability, quotaBytes: checkNumber('spoolQuotaBytes', spoolQuotaBytes, rule) };
}

function resolveNumber(options: DeliveryOptions, name: NumberOption): number {
  return checkNumber(name, options[name], rules[name]);
}

function checkNumber(name: string, given: number | undefined, { initial, min, max }: NumberRule): number {
  const value = given ?? initial;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw invalidOption(name, `an integer from ${min} to ${max}`, value);
}

function invalidOption(name: string, expected: string, received: unknown): AuditError {
  return new AuditError(
    `audit client: option ${name}: expected ${expected}, received ${describeReceived(received)}`,
    { code: 'invalid_configuration' },
  );
}
