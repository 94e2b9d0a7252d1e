import { type EventSkip, skipEvent } from '@audit/schema';
import type { NotificationRequest } from './notification-request.ts';

/** A write of a notification's status. */
export interface PhaseChange {
  /** The notification as the write returned it, with its phase after it. */
  readonly notification: NotificationRequest;
  /** Phase before the write; undefined or empty before the first. */
  readonly previousPhase: string | undefined;
}

/** Says why there is nothing to record, unless the write moved the notification into the phase. */
export function skipUnlessMovedInto(phase: 'Sent' | 'Failed', change: PhaseChange): EventSkip | undefined {
  const currentPhase = change.notification.status?.phase || 'not set';
  if (currentPhase !== phase) return skipEvent(`the phase is ${currentPhase}, not ${phase}`);
  return change.previousPhase === phase
    ? skipEvent(`the phase was ${phase} already: the move into it is recorded once`)
    : undefined;
}
