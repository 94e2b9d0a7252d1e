import { goDuration, parseGoDuration, utcTime } from '@audit/schema';
import type { WorkflowExecutionStatus } from './workflow-execution.ts';

/** When an execution ran, and for how long. What is not known, or not readable, is undefined. */
export interface RunTime {
  /** RFC 3339 in UTC. */
  readonly startedAt: string | undefined;
  /** RFC 3339 in UTC. */
  readonly completedAt: string | undefined;
  /** Go duration text rounded to seconds; 0s when the clocks disagree. */
  readonly duration: string | undefined;
  /** Milliseconds from start to completion; 0 when the clocks disagree. */
  readonly durationMs: number | undefined;
}

/** Reads the run time of an execution. The duration comes from its own field, else from start and completion. */
export function runTimeOf(status: WorkflowExecutionStatus | undefined): RunTime {
  const startedAt = utcTime(status?.startTime);
  const completedAt = utcTime(status?.completionTime);
  const durationMs = elapsedMs(startedAt, completedAt);
  const duration = durationText(parseGoDuration(status?.duration ?? '') ?? durationMs);
  return { startedAt, completedAt, duration, durationMs };
}

function elapsedMs(start: string | undefined, end: string | undefined): number | undefined {
  if (start === undefined || end === undefined) return undefined;
  return Math.max(0, Date.parse(end) - Date.parse(start));
}

function durationText(durationMs: number | undefined): string | undefined {
  return durationMs === undefined ? undefined : goDuration(Math.max(0, durationMs));
}
