import { onlyKnown, type PayloadOf, parseGoDuration } from '@audit/schema';
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

// Text that is no duration of Go's is compared as it is.
function lengthOf(text: string | undefined): number | string | undefined {
  return text === undefined ? undefined : (parseGoDuration(text) ?? text);
}
