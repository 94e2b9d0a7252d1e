import type { OutcomeStatus, Stage } from '@audit/trail';
import type { Tone } from '../../../controls/tone-badge.tsx';

/** How each outcome of a remediation is shown. */
export const outcomeTones = {
  succeeded: 'success',
  failed: 'failure',
  timed_out: 'failure',
  rejected: 'pending',
  blocked: 'pending',
  running: 'pending',
  unknown: 'quiet',
} as const satisfies Record<OutcomeStatus, Tone>;

/** How each state of a stage is shown. */
export const stageTones = {
  done: 'success',
  failed: 'failure',
  open: 'pending',
  absent: 'quiet',
} as const satisfies Record<Stage['state'], Tone>;
