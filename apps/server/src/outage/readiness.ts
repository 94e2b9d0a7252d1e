import type { SpoolStatistics } from '@audit/spool';
import type { IntakeStatus } from './intake.ts';

/** Whether the server accepts events, as `/readyz` says it. */
export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'not_ready';
  readonly reason?: 'shutting_down' | 'database_unreachable' | 'draining_spool';
  readonly spool?: {
    readonly requests: number;
    readonly bytes: number;
    readonly dead_letters: number;
  };
}

/** What readiness is judged by. */
export interface ReadinessFacts {
  readonly isClosing: boolean;
  /** Whether the database answers now. */
  readonly isDatabaseThere: boolean;
  /** Undefined when the server has no spool. */
  readonly intake: IntakeStatus | undefined;
}

/** Judges readiness: as long as an event can be stored or spooled, the server is worth sending to. */
export function judgeReadiness({ isClosing, isDatabaseThere, intake }: ReadinessFacts): Readiness {
  const spool = intake === undefined ? {} : { spool: spoolState(intake.spool) };
  if (isClosing) return { status: 'not_ready', reason: 'shutting_down', ...spool };
  const isBack = intake?.state === 'draining' || intake?.state === 'handing_over';
  if (isBack) return { status: 'degraded', reason: 'draining_spool', ...spool };
  if (isDatabaseThere && intake?.state !== 'away') return { status: 'ready', ...spool };
  const takesNothing = intake === undefined || intake.isSpoolRefusing;
  return { status: takesNothing ? 'not_ready' : 'degraded', reason: 'database_unreachable', ...spool };
}

function spoolState({ entries, bytes, deadLetters }: SpoolStatistics): NonNullable<Readiness['spool']> {
  return { requests: entries, bytes, dead_letters: deadLetters };
}
