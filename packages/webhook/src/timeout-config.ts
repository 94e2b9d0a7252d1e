import { onlyKnown, type PayloadOf } from '@audit/schema';
import type { RemediationRequest, TimeoutConfig } from './kubernetes-objects.ts';

type Payload = PayloadOf<'webhook.remediationrequest.timeout_modified'>;

/** What a payload says about time limits. */
export type TimeoutMembers = Pick<Payload, 'old_timeout_config' | 'new_timeout_config'>;

/** Tells the time limits before and after, as they are written; limits that do not exist are absent. */
export function timeoutMembers(previous: RemediationRequest, current: RemediationRequest): TimeoutMembers {
  return onlyKnown({
    old_timeout_config: limitsOf(previous),
    new_timeout_config: limitsOf(current),
  });
}

/** Tells whether any limit changed its length, and not only its spelling, or whether all came or went. */
export function timeoutsDiffer(previous: RemediationRequest, current: RemediationRequest): boolean {
  const [before, after] = [limitsOf(previous), limitsOf(current)];
  if (before === undefined || after === undefined) return before !== after;
  return limitNames.some((name) => lengthOf(before[name]) !== lengthOf(after[name]));
}

const limitNames = [
  'global',
  'processing',
  'analyzing',
  'executing',
] as const satisfies (keyof TimeoutConfig)[];

function limitsOf({ status }: RemediationRequest): Payload['old_timeout_config'] {
  if (!status?.timeoutConfig) return undefined;
  const { global, processing, analyzing, executing } = status.timeoutConfig;
  return onlyKnown({ global, processing, analyzing, executing });
}

// The units of Go's time.ParseDuration in nanoseconds; micro has two code points in Unicode.
const unitNs: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['\u00b5s', 1e3],
  ['\u03bcs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);

const goDuration = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;

// Text that is no duration of Go's is compared as it is.
function lengthOf(text: string | undefined): number | string | undefined {
  if (text === undefined || !goDuration.test(text)) return text;
  let lengthNs = 0;
  for (const [, amount, unit = ''] of text.matchAll(/([\d.]+)([a-z\u00b5\u03bc]+)/g)) {
    lengthNs += Number(amount) * (unitNs.get(unit) ?? 0);
  }
  return Math.round(lengthNs) * (text.startsWith('-') ? -1 : 1);
}
