import type { OutcomeStatus, Stage } from '@audit/trail';
import type { IconName } from '../../../controls/icon.tsx';

/** How something went, for colour and drawing; a word says it too. */
export type Tone = 'success' | 'failure' | 'pending' | 'quiet';

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

/** The drawing of each tone. */
export const toneIcons = {
  success: 'success',
  failure: 'failure',
  pending: 'pending',
  quiet: 'empty',
} as const satisfies Record<Tone, IconName>;
