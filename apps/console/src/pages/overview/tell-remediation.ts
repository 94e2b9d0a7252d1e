import { type OutcomeStatus, readTrail, type TrailEvent, type TrailSubject } from '@audit/trail';

/** A remediation in one line. */
export interface Remediation {
  readonly correlationId: string;
  readonly subject: TrailSubject;
  readonly status: OutcomeStatus;
  /** How it ended, or where it stands: one sentence. */
  readonly sentence: string;
  /** Time of its first event that was given, in milliseconds since 1970. */
  readonly startMs: number | undefined;
  /** From there to the event that ended it, in milliseconds; undefined while nothing has. */
  readonly durationMs: number | undefined;
}

/** Tells a remediation from its events; its signal and what ended it suffice. */
export function tellRemediation(correlationId: string, events: readonly TrailEvent[]): Remediation {
  const { outcome, startMs, steps, subject } = readTrail(events);
  const endMs = hasEnded(outcome.status) ? steps[outcome.step ?? -1]?.timeMs : undefined;
  return {
    correlationId,
    subject,
    status: outcome.status,
    sentence: asSentence(outcome.summary),
    startMs,
    durationMs: startMs === undefined || endMs === undefined ? undefined : endMs - startMs,
  };
}

/** Tells whether nothing more is to come. */
export function hasEnded(status: OutcomeStatus): boolean {
  return status !== 'running' && status !== 'blocked' && status !== 'unknown';
}

/** Tells whether a person should look at it. */
export function hasFailed(status: OutcomeStatus): boolean {
  return status !== 'succeeded' && status !== 'running' && status !== 'unknown';
}

function asSentence(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
