import type { EventOutcome } from '@audit/schema';
import type { OutcomeStatus } from '@audit/trail';

/** How the state of a remediation is shown. */
export const remediationOutcomes: Readonly<
  Record<OutcomeStatus, { readonly outcome: EventOutcome; readonly words: string }>
> = {
  succeeded: { outcome: 'success', words: 'succeeded' },
  failed: { outcome: 'failure', words: 'failed' },
  rejected: { outcome: 'failure', words: 'refused' },
  timed_out: { outcome: 'failure', words: 'timed out' },
  blocked: { outcome: 'pending', words: 'held back' },
  running: { outcome: 'pending', words: 'running' },
  unknown: { outcome: 'pending', words: 'open' },
};
